"""Work on machines: opened once, begun, ticked off, finished with its findings, signed off by somebody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mes.commands import andon, machines, maintenance, spare_parts
from mes.commands.maintenance import MaintenanceRefused
from mes.commands.readiness import CantDispatch
from mes.commands.spare_parts import PartRefused
from mes.models import AndonKind, MachineState, MaintenancePlan, MaintenanceStep, SpareMove, SparePart
from mes.queries import maintenance as orders
from plant.commands import signatures
from plant.commands.journal import IllegalMove
from plant.models import Equipment, JournalEntry
from plant.policies import Forbidden
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW, PASSWORD
from tests.mes import factories
from tests.mes.commands.test_andon import running

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def mechanic(number="MT"):
    return ground.person(number, "MAINTENANCE")


def opened(**fields):
    fields = {"equipment": running(), "title": "Belt", "by": mechanic(), "at": NOW, **fields}
    return maintenance.open_order(**fields)


def begun(at=NOW, **fields):
    return maintenance.start(order=opened(at=at, **fields), by=mechanic(), at=at)


def finish(order, hours=1, **fields):
    fields = {"findings": "Belt worn", "hours": Decimal("1.5"), "by": mechanic(), "at": NOW + hours * HOUR, **fields}
    return maintenance.finish(order=order, **fields)


def plan(**fields):
    fields = {"equipment": ground.station("MOUNT"), "every_days": 30, "counts_from": NOW.date(), **fields}
    return MaintenancePlan.objects.create(code="LUB", name="Lubricate", **fields)


def state():
    return Equipment.objects.get(code="MOUNT").state


def test_the_machine_is_in_maintenance_while_somebody_works_on_it():
    order = begun()
    assert state() == "MAINTENANCE"

    done = finish(order)

    assert (state(), done.status, done.done_by.number, done.hours) == ("IDLE", "DONE", "MT", Decimal("1.5"))


def test_its_controller_is_believed_only_that_it_runs():
    begun()
    for state in ("IDLE", "RUNNING"):
        machines.observe_state(
            equipment=ground.station("MOUNT"), state=state, by=system("plc"), at=NOW + HOUR, is_heard=True
        )

    assert list(MachineState.objects.order_by("pk").values_list("state", flat=True)[1:]) == ["MAINTENANCE", "RUNNING"]


def test_one_order_of_a_plan_is_alive():
    made = plan()

    assert opened(plan=made) == opened(plan=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        opened().__class__.objects.filter(plan=None).update(plan=made, kind="PLANNED")


def test_dispatch_is_refused_while_somebody_works_on_it():
    job = factories.released()
    begun()
    Equipment.objects.filter(code="MOUNT").update(state="RUNNING")

    with pytest.raises(CantDispatch) as refused:
        factories.job_orders.dispatch(
            job_order=job, line=ground.line(), by=factories.planner(), at=NOW, despite_shortage="Soon"
        )
    assert refused.value.code == "in-maintenance"


def test_a_scan_is_refused_while_somebody_works_on_it():
    world = factories.world()
    world.ready()
    begun()
    Equipment.objects.filter(code="MOUNT").update(state="RUNNING")

    assert world.scan(world.outputs[0].number).code == "in-maintenance"


def test_a_breakdown_order_belongs_to_its_call():
    call = andon.call(
        station=ground.station("MOUNT"), kind=AndonKind.objects.get(code="MACHINE"), at=NOW,
        by=ground.person("OP", "OPERATOR"),
    )

    order = opened(andon=call)

    assert (order.kind, opened(andon=call)) == ("BREAKDOWN", order)


def test_required_steps_are_ticked_off_or_left_out_with_a_reason():
    made = plan()
    first, second = (
        MaintenanceStep.objects.create(plan=made, position=place, text=f"Step {place}") for place in (1, 2)
    )
    order = begun(plan=made)
    maintenance.tick(order=order, step=first, by=mechanic(), at=NOW)
    with pytest.raises(MaintenanceRefused):
        finish(order)
    with pytest.raises(MaintenanceRefused):
        maintenance.tick(order=order, step=second, is_done=False, by=mechanic(), at=NOW)

    maintenance.tick(order=order, step=second, is_done=False, remark="No grease", by=mechanic(), at=NOW)

    assert finish(order).status == "DONE"


def test_a_step_is_ticked_once_and_after_the_beginning():
    made = plan()
    step = MaintenanceStep.objects.create(plan=made, position=1, text="Oil")
    order = opened(plan=made)
    with pytest.raises(MaintenanceRefused):
        maintenance.tick(order=order, step=step, by=mechanic(), at=NOW)
    maintenance.start(order=order, by=mechanic(), at=NOW)
    maintenance.tick(order=order, step=step, by=mechanic(), at=NOW)

    with pytest.raises(MaintenanceRefused):
        maintenance.tick(order=order, step=step, by=mechanic(), at=NOW)


def sign(order, by):
    seen = signatures.content_hash(orders.seen(order))
    return maintenance.sign_off(
        order=order, reason="Looked at it", password=PASSWORD, seen_hash=seen, by=by, at=NOW + 2 * HOUR
    )


def test_somebody_else_signs_it_off():
    order = finish(begun())
    with pytest.raises(MaintenanceRefused):
        sign(order, mechanic())

    assert sign(order, ground.person("TL", "TEAM_LEADER")).status == "CLOSED"


def test_done_work_is_not_begun_again_and_open_work_is_called_off():
    with pytest.raises(IllegalMove):
        maintenance.start(order=finish(begun()), by=mechanic(), at=NOW)

    other = maintenance.cancel(order=opened(), reason="Twice", by=mechanic(), at=NOW)
    assert other.status == "CANCELLED"


def test_operators_open_and_do_not_work():
    order = opened(by=ground.person("OP", "OPERATOR"))

    with pytest.raises(Forbidden):
        maintenance.start(order=order, by=ground.person("OP", "OPERATOR"), at=NOW)


def test_handing_over_tells_the_person_and_takes_only_those_who_can():
    order = maintenance.assign(order=opened(), to=mechanic("MT2"), by=mechanic(), at=NOW)

    assert order.owner.number == "MT2"
    assert [one.number for one in orders.waiting(mechanic("MT2"))] == [order.number]
    with pytest.raises(MaintenanceRefused):
        maintenance.assign(order=order, to=ground.person("OP", "OPERATOR"), by=mechanic(), at=NOW)


@pytest.fixture
def belt():
    part = SparePart.objects.create(code="BELT", name="Belt", minimum=2)
    spare_parts.book(part=part, quantity=3, reason="Delivery", by=mechanic(), at=NOW)
    return part


def stock():
    return SparePart.objects.get(code="BELT").stock


def test_parts_leave_the_stock_and_come_back(belt):
    order = begun()
    spare_parts.take(part=belt, quantity=2, order=order, by=mechanic(), at=NOW)
    assert (stock(), JournalEntry.objects.filter(kind="sparepart.short").count()) == (1, 1)

    spare_parts.take(part=belt, quantity=-1, order=order, by=mechanic(), at=NOW)

    assert stock() == 2


@pytest.mark.parametrize("quantity", [4, 0, -1])
def test_more_than_there_is_or_was_taken_is_refused(belt, quantity):
    with pytest.raises(PartRefused):
        spare_parts.take(part=belt, quantity=quantity, order=begun(), by=mechanic(), at=NOW)
    assert stock() == 3


def test_the_database_keeps_the_stock_and_its_movements(belt):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpareMove.objects.create(part=belt, quantity=-4, reason="Behind the program", by=mechanic(), at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        SpareMove.objects.update(quantity=9)
