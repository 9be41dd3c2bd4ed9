"""Alarms have owners: given to a person, put off for a while, handed up when nobody answers (R203)."""

from datetime import timedelta

import pytest

from plant.commands import answering
from plant.models import JournalEntry, Notice, Role
from plant.policies import Forbidden
from spc.commands import owners, violations
from spc.models import Violation
from spc.queries.violations import unanswered
from tests.factories import NOW, person
from tests.qms.factories import engineer, reaction
from tests.spc.commands.test_violations import HOUR, acknowledged, opened

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_escalate_hands_an_unanswered_alarm_up():
    reaction(owner_role=Role.QUALITY_ENGINEER, respond_minutes=15)
    violation = opened()
    assert owners.escalate(at=NOW + timedelta(minutes=14)) == []
    [late] = owners.escalate(at=NOW + timedelta(minutes=16))
    assert (late.pk, late.owner_role, late.escalations) == (violation.pk, Role.QUALITY_MANAGER, 1)
    assert late.respond_by == NOW + timedelta(minutes=31)
    assert JournalEntry.objects.get(kind="violation.escalated").data["to"] == Role.QUALITY_MANAGER


def test_an_escalated_alarm_is_told_to_the_next_role():
    manager = person("QM", Role.QUALITY_MANAGER, language="en")
    opened()

    owners.escalate(at=NOW + HOUR + HOUR)

    assert [(one.person, one.kind) for one in Notice.objects.all()] == [(manager, "ESCALATION")]


def test_escalate_leaves_an_answered_alarm_alone_until_it_should_be_settled():
    acknowledged()
    assert owners.escalate(at=NOW + 7 * HOUR) == []
    [late] = owners.escalate(at=NOW + 9 * HOUR)
    assert (late.owner, late.owner_role) == (engineer(), Role.QUALITY_MANAGER)


def leader():
    return person("TL", Role.TEAM_LEADER, language="en")


def test_assign_tells_the_new_owner_and_lets_the_time_run():
    violation, to = opened(), person("M1", Role.MAINTENANCE, language="en")
    due = violation.respond_by
    given = owners.assign(violation=violation, to=to, by=leader(), at=NOW)
    assert (given.owner, given.status, given.respond_by) == (to, "OPEN", due)
    assert [notice.person for notice in Notice.objects.all()] == [to]
    assert unanswered(to) == [violation]


def test_assign_refuses_somebody_who_may_not_answer():
    with pytest.raises(answering.CannotOwn):
        owners.assign(violation=opened(), to=person("W1", Role.WAREHOUSE), by=leader(), at=NOW)


def test_assign_needs_a_role():
    with pytest.raises(Forbidden):
        owners.assign(violation=opened(), to=engineer(), by=person("OP1", Role.OPERATOR), at=NOW)


def snooze(violation, minutes, by=None, reason="Sensor is being changed"):
    return owners.snooze(violation=violation, until=NOW + minutes * MINUTE, reason=reason, by=by or leader(), at=NOW)


def test_snooze_rests_and_is_not_handed_up_meanwhile():
    reaction(respond_minutes=10)
    violation = opened()
    snooze(violation, 30)
    assert owners.escalate(at=NOW + 20 * MINUTE) == []
    assert len(owners.escalate(at=NOW + 31 * MINUTE)) == 1


@pytest.mark.parametrize(("role", "minutes"), [(Role.TEAM_LEADER, 31), (Role.QUALITY_ENGINEER, 241)])
def test_snooze_lasts_no_longer_than_the_role_may(role, minutes):
    violation, by = opened(), person("P", role)
    with pytest.raises(answering.CannotSnooze):
        snooze(violation, minutes, by)
    assert snooze(violation, minutes - 1, by).snoozed_until == NOW + (minutes - 1) * MINUTE


def test_snooze_never_passes_the_time_to_answer_of_an_escalated_alarm():
    reaction(respond_minutes=10)
    opened()
    [violation] = owners.escalate(at=NOW + 11 * MINUTE)
    with pytest.raises(answering.CannotSnooze):
        snooze(violation, 25)
    assert snooze(violation, 20).snoozed_until == NOW + 20 * MINUTE


def test_snooze_needs_a_reason_and_an_open_alarm():
    violation = opened()
    with pytest.raises(answering.CannotSnooze):
        snooze(violation, 5, reason=" ")
    violations.acknowledge(violation=violation, by=engineer(), at=NOW)
    with pytest.raises(answering.CannotSnooze):
        snooze(violation, 5)


def test_wake_lets_it_ask_again():
    violation = snooze(opened(), 20)
    owners.wake(violation=violation, by=leader(), at=NOW)
    assert Violation.objects.get().snoozed_until is None
    kinds = JournalEntry.objects.filter(kind__in=["violation.snoozed", "violation.woken"])
    assert kinds.count() == 2
