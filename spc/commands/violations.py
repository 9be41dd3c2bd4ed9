"""Answering a violation: seen, explained or dismissed; and telling somebody else when nobody answers."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, Role
from plant.queries import people, persons
from plant.transactions import command
from qms.queries import plans
from spc import live
from spc.commands.alarms import PATIENCE
from spc.models import ControlChart, Violation, ViolationStatus

NEXT_ROLE = {
    Role.OPERATOR: Role.TEAM_LEADER, Role.MAINTENANCE: Role.TEAM_LEADER, Role.INSPECTOR: Role.QUALITY_ENGINEER,
    Role.TEAM_LEADER: Role.QUALITY_ENGINEER, Role.QUALITY_ENGINEER: Role.QUALITY_MANAGER,
}


class NothingSaid(Refusal):
    """A violation closed without cause or action, or dismissed without a reason."""

    code = "nothing-said"


@command
def acknowledge(*, violation: Violation, by: Person, at: datetime) -> Violation:
    """Say that somebody looks after it: the person becomes its owner and the clock stops."""
    policies.check(by, "violation.acknowledge")
    found = locked(violation)
    fields: dict[str, Any] = {"acknowledged_by": by, "acknowledged_at": at, "owner": by}
    journal.move(found, to=ViolationStatus.ACKNOWLEDGED, by=by, **fields)
    return told(found)


@command
def close(
    *, violation: Violation, assignable_cause: str, action_taken: str, by: Person, at: datetime
) -> Violation:
    """Say what caused it and what was done. Where the chart is still out of control, its next flag opens another."""
    policies.check(by, "violation.close")
    if not (assignable_cause.strip() and action_taken.strip()):
        raise NothingSaid(_("Name the cause and what was done about it. Without both, it will come back."))
    found = locked(violation)
    fields = {"assignable_cause": assignable_cause, "action_taken": action_taken, **ended(found, at)}
    data = {"action": action_taken}
    journal.move(found, to=ViolationStatus.CLOSED, by=by, reason=assignable_cause, data=data, **fields)
    return told(found)


@command
def dismiss(*, violation: Violation, reason: str, by: Person, at: datetime) -> Violation:
    """Say that it was a false alarm, and why; it counts for its rule. Holds stay until they are released."""
    policies.check(by, "violation.dismiss")
    if not reason.strip():
        raise NothingSaid(_("Say why this is a false alarm. The rule will be judged by it."))
    found = locked(violation)
    fields = {"assignable_cause": reason, **ended(found, at)}
    journal.move(found, to=ViolationStatus.FALSE_ALARM, by=by, reason=reason, **fields)
    return told(found)


@command
def escalate(*, at: datetime) -> list[Violation]:
    """Hand every alarm that nobody answered in time to the next role, and ask again."""
    late = Violation.objects.filter(status=ViolationStatus.OPEN, respond_by__lt=at).select_related("chart__line")
    by = persons.system("spc") if late.exists() else None
    return [pass_on(violation, by=by, at=at) for violation in lock(late)] if by else []


def pass_on(violation: Violation, *, by: Person, at: datetime) -> Violation:
    """One unanswered alarm goes one role up."""
    reaction = plans.reaction_for(line=violation.chart.line, rule=violation.rule)
    was = violation.owner_role
    violation.owner_role = NEXT_ROLE.get(Role(was), Role.QUALITY_MANAGER)
    violation.respond_by = at + timedelta(minutes=reaction.respond_minutes if reaction else PATIENCE)
    violation.escalations += 1
    violation.save(update_fields=["owner_role", "respond_by", "escalations"])
    data = {"from": was, "to": violation.owner_role, "times": violation.escalations}
    journal.record("violation.escalated", subject=violation, by=by, data=data)
    text = f"{violation.chart.code} · {violation.rule}"
    desks.escalate(subject=violation, what=lambda: text, people=people.holding(violation.owner_role), by=by, at=at)
    return told(violation, "escalated")


def locked(violation: Violation) -> Violation:
    """The violation as it is now, under its chart's lock, so that no evaluation extends it meanwhile."""
    lock(ControlChart.objects.filter(pk=violation.chart_id))
    return lock(Violation.objects.filter(pk=violation.pk).select_related("chart__stream__equipment"))[0]


def ended(violation: Violation, at: datetime) -> dict[str, Any]:
    """What answering for good sets: a running stretch ends here."""
    return {"closed_at": at, "ended_at": violation.ended_at or max(at, violation.last_at)}


def told(violation: Violation, event: str = "answered") -> Violation:
    live.violation(violation, violation.chart.stream.equipment, event)
    return violation
