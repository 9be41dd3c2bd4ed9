"""Work orders add up to their production order, however they are planned, cut and joined."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from mes.commands import plans, work_requests
from mes.models import JobMaterial, JobOrder, WorkRequest
from tests import factories as ground
from tests.factories import NOW
from tests.mes import bills_world as bill
from tests.mes import factories

pytestmark = pytest.mark.django_db


def explode(order, each, **more):
    words = {"quantity_each": Decimal(each), "start_at": NOW, "by": factories.planner(), "at": NOW, **more}
    return work_requests.explode(work_request=order, **words)


def split(job, quantity, **more):
    words = {"quantity": Decimal(quantity), "reason": "Two shifts", "by": factories.planner(), "at": NOW, **more}
    return plans.split(job_order=job, **words)


def merge(job, *others):
    return plans.merge(job_order=job, others=others, reason="One batch", by=factories.planner(), at=NOW)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 400),
    st.decimals("0.000001", 300, allow_nan=False, places=6).filter(lambda each: each * 900 > 400),
    st.integers(0, 3),
)
def test_whatever_is_planned_a_day_the_sum_is_what_was_ordered(ordered, each, lines):
    with transaction.atomic():
        order = factories.order(ordered, number="PO-P")
        jobs = explode(order, each, lines=[ground.line(f"LINE{number}") for number in range(lines)])

        assert sum(job.quantity for job in jobs) == ordered
        assert {job.quantity for job in jobs[:-1]} <= {each}
        assert 0 < jobs[-1].quantity <= each
        assert len({(job.planned_start_at, job.line_id) for job in jobs}) == len(jobs)
        transaction.set_rollback(True)


def test_lines_work_side_by_side_and_weekends_are_left_out():
    friday = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    lines = [ground.line("LINE1"), ground.line("LINE2")]
    jobs = explode(factories.order(30), 10, start_at=friday, lines=lines, without_weekends=True)

    assert [(job.planned_start_at.day, job.line.code) for job in jobs] == [(20, "LINE1"), (20, "LINE2"), (23, "LINE1")]


def test_a_plan_of_thousands_of_work_orders_is_refused():
    with pytest.raises(work_requests.Refusal, match="more than 1000 work orders"):
        explode(factories.order(1001), 1)


def test_the_database_refuses_more_than_was_ordered():
    explode(factories.order(10), 5)

    with pytest.raises(IntegrityError, match="asks for"), transaction.atomic():
        JobOrder.objects.update(quantity=6)
    with pytest.raises(IntegrityError, match="asks for"), transaction.atomic():
        WorkRequest.objects.update(quantity=9)


def test_the_erp_can_not_shrink_an_order_below_its_plan():
    explode(factories.order(10), 5)

    with pytest.raises(work_requests.OrderSettled, match="10 of production order PO1 are planned"):
        factories.order(9)


def test_split_keeps_the_sum_the_revision_and_the_list():
    order = factories.order(10)
    bill.allow("SCREW-B", ratio="2")
    (job,) = explode(order, 10)

    fresh = split(job, 4, due_at=NOW + timedelta(days=9))

    job.refresh_from_db()
    assert (job.quantity, fresh.quantity, fresh.work_master) == (6, 4, job.work_master)
    assert plans.bill(fresh) == plans.bill(job) != set()
    assert JobMaterial.objects.filter(job_order=fresh, stands_for__job_order=fresh).count() == 1


@pytest.mark.parametrize("quantity", ["10", "11", "0"])
def test_split_leaves_something_on_both_sides(quantity):
    (job,) = explode(factories.order(10), 10)

    with pytest.raises(plans.Refusal):
        split(job, quantity)


def test_what_was_split_can_be_joined_again():
    (job,) = explode(factories.order(10), 10)
    fresh = split(job, 4)

    joined = merge(job, fresh)

    fresh.refresh_from_db()
    assert (joined.quantity, fresh.status) == (10, "CANCELLED")


def test_only_like_and_planned_work_orders_are_joined():
    one, other = explode(factories.order(10), 5)
    (foreign,) = explode(factories.order(5, number="PO2"), 5)
    JobMaterial.objects.filter(job_order=other).update(quantity_per=7)

    for wrong in (foreign, other):
        with pytest.raises(plans.CantReplan, match="can't be joined"):
            merge(one, wrong)


def test_a_released_work_order_has_its_lots_and_stays_whole():
    with pytest.raises(plans.CantReplan, match="lots already"):
        split(factories.released(), 1)


def test_nothing_is_planned_for_a_closed_order():
    order = factories.order(10)
    work_requests.cancel(work_request=order, reason="No", by=factories.planner(), at=NOW)

    with pytest.raises(plans.CantReplan, match="nothing is planned"):
        explode(order, 5)


def test_close_short_cancels_what_nobody_began():
    order = work_requests.release(work_request=factories.order(10), by=factories.planner(), at=NOW)

    closed = work_requests.close_short(work_request=order, reason="Customer", by=factories.planner(), at=NOW)

    assert (closed.status, JobOrder.objects.get().status) == ("COMPLETED", "CANCELLED")


def test_close_short_waits_for_what_runs():
    world = factories.world()
    world.scan(world.outputs[0].number)
    order = world.job.work_request

    with pytest.raises(work_requests.OrderSettled, match="not finished"):
        work_requests.close_short(work_request=order, reason="Customer", by=factories.planner(), at=NOW)


def test_expedite_changes_what_comes_first():
    order = work_requests.expedite(
        work_request=factories.order(10), priority=1, reason="Line down there", by=factories.planner(), at=NOW
    )

    assert WorkRequest.objects.get(pk=order.pk).priority == 1
