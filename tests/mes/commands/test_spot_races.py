"""Draws and confirmations at the same moment: a week is drawn once, a gap is filed once, a check is closed once."""

from django.db import IntegrityError

from mes.commands import spot_checks
from mes.models import SpotCheck, SpotFinding
from plant.models import JournalEntry
from tests.factories import person
from tests.mes.commands.test_spot_findings import answer, close
from tests.mes.spot_world import draw, finished, plan


def test_two_processes_draw_a_week_once(at_once):
    finished()
    planned = plan()
    made = at_once(*[lambda: draw(planned)] * 3)

    assert sum(one is not None for one in made) == SpotCheck.objects.count() == 1
    assert JournalEntry.objects.filter(kind="spotcheck.drawn").count() == 1


def test_without_the_plans_lock_the_database_still_draws_once(at_once, monkeypatch):
    """The negative control: then the second one ends in an error instead of finding it drawn."""
    finished()
    planned = plan()
    monkeypatch.setattr(spot_checks, "locked", lambda one: one)
    monkeypatch.setattr(spot_checks.SpotCheck.objects, "filter", lambda **asked: SpotCheck.objects.none())
    made = at_once(*[lambda: draw(planned)] * 2)

    assert sorted(type(one).__name__ for one in made) == [IntegrityError.__name__, SpotCheck.__name__]
    assert SpotCheck.objects.count() == 1


def test_two_plans_at_one_moment_file_a_gap_once(at_once):
    finished()
    both = [plan(), plan(name="Second")]
    at_once(*[lambda one=one: draw(one) for one in both])

    assert sorted(SpotFinding.objects.values_list("lot__number", "kind")) == [
        ("PCB-1", "ORIGIN"), ("SCREW-1", "ORIGIN"),
    ]


def test_the_last_two_confirmed_at_once_close_their_check_once(at_once):
    finished()
    check = draw(plan())
    done = [answer(one) for one in check.findings.all()]
    by = person("QE", "QUALITY_ENGINEER")
    at_once(*[lambda one=one: close(one, by=by, remark="x") for one in done])

    assert SpotCheck.objects.get().status == "CLOSED"
