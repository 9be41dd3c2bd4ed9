"""An alarm is answered by somebody, or goes up until somebody does (R203)."""

from datetime import timedelta

import pytest

from plant.commands import answering
from plant.commands.journal import IllegalMove
from plant.models import ReasonCode, Role
from plant.policies import Forbidden
from spc.commands import violations
from spc.models import Violation, ViolationStatus
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import calm

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def opened() -> Violation:
    [violation] = factories.read(factories.chart(), [*calm(20), 244.0])
    return violation


def acknowledged() -> Violation:
    return violations.acknowledge(violation=opened(), by=engineer(), at=NOW)


def test_acknowledge_makes_an_owner():
    seen = acknowledged()
    assert (seen.status, seen.owner, seen.acknowledged_at) == (ViolationStatus.ACKNOWLEDGED, engineer(), NOW)


def test_acknowledge_twice_is_refused():
    seen = acknowledged()
    with pytest.raises(IllegalMove):
        violations.acknowledge(violation=seen, by=engineer("Q2"), at=NOW)


@pytest.mark.parametrize(("cause", "action"), [("", "Replaced"), ("Fan", " ")])
def test_close_needs_cause_and_action(cause, action):
    with pytest.raises(answering.NothingSaid):
        violations.close(violation=acknowledged(), assignable_cause=cause, action_taken=action, by=engineer(), at=NOW)


def test_close_needs_somebody_who_has_seen_it():
    with pytest.raises(IllegalMove):
        violations.close(violation=opened(), assignable_cause="Fan", action_taken="New", by=engineer(), at=NOW)


def test_close_needs_a_role():
    with pytest.raises(Forbidden):
        violations.close(
            violation=acknowledged(), assignable_cause="a", action_taken="b", by=person("OP1", Role.OPERATOR), at=NOW
        )


def test_close_keeps_what_was_said_and_when():
    violations.close(violation=acknowledged(), assignable_cause="Fan", action_taken="New", by=engineer(), at=NOW + HOUR)
    kept = Violation.objects.get()
    assert (kept.status, kept.assignable_cause, kept.action_taken) == (ViolationStatus.CLOSED, "Fan", "New")
    assert (kept.closed_at, kept.ended_at) == (NOW + HOUR, NOW + HOUR)


def test_dismiss_needs_a_reason():
    with pytest.raises(answering.NothingSaid):
        violations.dismiss(violation=acknowledged(), reason="", by=engineer(), at=NOW)


def test_dismiss_counts_as_a_false_alarm():
    violations.dismiss(violation=acknowledged(), reason="Probe unplugged", by=engineer(), at=NOW)
    assert Violation.objects.get().status == ViolationStatus.FALSE_ALARM


def fan() -> ReasonCode:
    return ReasonCode.objects.create(use="CAUSE", code="FAN", name="Fan")


def test_close_asks_for_the_kind_of_cause_where_the_plant_keeps_a_list():
    cause, seen = fan(), acknowledged()
    with pytest.raises(answering.NothingSaid):
        violations.close(violation=seen, assignable_cause="Fan", action_taken="New", by=engineer(), at=NOW)
    said = {"assignable_cause": "Stuck", "action_taken": "New", "cause": cause}
    violations.close(violation=seen, **said, by=engineer(), at=NOW)
    assert Violation.objects.get().cause == cause


def test_dismiss_refuses_a_cause_of_the_other_list():
    noise = ReasonCode.objects.create(use="FALSE", code="PROBE", name="Probe")
    with pytest.raises(answering.NothingSaid):
        violations.dismiss(violation=acknowledged(), reason="?", cause=fan(), by=engineer(), at=NOW)
    violations.dismiss(violation=Violation.objects.get(), reason="?", cause=noise, by=engineer(), at=NOW)
    assert Violation.objects.get().cause == noise


def test_acknowledge_begins_the_time_to_settle():
    assert acknowledged().respond_by == NOW + 8 * HOUR
