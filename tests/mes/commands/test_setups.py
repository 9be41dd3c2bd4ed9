"""The right lot on the right position before anything starts; every wrong one is stopped with the reason."""

from datetime import timedelta
from decimal import Decimal

import pytest
from psycopg2.extras import DateTimeTZRange

from mes.commands import leftovers
from mes.commands import setups as commands
from mes.models import Mount, Segment, SetupLine
from mes.queries import setups
from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import bills_world as bill
from tests.mes import factories, feeders
from tests.traceability import stores
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, MaterialCall, PickRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """Blanks lie ready for ten pieces; the feeder for the screws is empty."""
    feeders.described()
    bill.allow("SCREW-B")
    feeders.feeder("F1")
    made = feeders.Line()
    made.blanks()
    return made


def refusal(outcome):
    return outcome.outcome, outcome.code


def test_nothing_starts_before_the_set_up_is_right(line):
    outcome = line.scan(line.pieces[0].number)

    assert refusal(outcome) == ("refused", "setup-not-verified")
    assert "F1 takes SCREW / SCREW-B, nothing is mounted" in outcome.message
    assert feeders.inside(line.pieces[0], "PCB") == {}


def test_position_then_lot_mounts_it_and_the_line_starts(line):
    asked = line.scan("F1")
    told = line.scan("SCREW-1")

    assert (asked.kind, asked.message) == ("position", "F1 takes SCREW / SCREW-B.")
    assert (told.outcome, told.next) == ("accepted", "The set-up is right. Scan the lot or serial.")
    assert feeders.mounted() == {"F1": "SCREW-1"}
    assert line.scan(line.pieces[0].number).outcome == "accepted"
    assert feeders.inside(line.pieces[0]) == {"SCREW-1": (Decimal(10), "EXACT")}
    assert JournalEntry.objects.get(kind="lot.mounted").data["position"] == "F1"


def test_the_wrong_material_is_stopped_and_the_right_one_still_goes_on(line):
    feeders.reel("NUT-1", material="NUT")

    outcome = line.scan("F1", "NUT-1")

    assert refusal(outcome) == ("refused", "wrong-material")
    assert "NUT-1 is NUT, but F1 takes SCREW / SCREW-B" in outcome.message
    assert line.scan("SCREW-1").outcome == "accepted"


def test_what_stands_in_for_it_is_allowed(line):
    feeders.reel("B-1", material="SCREW-B")

    assert line.scan("F1", "B-1").outcome == "accepted"
    line.scan(line.pieces[0].number)
    assert feeders.inside(line.pieces[0], "SCREW-B") == {"B-1": (Decimal(10), "EXACT")}


def test_the_material_of_another_revision_is_named_as_that(line):
    other = factories.master(ground.material("BOARD"), code="BOARD-OLD")
    before = DateTimeTZRange(None, NOW - timedelta(days=99))
    type(other).objects.filter(pk=other.pk).update(code="BOARD", revision=7, status="RETIRED", effective=before)
    segment = Segment.objects.get(work_master=other, code="MOUNT")
    SetupLine.objects.create(segment=segment, position=setups.position("F1"), material=ground.material("NUT"))
    feeders.reel("NUT-1", material="NUT")

    outcome = line.scan("F1", "NUT-1")

    assert refusal(outcome) == ("refused", "wrong-revision")
    assert "in revision 7" in outcome.message


def test_an_expired_lot_is_stopped(line):
    feeders.reel("OLD-1", expires_at=NOW + timedelta(seconds=1))

    assert refusal(line.scan("F1", "OLD-1")) == ("refused", "lot-expired")


def test_a_held_lot_is_stopped_and_a_mounted_one_stops_the_line(line):
    line.scan("F1", "SCREW-1")
    hold(line.world.screws)

    outcome = line.scan(line.pieces[0].number)

    assert refusal(outcome) == ("refused", "setup-not-verified")
    assert "the mounted lot is held" in outcome.message
    assert refusal(line.scan("F1", "SCREW-1")) == ("refused", "held")


def hold(lot):
    cause = Cause(CauseKind.PERSON, "x")
    holds.place(target=Target.lot(lot), cause=cause, reason="Bent", by=ground.person("QE", "QUALITY_ENGINEER"), at=NOW)


def test_a_lot_is_on_one_position_at_a_time(line):
    feeders.feeder("F2")
    line.scan("F1", "SCREW-1")

    outcome = line.scan("F2", "SCREW-1")

    assert refusal(outcome) == ("refused", "mounted-elsewhere")
    assert "is on F1 of MOUNT" in outcome.message


def test_a_position_of_another_station_is_stopped(line):
    feeders.feeder("O1", station="OVEN")

    assert refusal(line.scan("O1")) == ("refused", "foreign-position")


def test_the_lot_without_its_position_is_sent_to_it(line):
    outcome = line.scan("SCREW-1")

    assert refusal(outcome) == ("refused", "position-first")
    assert feeders.lying(line.world.screws) == 0


def test_the_same_lot_again_only_checks(line):
    line.scan("F1", "SCREW-1")

    assert line.scan("F1", "SCREW-1").outcome == "accepted"
    assert Mount.objects.count() == 1


