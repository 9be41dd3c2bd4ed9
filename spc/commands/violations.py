"""Answering a violation: seen, explained or dismissed."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import answering, journal
from plant.commands.answering import NothingSaid, coded
from plant.locks import lock
from plant.models import Person, ReasonCode, ReasonUse
from plant.transactions import command
from qms.queries import plans
from spc import live
from spc.models import ControlChart, Violation, ViolationStatus
from spc.queries import ocap

OVERNIGHT = 480  # minutes to settle an alarm where the control plan says nothing


@command
def acknowledge(*, violation: Violation, by: Person, at: datetime) -> Violation:
    """Say that somebody looks after it: the person becomes its owner, and the time to settle it begins."""
    policies.check(by, "violation.acknowledge")
    found = locked(violation)
    reaction = plans.reaction_for(line=found.chart.line, rule=found.rule)
    until = at + timedelta(minutes=reaction.close_minutes if reaction else OVERNIGHT)
    fields: dict[str, Any] = {
        "acknowledged_by": by, "acknowledged_at": at, "owner": by, "respond_by": until, "snoozed_until": None,
    }
    journal.move(found, to=ViolationStatus.ACKNOWLEDGED, by=by, **fields)
    return told(found)


@command
def close(
    *, violation: Violation, assignable_cause: str, action_taken: str, by: Person, at: datetime,
    cause: ReasonCode | None = None,
) -> Violation:
    """Say what caused it and what was done. Where the chart is still out of control, its next flag opens another."""
    policies.check(by, "violation.close")
    if not (assignable_cause.strip() and action_taken.strip()):
        raise NothingSaid(_("Name the cause and what was done about it. Without both, it will come back."))
    found = locked(violation)
    kind = coded(cause, ReasonUse.CAUSE)
    answering.check_steps(found, ocap.lines(found))
    fields = {"cause": kind, "assignable_cause": assignable_cause, "action_taken": action_taken, **ended(found, at)}
    data = {"action": action_taken, **({"cause": kind.code} if kind else {})}
    journal.move(found, to=ViolationStatus.CLOSED, by=by, reason=assignable_cause, data=data, **fields)
    return told(found)


@command
def dismiss(
    *, violation: Violation, reason: str, by: Person, at: datetime, cause: ReasonCode | None = None
) -> Violation:
    """Say that it was a false alarm, and why; it counts for its rule. Holds stay until they are released."""
    policies.check(by, "violation.dismiss")
    if not reason.strip():
        raise NothingSaid(_("Say why this is a false alarm. The rule will be judged by it."))
    found = locked(violation)
    kind = coded(cause, ReasonUse.FALSE_ALARM)
    fields = {"cause": kind, "assignable_cause": reason, **ended(found, at)}
    data = {"cause": kind.code} if kind else {}
    journal.move(found, to=ViolationStatus.FALSE_ALARM, by=by, reason=reason, data=data, **fields)
    return told(found)


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
