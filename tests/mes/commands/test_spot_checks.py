"""Lots are drawn once a week and plan, walked down to raw material, and what is missing is filed once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mes import drawing_lots, tasks
from mes.commands import spot_checks
from mes.models import SpotCheck, SpotLot
from mes.queries import spot_checks as reading
from mes.queries import spot_walks
from plant import policies
from plant.errors import Refusal
from plant.models import JournalEntry
from plant.queries import persons
from tests.factories import NOW, person
from tests.mes.spot_world import DRAWN, WEEK, draw, finished, plan, want_colour, whole

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def gaps(check):
    """What was filed: the lot it is missing in, and the kind."""
    return sorted(check.findings.values_list("lot__number", "kind"))


def test_a_draw_keeps_its_seed_and_can_be_drawn_again():
    made = finished()
    check = draw(plan())
    numbers = [lot.number for lot in made.world.outputs]

    assert (check.candidates, check.fingerprint) == (3, drawing_lots.fingerprint(numbers))
    assert [row.lot.number for row in reading.lots(check)] == drawing_lots.draw(check.seed, numbers, 2)
    assert reading.proof(check) == reading.Proof(3, True, True)
    assert JournalEntry.objects.get(kind="spotcheck.drawn").data["seed"] == check.seed


def test_the_walk_goes_down_to_raw_material_and_files_what_it_misses_there_once():
    finished()
    check = draw(plan())
    row = reading.lots(check)[0]

    assert (row.met, row.ends, row.is_cut, len(row.walk["edges"])) == (3, 2, False, 2)
    assert gaps(check) == [("PCB-1", "ORIGIN"), ("SCREW-1", "ORIGIN")]
    assert {one.drawn.position for one in check.findings.all()} == {1}
    assert [one.due_at for one in check.findings.all()] == [DRAWN + A_WEEK] * 2


def test_a_whole_chain_closes_its_check_at_once():
    finished(), whole()
    check = draw(plan())

    assert (gaps(check), check.status, check.closed_at) == ([], "CLOSED", DRAWN)
    assert reading.sums(check)["percent"] == 100.0


def test_what_is_open_is_not_filed_again_by_the_next_week():
    made = finished()
    first, second = draw(plan()), draw(plan(name="Second", lots=3))
    want_colour(made)
    third = draw(plan(name="Third", lots=3))

    assert (first.findings.count(), second.findings.count(), second.status) == (2, 0, "CLOSED")
    assert {kind for _lot, kind in gaps(third)} == {"VALUES"}
    assert {one.finding.spot_check for one in reading.met(reading.lots(second)[0], person("ALL", "VIEWER"))} == {first}


def test_only_lots_finished_in_the_week_are_drawn_from():
    finished()
    late = plan(name="Later", at=NOW - timedelta(days=30))
    before = draw(late, week=WEEK - A_WEEK)
    after = draw(late, at=DRAWN + A_WEEK, week=WEEK + A_WEEK)

    assert (before.candidates, after.candidates, before.status) == (0, 0, "CLOSED")


def test_the_clock_draws_each_week_once_and_makes_up_for_a_month_at_most():
    finished()
    plan(at=NOW - timedelta(days=90)), plan(name="New", at=DRAWN), plan(name="Off", is_active=False)
    by = persons.system("mes")
    made = [len(spot_checks.sweep(by=by, at=at)) for at in (DRAWN - A_WEEK, DRAWN, DRAWN, DRAWN + A_WEEK)]

    assert made == [4, 1, 0, 2]
    assert tasks.draw_spot_checks() >= 0


def test_nobody_draws_before_the_week_is_over_and_no_person_draws_at_all():
    planned = plan()
    with pytest.raises(Refusal, match="not over yet"):
        draw(planned, at=DRAWN - timedelta(seconds=1))
    with pytest.raises(policies.Forbidden):
        spot_checks.draw(plan=planned, week=WEEK, by=person("QM", "QUALITY_MANAGER"), at=DRAWN)


def test_the_database_keeps_a_draw_as_it_was_and_lets_no_second_one_in():
    finished()
    check = draw(plan())
    known = {name: getattr(check, name) for name in ("plan", "week", "seed", "fingerprint", "from_at", "to_at")}
    twice = SpotCheck(**known, candidates=1, drawn_at=DRAWN)
    for act in (
        lambda: SpotCheck.objects.update(seed="0"), lambda: SpotLot.objects.update(lacking=0),
        lambda: SpotLot.objects.all().delete(), twice.save,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_walk_longer_than_its_limit_says_so(monkeypatch):
    finished()
    monkeypatch.setattr(spot_walks, "MOST_WALKED", 2)

    assert {row.is_cut for row in reading.lots(draw(plan()))} == {True}
