"""An open work order changes while people scan it: nobody is lost between the old way and the new."""

from decimal import Decimal

from mes.commands import added_operations, cutting
from mes.models import JobOrder
from mes.queries import wip
from plant.models import Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import revisions_world as revised
from tests.traceability.breaking import broken
from traceability.models import MaterialLot


def split(job):
    words = {"quantity": Decimal(4), "reason": "Two lines", "by": factories.planner(), "at": NOW}
    return cutting.split(job_order=job, **words)


def add(job):
    operation = added_operations.NewOperation("DRY", "Dry", [ground.station("DRY")])
    words = {"reason": "Wet boards", "by": factories.planner(), "at": NOW, "after": "MOUNT"}
    return added_operations.add_operation(job_order=job, operation=operation, **words)


def numbers(job):
    return set(MaterialLot.objects.filter(job_order=job.number).values_list("number", flat=True))


def test_a_lot_is_begun_or_cut_off_but_never_both(at_once):
    world = factories.world(5, Tracking.SERIAL)
    world.ready(5)
    serials = [lot.number for lot in world.outputs]

    results = at_once(
        lambda: split(world.job), *[lambda number=number: world.scan(number) for number in serials]
    )

    assert [one for one in results[1:] if isinstance(one, Exception)] == []
    world.job.refresh_from_db()
    assert len(numbers(world.job)) == world.job.quantity
    assert not MaterialLot.objects.exclude(job_order=world.job.number).filter(
        job_order__gt="", visits__isnull=False
    ).exists()
    assert broken("I08") == {}


def test_scans_go_on_while_the_order_moves(at_once):
    world = factories.world(20)
    world.ready(20)
    to = revised.with_washing(world.job.work_master)
    hashed = revised.seen(world.job, to)
    lots = [lot.number for lot in world.outputs]

    results = at_once(
        lambda: revised.move(world.job, to, seen_hash=hashed),
        *[lambda number=number: [world.scan(number).outcome for _ in range(2)] for number in lots],
        lambda: [world.scan(world.screws.number, quantity=Decimal(1)).outcome for _ in range(4)],
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    assert JobOrder.objects.get().work_master == to
    assert broken("I08") == {}


def test_a_scan_and_an_added_operation_never_miss_each_other(at_once):
    world = factories.world(20)
    world.ready(20)
    lots = [lot.number for lot in world.outputs]

    results = at_once(
        lambda: add(world.job),
        *[lambda number=number: [world.scan(number).outcome for _ in range(2)] for number in lots],
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    assert set(wip.of_job(world.job.number)) <= {"MOUNT", "DRY"}
    assert broken("I08") == {}
