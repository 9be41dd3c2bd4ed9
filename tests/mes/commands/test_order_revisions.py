"""Moving an open work order to another revision: signed, nothing lost, refused where work would hang in the air."""

import pytest
from django.db import IntegrityError, connection, transaction

from mes.commands import order_revisions
from mes.models import JobMaterial, JobOrder, JobSegment, Segment
from mes.queries import revision_change
from plant.commands.signatures import SignatureRefused
from plant.models import JournalEntry, Signature
from tests.factories import NOW
from tests.mes import factories
from tests.mes import revisions_world as revised
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def done(world, lot, *stations):
    """A lot passes some stations."""
    for station in stations:
        world.scan(lot.number, station)
        world.scan(lot.number, station)


def test_the_change_is_shown_operation_by_operation():
    world = factories.world(10)
    to = revised.with_washing(world.job.work_master)

    change = revision_change.compare(world.job, to, NOW)

    verdicts = {one.code: (one.verdict, [each.what for each in one.differences]) for one in change.operations}
    assert verdicts["MOUNT"] == ("CHANGED", ["materials"])
    assert verdicts["WASH"][0] == "ADDED"
    assert verdicts["OVEN"] == verdicts["TEST"] == ("SAME", [])


def test_a_running_order_goes_on_by_the_new_revision():
    world = factories.world(5)
    to = revised.with_washing(world.job.work_master)
    world.stations["WASH"] = revised.station("WASH")
    world.ready(5)
    done(world, world.outputs[0], "MOUNT")

    job = revised.move(world.job, to)
    done(world, world.outputs[0], "OVEN", "WASH", "TEST")

    rows = JobSegment.objects.filter(job_order=job).values_list("segment__code", "good", "station__code")
    assert sorted(rows) == [("MOUNT", 5, "MOUNT"), ("OVEN", 5, "OVEN"), ("TEST", 5, "TEST"), ("WASH", 5, "WASH")]
    assert broken("I08") == {}


def test_materials_come_from_the_new_revision():
    world = factories.world(10)

    job = revised.move(world.job, revised.with_washing(world.job.work_master))

    assert JobMaterial.objects.get(job_order=job, material__code="SCREW").quantity_per == 3


def test_it_is_signed_and_journaled():
    world = factories.world(10)

    revised.move(world.job, revised.with_washing(world.job.work_master))

    entry = JournalEntry.objects.get(kind="joborder.revised")
    assert entry.data == {"routing": ["BOARD / 1", "BOARD / 2"], "added": ["WASH"], "changed": ["MOUNT"]}
    assert Signature.objects.get(subject_kind="joborder").reason == "Dirt"


@pytest.mark.parametrize("wrong", [{"password": "no"}, {"reason": " "}, {"seen_hash": "0" * 64}])
def test_nothing_changes_without_a_valid_signature(wrong):
    world = factories.world(10)

    with pytest.raises(SignatureRefused):
        revised.move(world.job, revised.with_washing(world.job.work_master), **wrong)

    assert JobOrder.objects.get().work_master == world.job.work_master


@pytest.mark.parametrize("stations", [("MOUNT",), ("MOUNT", "OVEN")])
def test_an_operation_in_use_is_never_lost(stations):
    world = factories.world(5)
    to = revised.without_oven(world.job.work_master)
    world.ready(5)
    done(world, world.outputs[0], *stations)

    with pytest.raises(order_revisions.CantChange, match="no operation OVEN"):
        revised.move(world.job, to)


def test_an_unused_operation_goes():
    world = factories.world(5)

    job = revised.move(world.job, revised.without_oven(world.job.work_master))

    assert list(job.segments.values_list("segment__code", flat=True)) == ["MOUNT", "TEST"]


def test_a_line_that_can_not_do_it_is_named():
    world = factories.world(5)
    to = revised.with_washing(world.job.work_master)
    Segment.objects.get(work_master=to, code="WASH").stations.clear()

    with pytest.raises(order_revisions.Refusal, match="no station for operation WASH"):
        revised.move(world.job, to)


def test_the_database_keeps_an_order_to_one_revision():
    world = factories.world(5)
    to = revised.with_washing(world.job.work_master)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="another revision"), transaction.atomic():
        JobOrder.objects.filter(pk=world.job.pk).update(work_master=to)
    with pytest.raises(IntegrityError, match="another revision"), transaction.atomic():
        JobSegment.objects.create(job_order=world.job, segment=to.segments.get(code="WASH"))
