"""A live value that leaves its golden window opens one deviation, and does what the library says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mes.models import Deviation, DeviationLot, GoldenMark, JobOrder, Side
from plant.models import JournalEntry
from qms.models import Nonconformance
from tests.factories import NOW, material
from tests.mes import factories
from tests.mes.golden_world import COLD, GOOD, HOT, at, kiln
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def marked(deviation: Deviation) -> list[str]:
    return list(deviation.lots.order_by("lot").values_list("lot__number", flat=True))


def test_compare_opens_one_deviation_for_many_readings_outside():
    oven = kiln()
    oven.arrive()

    touched = oven.read([GOOD, GOOD, HOT, HOT, HOT])

    found = Deviation.objects.get()
    assert touched == [found]
    assert (found.side, found.seq, found.value, found.at, found.last_at) == (Side.HIGH, 2, HOT, at(2), at(4))
    assert (found.last_good_at, found.ended_at) == (at(1), None)
    assert (found.owner_role, found.respond_by) == ("TEAM_LEADER", NOW + timedelta(minutes=15))


def test_compare_again_repeats_nothing():
    oven = kiln()
    oven.arrive()
    oven.read([GOOD, HOT])

    assert oven.compare() == []
    oven.compare(since=at(0))
    assert Deviation.objects.count() == 1
    assert JournalEntry.objects.filter(kind="deviation.opened").count() == 1


def test_compare_leaves_values_on_the_edges_alone():
    oven = kiln()
    oven.arrive()

    assert oven.read([230.0, 250.0, None, 240.0]) == []
    assert GoldenMark.objects.get().seq == 3


def test_compare_ends_a_deviation_after_good_readings_across_passes():
    oven = kiln()
    oven.arrive()
    oven.read([COLD, GOOD])
    oven.read([None, GOOD], 2)
    oven.read([GOOD], 4)

    found = Deviation.objects.get()
    assert (found.side, found.ended_at) == (Side.LOW, at(4))
    oven.read([HOT], 5)
    assert Deviation.objects.count() == 2


def test_compare_counts_good_readings_anew_after_one_outside():
    oven = kiln()
    oven.arrive()
    oven.read([HOT, GOOD, GOOD, HOT, GOOD, GOOD])
    assert (Deviation.objects.get().ended_at, Deviation.objects.get().quiet) == (None, 2)


def test_compare_opens_nothing_where_no_product_runs():
    oven = kiln()
    assert oven.read([HOT, HOT]) == []
    lot = oven.arrive(second=10)
    assert oven.read([HOT], 8) == []
    assert len(oven.read([HOT], 10)) == 1
    oven.depart(lot, 11)


def test_compare_opens_nothing_for_another_operation():
    oven = kiln()
    oven.arrive(operation="TEST")
    assert oven.read([HOT, HOT]) == []


def test_compare_ends_a_deviation_whose_product_has_left():
    oven = kiln()
    lot = oven.arrive()
    oven.read([HOT])
    oven.depart(lot, 1)

    oven.read([HOT], 5)
    assert Deviation.objects.get().ended_at is None
    oven.read([HOT], 601)
    assert Deviation.objects.get().ended_at == at(601)


def test_compare_only_sounds_where_the_reaction_is_an_alarm():
    oven = kiln()
    oven.arrive()
    oven.read([HOT])
    assert (DeviationLot.objects.count(), Hold.objects.count(), Nonconformance.objects.count()) == (0, 0, 0)


def test_compare_marks_the_lots_since_the_last_good_reading():
    oven = kiln(reaction="MARK")
    early = oven.arrive(0)
    oven.depart(early, 1)
    inside, late = oven.arrive(1), oven.world.outputs[2]

    oven.read([GOOD, GOOD, HOT])
    found = Deviation.objects.get()
    assert marked(found) == [inside.number]
    oven.arrive(2, second=300)
    oven.read([HOT], 3)
    assert marked(found) == [inside.number, late.number]
    assert JournalEntry.objects.filter(kind="lot.deviated").count() == 2
    assert Hold.objects.count() == 0


def test_compare_marks_a_lot_in_two_places_once():
    oven = kiln(reaction="MARK")
    lot = oven.arrive()
    oven.read([HOT, HOT])
    oven.read([HOT], 2)
    assert lot.visits.count() > 1
    assert marked(Deviation.objects.get()) == [lot.number]


def test_compare_holds_the_lots_under_one_nonconformance():
    oven = kiln(reaction="HOLD")
    lot = oven.arrive()
    oven.read([GOOD, HOT])
    oven.read([HOT], 2)

    found = Deviation.objects.get()
    case = Nonconformance.objects.get()
    assert (found.nonconformance, case.source_kind, case.source_id) == (case, "DEVIATION", str(found.pk))
    assert [hold.lot for hold in Hold.objects.all()] == [lot]


def test_compare_pauses_the_order_once():
    oven = kiln(pauses=True)
    oven.arrive()
    oven.read([HOT])
    job = JobOrder.objects.get()
    assert (job.status, Deviation.objects.get().paused_job) == ("PAUSED", job)

    factories.job_orders.resume(job_order=job, by=oven.world.operator, at=NOW)
    oven.read([HOT], 1)
    assert JobOrder.objects.get().status == "RUNNING"


def test_compare_pauses_nothing_that_is_over():
    oven = kiln(pauses=True)
    oven.arrive()
    oven.read([HOT, GOOD, GOOD, GOOD])
    assert (JobOrder.objects.get().status, Deviation.objects.get().ended_at) == ("RUNNING", at(3))


def test_compare_finds_a_late_reading_before_a_deviation():
    oven = kiln(reaction="MARK")
    oven.arrive()
    oven.store([GOOD])
    oven.read([HOT], 5)
    oven.read([HOT], 3, since=at(3))

    found = Deviation.objects.get()
    assert (found.at, found.last_good_at, found.last_at) == (at(3), at(0), at(5))


def test_compare_opens_a_deviation_for_a_late_reading_that_was_over_long_ago():
    oven = kiln()
    oven.arrive()
    oven.store([GOOD])
    oven.read([GOOD] * 5, 10)
    oven.read([HOT], 5, since=at(5))
    found = Deviation.objects.get()
    assert (found.at, found.ended_at) == (at(5), at(12))
    oven.compare(since=at(0))
    assert Deviation.objects.count() == 1


def test_compare_sees_a_change_that_is_too_fast():
    oven = kiln(ramp=6.0)
    oven.arrive()
    assert oven.read([240.0 + n / 20 for n in range(60)]) == []
    [found] = oven.read([248.0], 60)
    assert (found.side, found.value, found.last_good_at) == (Side.RAMP, 248.0, at(-60))


def test_compare_uses_the_revision_that_the_order_pins():
    oven = kiln()
    oven.arrive()
    other = factories.master(material("OTHER"), code="OTHER")
    assert oven.standard.segment.work_master != other
    [found] = oven.read([HOT])
    assert found.standard == oven.standard


def test_compare_asks_no_more_for_many_readings_than_for_few():
    oven = kiln()
    oven.arrive()
    with CaptureQueriesContext(connection) as few:
        oven.read([GOOD])
    with CaptureQueriesContext(connection) as many:
        oven.read([GOOD] * 200, 1)
    assert len(many) <= len(few)
