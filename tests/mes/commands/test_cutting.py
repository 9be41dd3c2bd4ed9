"""Cutting a work order that has its lots: whole lots that nobody began, and nothing is lost or made twice."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mes.commands import cutting, plans
from mes.models import JobOrder, JobSegment
from mes.queries import wip
from plant.models import JournalEntry, Tracking
from tests.factories import NOW
from tests.mes import factories
from tests.traceability.breaking import broken
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


def split(job, quantity, **more):
    words = {"quantity": Decimal(quantity), "reason": "Two lines", "by": factories.planner(), "at": NOW, **more}
    return cutting.split(job_order=job, **words)


def close_short(job):
    return cutting.close_short(job_order=job, reason="Customer takes less", by=factories.planner(), at=NOW)


def numbers(job):
    return set(MaterialLot.objects.filter(job_order=job.number).values_list("number", flat=True))


def begin(world, lot):
    """One lot is done at the first operation."""
    world.ready(5)
    world.scan(lot.number)
    world.scan(lot.number)


def test_a_running_order_gives_up_lots_that_nobody_began():
    world = factories.world(20)
    first, *others = world.outputs
    begin(world, first)

    fresh = split(world.job, 10)

    world.job.refresh_from_db()
    assert (world.job.quantity, fresh.quantity, fresh.status) == (10, 10, "RELEASED")
    assert numbers(world.job) | numbers(fresh) == {lot.number for lot in (first, *others)}
    assert first.number in numbers(world.job)
    assert wip.of_job(fresh.number) == {"MOUNT": 10}
    assert JobSegment.objects.filter(job_order=fresh).count() == 3


def test_only_whole_lots_leave():
    world = factories.world(20)

    with pytest.raises(plans.CantReplan, match=r"Only whole lots.*5 \("):
        split(world.job, 7)


def test_serials_can_be_cut_to_any_number():
    world = factories.world(5, Tracking.SERIAL)

    assert len(numbers(split(world.job, 2))) == 2
    assert len(numbers(world.job)) == 3


def test_a_begun_lot_stays():
    world = factories.world(10)
    for lot in world.outputs[:1]:
        world.scan(lot.number)

    with pytest.raises(plans.CantReplan):
        split(world.job, 6)
    with pytest.raises(IntegrityError, match="was begun"), transaction.atomic():
        MaterialLot.objects.filter(pk=world.outputs[0].pk).update(job_order="OTHER")


def test_a_planned_order_is_cut_by_its_quantity():
    order = factories.order(10)
    job = plans.plan(work_request=order, quantity=Decimal(10), due_at=factories.LATER, by=factories.planner(), at=NOW)

    assert split(job, 3).status == "PLANNED"


def test_close_short_gives_up_the_rest_and_lets_the_begun_be_finished():
    world = factories.world(20)
    begin(world, world.outputs[0])

    job = close_short(world.job)

    given_up = JobOrder.objects.get(status="CANCELLED")
    assert (job.quantity, job.status, given_up.quantity) == (5, "RUNNING", 15)
    assert plans.planned(job.work_request) == 5
    assert JournalEntry.objects.filter(kind="joborder.closed-short").get().reason == "Customer takes less"


def test_close_short_completes_what_has_nothing_in_process():
    world = factories.world(10)
    begin(world, world.outputs[0])
    for station in ("OVEN", "TEST"):
        for _ in range(2):
            world.scan(world.outputs[0].number, station)

    assert close_short(world.job).status == "COMPLETED"


def test_close_short_is_refused_where_nobody_or_everybody_began():
    world = factories.world(5)
    with pytest.raises(plans.CantReplan, match="Cancel it instead"):
        close_short(world.job)
    begin(world, world.outputs[0])
    with pytest.raises(plans.CantReplan, match="Every lot"):
        close_short(world.job)


def test_the_ledger_still_adds_up():
    world = factories.world(20)
    begin(world, world.outputs[0])
    split(world.job, 5)
    close_short(world.job)

    assert broken("I08") == {}
