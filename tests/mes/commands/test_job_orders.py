"""Work orders from plan to end."""

from decimal import Decimal

import pytest

from mes.commands import dispatching, job_orders, plans, readiness
from mes.models import JobOrder, JobSegment, Segment
from plant import fresh
from plant.commands.journal import IllegalMove
from plant.errors import Refusal
from plant.models import Equipment, EquipmentState, Qualification, Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, LotBalance, MaterialLot

pytestmark = pytest.mark.django_db


def dispatch(job: JobOrder, **more: object) -> JobOrder:
    words = {"line": ground.line(), "by": factories.planner(), "despite_shortage": "It comes this morning.", **more}
    return job_orders.dispatch(job_order=job, at=NOW, **words)


@pytest.mark.parametrize(("tracking", "amounts"), [("LOT", [5, 5, 2]), ("SERIAL", [1] * 12)])
def test_release_makes_lots_or_serials(tracking, amounts):
    job = factories.released(12, tracking)

    lots = MaterialLot.objects.filter(job_order=job.number).order_by("pk")

    assert [LotBalance.objects.get(lot=lot, bucket="WIP", place="MOUNT").quantity for lot in lots] == amounts
    assert {lot.kind for lot in lots} == {tracking}
    assert JobSegment.objects.filter(job_order=job).count() == 3


def test_plan_refuses_more_than_ordered():
    order = factories.order(10)
    job_orders.plan(work_request=order, quantity=Decimal(7), due_at=factories.LATER, by=factories.planner(), at=NOW)

    with pytest.raises(plans.TooMuch):
        job_orders.plan(work_request=order, quantity=Decimal(4), due_at=factories.LATER, by=factories.planner(), at=NOW)


def test_dispatch_gives_every_operation_its_station():
    job = dispatch(factories.released())

    rows = JobSegment.objects.filter(job_order=job).select_related("station")
    assert (job.status, [row.station.code for row in rows]) == ("DISPATCHED", ["MOUNT", "OVEN", "TEST"])


@pytest.mark.parametrize("state", [EquipmentState.ALARM, EquipmentState.MAINTENANCE])
def test_dispatch_refuses_a_station_that_is_down(state):
    job = factories.released()
    Equipment.objects.filter(code="OVEN").update(state=state)

    with pytest.raises(Refusal) as refused:
        dispatch(job)
    assert (refused.value.code, refused.value.facts["equipment"]) == ("equipment-down", "OVEN")


def test_dispatch_refuses_a_held_line():
    job = factories.released()
    target = Target.equipment(ground.line(), ground.site())
    holds.place(target=target, cause=Cause(CauseKind.PERSON, "x"), reason="Fire", by=factories.planner(), at=NOW)

    with pytest.raises(holds.Held):
        dispatch(job)


def test_dispatch_refuses_a_line_without_a_station_for_an_operation():
    job = factories.released()

    with pytest.raises(Refusal) as refused:
        dispatch(job, line=ground.line("OTHER"))
    assert [reason["code"] for reason in refused.value.facts["reasons"]] == ["no-station"] * 3


def test_dispatch_refuses_a_person_without_the_skill():
    job = factories.released()
    job.work_master.segments.update(qualification=Qualification.objects.create(code="Q", name="Soldering"))
    fresh.forget_all()

    with pytest.raises(Refusal) as refused:
        dispatch(job, person=ground.person("OP", "OPERATOR"))
    assert [reason["code"] for reason in refused.value.facts["reasons"]] == ["not-qualified"] * 3


def test_complete_refuses_while_pieces_are_in_process():
    world = factories.world()
    world.scan(world.job.number)

    with pytest.raises(job_orders.NotFinished) as refused:
        job_orders.complete(job_order=world.job, by=world.planner, at=NOW)
    assert refused.value.facts == {"MOUNT": "10"}


def test_complete_refuses_an_open_hold():
    world = factories.world(1, Tracking.SERIAL)
    world.ready(1)
    serial = world.outputs[0]
    [world.scan(serial.number, station) for station in ("MOUNT", "OVEN", "TEST") for _ in range(2)]
    holds.place(target=Target.lot(serial), cause=Cause(CauseKind.PERSON, "x"), reason="?", by=world.operator, at=NOW)

    with pytest.raises(job_orders.NotFinished):
        job_orders.complete(job_order=world.job, by=world.planner, at=NOW)


def test_pause_needs_a_reason():
    world = factories.world()
    world.scan(world.job.number)

    with pytest.raises(Refusal) as refused:
        job_orders.pause(job_order=world.job, reason=" ", by=world.operator, at=NOW)
    assert refused.value.code == "no-reason"


def test_cancel_writes_untouched_lots_off():
    world = factories.world()

    job_orders.cancel(job_order=world.job, reason="Not needed", by=world.planner, at=NOW)

    assert JobOrder.objects.get().status == "CANCELLED"
    assert {row.bucket for row in LotBalance.objects.filter(lot__in=world.outputs, quantity__gt=0)} == {"SCRAP"}


def test_cancel_refuses_once_work_has_begun():
    world = factories.world()
    world.scan(world.outputs[0].number)
    job_orders.pause(job_order=world.job, reason="Stop", by=world.operator, at=NOW)

    with pytest.raises(job_orders.NotFinished):
        job_orders.cancel(job_order=world.job, reason="Not needed", by=world.planner, at=NOW)


def test_lifecycle_refuses_a_jump():
    with pytest.raises(IllegalMove):
        job_orders.pause(job_order=factories.released(), reason="x", by=factories.planner(), at=NOW)


def test_dispatch_says_every_reason_at_once():
    job = factories.released()
    Equipment.objects.filter(code="OVEN").update(state="ALARM")
    welding = Qualification.objects.create(code="WELD", name="Welding")
    Segment.objects.filter(code="TEST").update(qualification=welding)
    fresh.forget_all()
    target, cause = Target.job_order(job.number, job.site), Cause(CauseKind.PERSON, "x")
    holds.place(target=target, cause=cause, reason="Drawing is wrong", by=factories.planner(), at=NOW)

    with pytest.raises(dispatching.CantDispatch) as refused:
        dispatch(job, person=ground.person("OP", "OPERATOR"), despite_shortage="")

    codes = [reason["code"] for reason in refused.value.facts["reasons"]]
    assert codes == ["equipment-down", "held", "not-qualified", "material-short"]
    assert "Drawing is wrong" in str(refused.value)


def test_dispatch_asks_who_knows_more_of_a_place(monkeypatch):
    due = Refusal("LINE is due for maintenance.", code="maintenance-due")
    monkeypatch.setattr(readiness, "_known", [lambda places, at: [due]])

    with pytest.raises(Refusal, match="due for maintenance"):
        dispatch(factories.released())
