"""Reports of good, scrap and rework in one act."""

from decimal import Decimal

import pytest

from mes.commands import reports
from mes.models import JobResponse, JobSegment
from mes.queries import wip
from plant.errors import Refusal
from plant.models import Equipment, Tracking
from qms.models import Inspection
from tests.factories import NOW
from tests.mes import factories
from traceability.models import LotBalance, MaterialLot

pytestmark = pytest.mark.django_db


def started(quantity: int = 10, tracking: str = Tracking.LOT) -> factories.World:
    """A work order whose first lot is being worked on, material and all."""
    world = factories.world(quantity, tracking)
    world.ready(quantity)
    world.scan(world.outputs[0].number)
    return world


def report(world: factories.World, **counts: object) -> JobResponse:
    amounts = {key: Decimal(value) if isinstance(value, int) else value for key, value in counts.items()}
    lot = world.outputs[0]
    return reports.report(station=world.stations["MOUNT"], lot=lot, by=world.operator, at=NOW, **amounts)


def test_report_splits_good_scrap_and_rework():
    world = started()

    report(world, good=2, scrap=1, rework=2, reason=factories.reason())

    row = JobSegment.objects.get(segment__code="MOUNT")
    assert (row.good, row.scrap, row.rework) == (2, 1, 2)
    assert wip.of_lot(world.outputs[0]) == {"OVEN": Decimal(2)}
    assert wip.of_lot(MaterialLot.objects.get(number=f"{world.outputs[0].number}-1")) == {"MOUNT": Decimal(2)}
    assert LotBalance.objects.get(lot=world.outputs[0], bucket="SCRAP").quantity == 1


def test_report_keeps_the_rest_at_the_station():
    world = started()

    report(world, good=2)

    assert wip.of_lot(world.outputs[0]) == {"MOUNT": Decimal(3), "OVEN": Decimal(2)}


def test_report_of_a_serial_for_rework_keeps_its_number():
    world = started(1, Tracking.SERIAL)
    report(world, good=1)
    world.scan(world.outputs[0].number, "OVEN")

    reports.report(
        station=world.stations["OVEN"], lot=world.outputs[0], rework=Decimal(1), reason=factories.reason("REWORK"),
        by=world.operator, at=NOW,
    )

    assert wip.of_lot(world.outputs[0]) == {"MOUNT": Decimal(1)}
    assert [world.scan(world.outputs[0].number).outcome for _ in range(2)] == ["accepted", "accepted"]


@pytest.mark.parametrize(("counts", "slug"), [
    ({"good": 6}, "not-enough"), ({}, "report-incomplete"), ({"scrap": 1}, "no-reason"),
    ({"good": Decimal("NaN")}, "bad-quantity"), ({"good": Decimal(-1)}, "bad-quantity"),
    ({"rework": 1, "rework_operation": "OVEN"}, "no-rework-entry"),
])
def test_report_refuses(counts, slug):
    world = started()
    more = {"reason": factories.reason()} if "rework" in counts else {}

    with pytest.raises(Refusal) as refused:
        report(world, **counts, **more)
    assert refused.value.code == slug


def test_report_refuses_a_lot_that_was_not_started():
    world = factories.world()
    world.ready()

    with pytest.raises(Refusal) as refused:
        report(world, good=5)
    assert refused.value.code in {"not-here", "material-missing"}


def test_report_conserves_pieces():
    world = started()
    report(world, good=2, scrap=1, rework=2, reason=factories.reason())

    rows = LotBalance.objects.filter(lot__job_order=world.job.number).exclude(bucket="CONSUMED")
    assert sum(row.quantity for row in rows) == 10


def test_report_asks_for_the_inspection_that_the_control_plan_wants():
    world = started()
    factories.control_plan(operation="MOUNT")

    report(world, good=5)

    made = Inspection.objects.get()
    assert (made.trigger, made.lot) == (f"{world.job.number}:MOUNT:{world.outputs[0].number}", world.outputs[0])
    assert Equipment.objects.get(pk=made.equipment_id).code == "MOUNT"
