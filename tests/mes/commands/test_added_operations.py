"""An operation more for one work order: every piece passes it, and no other order is changed by it."""

import pytest

from mes.commands import added_operations, order_revisions
from mes.models import JobMaterial, RouteStep, Segment, WorkMaster
from mes.queries import routings, wip
from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import revisions_world as revised
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def add(job, after, code="DRY", **more):
    job.refresh_from_db()
    operation = added_operations.NewOperation(code, code.title(), [ground.station(code)])
    words = {"reason": "Wet boards", "by": factories.planner(), "at": NOW, **more}
    return added_operations.add_operation(job_order=job, operation=operation, after=after, **words)


def done(world, *stations):
    """The first lot passes some stations."""
    for station in stations:
        world.stations[station] = ground.station(station)
        world.scan(world.outputs[0].number, station)
        outcome = world.scan(world.outputs[0].number, station)
    return outcome


def codes(job):
    return [step.code for step in routings.of_job(job).steps]


@pytest.mark.parametrize(
    ("after", "expected"),
    [("", ["DRY", "MOUNT", "OVEN", "TEST"]), ("OVEN", ["MOUNT", "OVEN", "DRY", "TEST"]),
     ("TEST", ["MOUNT", "OVEN", "TEST", "DRY"])],
)
def test_it_stands_where_it_was_put(after, expected):
    job = add(factories.world(5).job, after)

    assert codes(job) == expected
    assert [row.segment.code for row in job.segments.order_by("segment__sequence")] == expected


def test_every_piece_passes_it():
    world = factories.world(5)
    world.ready(5)
    done(world, "MOUNT")
    add(world.job, "OVEN")

    assert done(world, "OVEN").next == "Bring it to DRY."
    assert world.scan(world.outputs[0].number, "TEST").code == "wrong-operation"
    assert done(world, "DRY", "TEST").facts["next"] == ""
    assert broken("I08") == {}


def test_what_waits_behind_it_is_brought_to_it():
    world = factories.world(10)
    world.ready(10)
    done(world, "MOUNT")

    job = add(world.job, "MOUNT")

    assert wip.of_job(job.number) == {"DRY": 5, "MOUNT": 5}
    assert RouteStep.objects.get().move.reason == "Wet boards"
    assert broken("I08") == {}


@pytest.mark.parametrize(("stations", "after"), [(("MOUNT", "OVEN"), "MOUNT"), (("MOUNT", "OVEN", "TEST"), "TEST")])
def test_it_is_refused_where_pieces_would_miss_it(stations, after):
    world = factories.world(5)
    world.ready(5)
    done(world, *stations)

    with pytest.raises(order_revisions.CantChange) as refused:
        add(world.job, after)

    assert refused.value.code == "operation-passed"


def test_other_orders_keep_the_standard_routing():
    world = factories.world(5)
    standard = world.job.work_master

    job = add(world.job, "MOUNT")

    assert (job.work_master.based_on, str(job.work_master)) == (standard, f"{job.number} / 1")
    assert routings.effective(standard.material, NOW) == standard
    assert Segment.objects.filter(work_master=standard).count() == 3


def test_materials_stay_as_they_were_planned():
    world = factories.world(5)
    JobMaterial.objects.filter(job_order=world.job, material__code="SCREW").update(quantity_per=9)

    job = add(world.job, "MOUNT")

    assert set(JobMaterial.objects.filter(job_order=job).values_list("segment__code", "quantity_per")) == {
        ("MOUNT", 1), ("MOUNT", 9)
    }


def test_several_can_be_added_also_where_the_numbers_leave_no_room():
    job = factories.world(5).job
    for number in range(5):
        job = add(job, "MOUNT", f"DRY{number}")

    assert codes(job) == ["MOUNT", *[f"DRY{number}" for number in (4, 3, 2, 1, 0)], "OVEN", "TEST"]
    assert WorkMaster.objects.filter(code=job.number, status="EFFECTIVE").count() == 1


@pytest.mark.parametrize(("after", "code", "words"), [
    ("MOUNT", "OVEN", "already"), ("NONE", "DRY", "no operation NONE"),
])
def test_a_wrong_operation_is_refused(after, code, words):
    with pytest.raises(order_revisions.CantChange, match=words):
        add(factories.world(5).job, after, code)


def test_it_needs_a_reason_and_stands_in_the_history():
    world = factories.world(5)
    with pytest.raises(order_revisions.Refusal, match="why"):
        add(world.job, "MOUNT", reason=" ")

    add(world.job, "MOUNT")

    assert JournalEntry.objects.get(kind="joborder.operation-added").data["operation"] == "DRY"


def test_a_standard_revision_takes_the_added_operation_away_only_unused():
    world = factories.world(5)
    add(world.job, "MOUNT")

    job = revised.move(world.job, revised.with_washing(WorkMaster.objects.get(code="BOARD")))

    assert codes(job) == ["MOUNT", "OVEN", "WASH", "TEST"]
