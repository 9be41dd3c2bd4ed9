"""A deviation is answered by somebody, and goes one role up when nobody does."""

from datetime import timedelta

import pytest

from mes import tasks
from mes.commands import deviations
from mes.models import Deviation, DeviationStatus
from plant.commands.journal import IllegalMove
from plant.policies import Forbidden
from tests.factories import NOW, person
from tests.mes.golden_world import HOT, kiln

pytestmark = pytest.mark.django_db
WORDS = {"cause": "Thermocouple loose", "action_taken": "Fixed it"}


def leader():
    return person("TL", "TEAM_LEADER")


def one() -> Deviation:
    oven = kiln()
    oven.arrive()
    return oven.read([HOT])[0]


def test_close_says_cause_and_action_and_ends_what_runs():
    found = deviations.acknowledge(deviation=one(), by=leader(), at=NOW)
    done = deviations.close(deviation=found, **WORDS, by=leader(), at=NOW)
    assert (done.status, done.owner, done.closed_at, done.ended_at) == (DeviationStatus.CLOSED, leader(), NOW, NOW)


def test_close_needs_a_cause():
    found = deviations.acknowledge(deviation=one(), by=leader(), at=NOW)
    with pytest.raises(deviations.NothingSaid):
        deviations.close(deviation=found, cause=" ", action_taken="x", by=leader(), at=NOW)


def test_close_comes_after_acknowledging():
    with pytest.raises(IllegalMove):
        deviations.close(deviation=one(), **WORDS, by=leader(), at=NOW)


def test_close_is_not_for_an_operator():
    with pytest.raises(Forbidden):
        deviations.close(deviation=one(), **WORDS, by=person("OP2", "OPERATOR"), at=NOW)


def test_dismiss_needs_a_reason_and_keeps_it():
    found = deviations.acknowledge(deviation=one(), by=leader(), at=NOW)
    with pytest.raises(deviations.NothingSaid):
        deviations.dismiss(deviation=found, reason="", by=leader(), at=NOW)
    done = deviations.dismiss(deviation=found, reason="Sensor test", by=leader(), at=NOW)
    assert (done.status, done.cause) == (DeviationStatus.FALSE_ALARM, "Sensor test")


def test_what_goes_on_after_closing_opens_another():
    oven = kiln()
    oven.arrive()
    [found] = oven.read([HOT])
    found = deviations.acknowledge(deviation=found, by=leader(), at=found.at)
    closed = deviations.close(deviation=found, **WORDS, by=leader(), at=found.at)

    [again] = oven.read([HOT], 1)
    assert (again.pk != closed.pk, again.last_good_at) == (True, closed.ended_at)


def test_escalate_hands_it_to_the_next_role():
    found = one()
    assert deviations.escalate(at=NOW + timedelta(minutes=14)) == []
    [late] = deviations.escalate(at=NOW + timedelta(minutes=16))
    assert (late, late.owner_role, late.escalations) == (found, "QUALITY_ENGINEER", 1)


def test_the_clock_escalates_and_sweeps():
    oven = kiln()
    oven.arrive()
    oven.store([HOT])
    assert (tasks.sweep_golden(), Deviation.objects.count()) == (1, 1)
    Deviation.objects.update(respond_by=NOW)
    assert (tasks.sweep_golden(), tasks.escalate()) == (0, 1)