def test_unmount_takes_it_off_and_what_is_left_stays_at_the_line(line):
    line.scan("F1", "SCREW-1")

    outcome = line.scan("F1", "CMD:UNMOUNT")

    assert (outcome.outcome, feeders.mounted()) == ("accepted", {})
    assert feeders.lying(line.world.screws) == 1000
    assert refusal(line.scan(line.pieces[0].number)) == ("refused", "setup-not-verified")


def test_unmount_asks_for_the_position(line):
    assert refusal(line.scan("CMD:UNMOUNT")) == ("refused", "no-position")
    assert refusal(line.scan("F1", "CMD:UNMOUNT")) == ("refused", "nothing-mounted")


def test_undo_says_how_a_mounted_lot_comes_off(line):
    outcome = line.scan("F1", "SCREW-1", "CMD:UNDO")

    assert refusal(outcome) == ("refused", "not-undone")
    assert "scan F1, then the code UNMOUNT" in outcome.message


def test_clear_forgets_the_position(line):
    line.scan("F1", "CMD:CLEAR")

    assert refusal(line.scan("SCREW-1")) == ("refused", "position-first")


def test_a_change_while_a_piece_is_in_work_makes_the_new_lot_possible(line):
    feeders.reel("SCREW-2")
    line.scan("F1", "SCREW-1", line.pieces[0].number, "F1", "SCREW-2", line.pieces[0].number)
    line.scan(line.pieces[1].number)

    assert feeders.inside(line.pieces[0]) == {"SCREW-1": (Decimal(10), "EXACT"), "SCREW-2": (Decimal(0), "POSSIBLE")}
    assert feeders.inside(line.pieces[1]) == {"SCREW-2": (Decimal(10), "EXACT")}
    assert feeders.mounted() == {"F1": "SCREW-2"}


def test_a_joined_lot_feeds_once_the_old_one_has_run_out():
    feeders.described()
    feeders.feeder("F1", joins=True)
    line = feeders.Line(15)
    feeders.reel("SHORT", 15), feeders.reel("LONG")
    line.blanks(15)
    line.scan("F1", "SHORT", line.pieces[0].number, line.pieces[0].number)

    told = line.scan("F1", "LONG")
    for piece in line.pieces[1:]:
        line.scan(piece.number, piece.number)

    assert "is joined to SHORT on F1" in told.message
    assert [feeders.inside(piece) for piece in line.pieces] == [
        {"SHORT": (Decimal(10), "EXACT")},
        {"SHORT": (Decimal(5), "POSSIBLE"), "LONG": (Decimal(5), "POSSIBLE")},
        {"LONG": (Decimal(10), "EXACT")},
    ]


def test_a_lot_that_still_runs_out_is_on_no_other_position():
    feeders.described()
    feeders.feeder("F1", joins=True), feeders.feeder("F2")
    line = feeders.Line()
    feeders.reel("SCREW-2")

    outcome = line.scan("F1", "SCREW-1", "F1", "SCREW-2", "F2", "SCREW-1")

    assert refusal(outcome) == ("refused", "mounted-elsewhere")


def test_good_pieces_are_not_reported_from_an_empty_position(line):
    line.scan("F1", "SCREW-1", line.pieces[0].number, "F1", "CMD:UNMOUNT")

    assert refusal(line.scan(line.pieces[0].number)) == ("refused", "setup-not-verified")


def test_a_used_up_lot_stops_the_next_start_but_not_the_piece_in_work(line):
    feeders.reel("SHORT", 10)
    line.scan("F1", "SHORT", line.pieces[0].number)

    assert line.scan(line.pieces[0].number).outcome == "accepted"
    assert "the mounted lot is used up" in line.scan(line.pieces[1].number).message


def test_the_store_says_which_lot_is_due_and_a_reason_overrides(line):
    PickRule.objects.create(material=ground.material("SCREW"), order="FIFO", other_lot="REASON")
    late = feeders.reel("SCREW-9", at=NOW + timedelta(hours=1))
    told = line.scan("F1", "SCREW-9")

    assert refusal(told) == ("refused", "not-its-turn")
    assert "SCREW-1 is to be taken before SCREW-9" in told.message
    commands.mount(
        position=setups.found("F1"), lot=late, job_order=line.world.job, reason="Damp", by=line.world.operator, at=NOW
    )
    assert feeders.mounted() == {"F1": "SCREW-9"}


def test_mounting_answers_the_call_of_the_station(line):
    from_store = {"station": line.world.stations["MOUNT"], "material": ground.material("SCREW")}
    MaterialCall.objects.create(
        **from_store, number="C1", quantity=100, asked_by=line.world.operator, asked_at=NOW
    )

    line.scan("F1", "SCREW-1")

    assert MaterialCall.objects.get().status == "DONE"


def test_the_last_of_a_lot_that_goes_back_leaves_its_position(line):
    line.scan("F1", "SCREW-1")
    from_feeder, store = line.world.screws, stores.place("FG")

    def back(amount=None):
        station, by = ground.station("MOUNT"), line.world.operator
        return leftovers.bring_back(station=station, lot=from_feeder, store=store, by=by, at=NOW, quantity=amount)

    back(Decimal(1))
    assert feeders.mounted() == {"F1": "SCREW-1"}
    back()
    assert feeders.mounted() == {}
    assert feeders.lying(from_feeder) == 0
