"""Inspections that something at a station makes due: each event asks once, and blocks only where its line says so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from psycopg2.extras import DateTimeTZRange

from mes.commands import inspections_due, machines, picks, reports
from mes.models import JobSegment
from plant.fresh import forget_all
from plant.models import Tracking
from plant.queries.persons import system
from qms.commands import inspections
from qms.models import ControlPlan, ControlPlanLine, Inspection
from tests.factories import NOW
from tests.mes import factories, packed
from tests.mes.checks_world import inspector
from tests.qms import factories as make

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def line(trigger, every=None, *, material, operation="MOUNT", **fields):
    """A line of a plan in effect."""
    plan, _new = ControlPlan.objects.get_or_create(
        code=f"CP-{material.code}", revision=1,
        defaults={"material": material, "name": "Plan", "status": "EFFECTIVE",
                  "effective": DateTimeTZRange(NOW - timedelta(days=1), None)},
    )
    forget_all()
    return ControlPlanLine.objects.create(
        plan=plan, operation=operation, characteristic=make.characteristic(), method="INSPECTION", trigger=trigger,
        every=every, **fields,
    )


@pytest.fixture
def world():
    made = factories.world(6, Tracking.SERIAL)
    made.ready(6)
    return made


def scan(world, number=0, minutes=0):
    return world.scan(world.outputs[number].number, at=NOW + minutes * A_MINUTE)


def make_pieces(world, count, first=0):
    for number in range(first, first + count):
        scan(world, number), scan(world, number)


def asked():
    return list(Inspection.objects.order_by("pk").values_list("kind", "operation", "blocking"))


def test_every_so_many_pieces_ask_once_each(world):
    line("PIECES", 2, material=world.outputs[0].material)
    make_pieces(world, 5)

    row = JobSegment.objects.get(job_order=world.job, segment__code="MOUNT")
    inspections_due.bring_due(
        row=row, operation="MOUNT", station=world.stations["MOUNT"], lot=world.outputs[4], at=NOW
    )

    assert asked() == [("PQC", "MOUNT", False)] * 2


def test_the_first_piece_is_a_first_article_that_blocks_only_where_its_line_says_so(world):
    line("FIRST_PIECE", material=world.outputs[0].material, blocking=True)

    first, second = scan(world), scan(world, 1)

    assert asked() == [("FIRST", "MOUNT", True)]
    assert (first.outcome, scan(world).code, second.outcome) == ("accepted", "held", "accepted")


def test_minutes_of_work_count_from_the_last_one(world):
    line("MINUTES", 30, material=world.outputs[0].material)
    scan(world)
    for minutes in (10, 31, 40, 62):
        inspections_due.sweep(at=NOW + minutes * A_MINUTE)

    assert len(asked()) == 2


def test_after_the_machine_stood_long_enough(world):
    line("DOWNTIME", 5, material=world.outputs[0].material)
    scan(world)
    for minutes, state in ((1, "RUNNING"), (2, "ALARM"), (4, "RUNNING"), (5, "ALARM"), (20, "RUNNING")):
        machines.observe_state(
            equipment=world.stations["MOUNT"], state=state, by=system("plc"), at=NOW + minutes * A_MINUTE
        )
        inspections_due.sweep(at=NOW + (minutes + 1) * A_MINUTE)

    assert asked() == [("PQC", "MOUNT", False)]


def test_a_line_that_waits_to_be_asked_for_or_for_the_truck_does_nothing_at_a_station(world):
    line("DEMAND", material=world.outputs[0].material)
    make_pieces(world, 1)
    assert asked() == []


def test_goods_are_inspected_before_they_leave_and_wait_for_the_verdict():
    lot = packed.goods("L1")
    line("SHIPMENT", material=lot.material, operation="FINAL", blocking=True)
    one = packed.shipment()
    packed.pick(one, packed.carton(lot).number)
    task = Inspection.objects.get()
    assert (task.kind, task.trigger) == ("OQC", "shipping:L1")
    with pytest.raises(Exception, match="L1"):
        packed.ship(one)

    inspections.record(inspection=task, item=task.items.get(), sample=1, value=240.0, by=inspector(), at=NOW)
    inspections.decide(inspection=task, by=inspector(), at=NOW)

    assert packed.ship(one).status == "SHIPPED"
    assert picks.ALARMS


def test_an_inspection_of_another_kind_is_a_task_of_its_own(world):
    material = world.outputs[0].material
    line("", material=material)
    other = line("", material=material, operation="X", inspection_kind="LAB")
    ControlPlanLine.objects.filter(pk=other.pk).update(
        operation="MOUNT", characteristic=make.characteristic("ZONE4")
    )
    forget_all()
    scan(world)

    reports.report(station=world.stations["MOUNT"], lot=world.outputs[0], good=Decimal(1), by=world.operator, at=NOW)

    assert sorted(kind for kind, _op, _block in asked()) == ["IPQC", "LAB"]
