"""Plans come due by days, running hours, pieces or a value; overdue ones stop a machine where they say so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mes.commands import machines, maintenance_plans
from mes.commands.readiness import CantDispatch
from mes.models import DueBy, EquipmentClass, MaintenanceDue, MaintenanceOrder
from plant.models import Equipment, Parameter, Unit
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes.commands.test_maintenance import begun, finish, plan
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def judge(days=0.0):
    return maintenance_plans.judge(by=system("mes"), at=NOW + days * DAY)


def due():
    return MaintenanceDue.objects.get()


def test_days_open_an_order_before_they_are_over():
    plan()
    assert (judge(20), MaintenanceOrder.objects.count()) == (0, 0)

    assert judge(28) == 1
    assert judge(29) == 0
    assert due().by == DueBy.DAYS
    assert due().percent in (97, 98)


def test_doing_it_begins_the_interval_anew():
    made = plan()
    judge(31)
    assert due().is_overdue

    finish(begun(plan=made, at=NOW + 31 * DAY), hours=31 * 24)

    assert (due().used, judge(32), due().percent) == (0, 0, 3)


def run(hours):
    station = ground.station("MOUNT")
    machines.observe_state(equipment=station, state="RUNNING", by=system("plc"), at=NOW)
    machines.observe_state(equipment=station, state="IDLE", by=system("plc"), at=NOW + hours * HOUR)


def test_running_hours_are_what_the_machine_ran():
    plan(every_days=None, every_hours=10)
    run(5)

    judge(1)
    assert (due().used, due().by) == (pytest.approx(0.5, abs=0.01), DueBy.HOURS)


def test_pieces_are_counted_by_the_machine():
    plan(every_days=None, every_count=1000)
    for minute in range(3):
        at = NOW + timedelta(minutes=minute)
        machines.observe_count(equipment=ground.station("MOUNT"), good=200, reject=50, at=at)

    judge(1)
    assert (due().used, due().by) == (pytest.approx(0.75), DueBy.COUNT)


def test_pieces_are_those_reported_where_no_machine_counts():
    world = factories.world()
    world.ready()
    plan(every_days=None, every_count=10)
    world.scan(world.outputs[0].number), world.scan(world.outputs[0].number)

    judge(1)
    assert due().used == pytest.approx(0.5)


@pytest.mark.parametrize(("value", "used"), [(90.0, 1.0), (60.0, 0.0)])
def test_a_value_above_its_limit_is_due(value, used):
    unit = Unit.objects.create(code="CEL", name="degree", symbol="°C")
    heat = Parameter.objects.create(code="HEAT", name="Heat", unit=unit)
    stream = Stream.objects.create(code="MOUNT-HEAT", parameter=heat, equipment=ground.station("MOUNT"))
    readings.record(rows=[ReadingRow(stream.pk, NOW, 1, value, Quality.GOOD, Source.AUTO)])
    plan(every_days=None, parameter=heat, above=80.0)

    judge(0.01)
    assert (due().used, due().by) == (used, DueBy.VALUE) if used else due().used == 0


def test_a_class_has_every_machine_of_it():
    many = EquipmentClass.objects.create(code="OVENS", name="Ovens")
    many.members.set([ground.station("OVEN"), ground.station("OVEN2")])
    plan(equipment=None, equipment_class=many)

    assert judge(40) == 2


def test_a_plan_out_of_use_is_forgotten():
    made = plan()
    judge(40)
    made.active = False
    made.save()

    judge(41)
    assert not MaintenanceDue.objects.exists()


def dispatch(job):
    return factories.job_orders.dispatch(
        job_order=job, line=ground.line(), by=factories.planner(), at=NOW, despite_shortage="Soon"
    )


def test_overdue_maintenance_stops_dispatch_where_the_plan_says_so():
    job = factories.released()
    plan(when_due="STOP")
    judge(31)

    with pytest.raises(CantDispatch) as refused:
        dispatch(job)
    assert refused.value.code == "maintenance-overdue"


def test_overdue_maintenance_only_warns_else():
    job = factories.released()
    plan(when_due="WARN")
    judge(31)

    assert dispatch(job).status == "DISPATCHED"


def test_a_scan_is_refused_at_an_overdue_machine():
    world = factories.world()
    world.ready()
    plan(when_due="STOP")
    judge(31)

    assert world.scan(world.outputs[0].number).code == "maintenance-overdue"
    assert Equipment.objects.get(code="MOUNT").state == "UNKNOWN"


@pytest.mark.parametrize("wrong", [{"equipment": None}, {"every_days": None}, {"above": 3.0}, {"warn_percent": 0}])
def test_the_database_refuses_half_a_plan(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        plan(**wrong)
