"""Answering a deviation: seen, explained or dismissed; and telling somebody else when nobody answers."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mes.commands import hints
from mes.models import Deviation, DeviationStatus, GoldenMark
from plant import policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, Role
from plant.queries import people, persons
from plant.transactions import command

NEXT_ROLE = {
    Role.OPERATOR: Role.TEAM_LEADER, Role.MAINTENANCE: Role.TEAM_LEADER, Role.INSPECTOR: Role.QUALITY_ENGINEER,
    Role.TEAM_LEADER: Role.QUALITY_ENGINEER, Role.QUALITY_ENGINEER: Role.QUALITY_MANAGER,
}


class NothingSaid(Refusal):
    """A deviation closed without cause or action, or dismissed without a reason."""

    code = "nothing-said"


@command
def acknowledge(*, deviation: Deviation, by: Person, at: datetime) -> Deviation:
    """Say that somebody looks after it: the person becomes its owner and the clock stops."""
    policies.check(by, "deviation.acknowledge")
    found = locked(deviation)
    fields: dict[str, Any] = {"acknowledged_by": by, "acknowledged_at": at, "owner": by}
    journal.move(found, to=DeviationStatus.ACKNOWLEDGED, by=by, **fields)
    hints.deviation(found, "answered")
    return found


@command
def close(*, deviation: Deviation, cause: str, action_taken: str, by: Person, at: datetime) -> Deviation:
    """Say what caused it and what was done. Where the value is still outside, its next reading opens another."""
    policies.check(by, "deviation.close")
    if not (cause.strip() and action_taken.strip()):
        raise NothingSaid(_("Name the cause and what was done about it. Without both, it will come back."))
    found = locked(deviation)
    fields = {"cause": cause, "action_taken": action_taken, **ended(found, at)}
    journal.move(
        found, to=DeviationStatus.CLOSED, by=by, reason=cause, data={"action": action_taken}, **fields
    )
    hints.deviation(found, "answered")
    return found


@command
def dismiss(*, deviation: Deviation, reason: str, by: Person, at: datetime) -> Deviation:
    """Say that it was a false alarm, and why. Marks stay, and holds until they are released."""
    policies.check(by, "deviation.close")
    if not reason.strip():
        raise NothingSaid(_("Say why this is a false alarm. The golden window will be judged by it."))
    found = locked(deviation)
    journal.move(found, to=DeviationStatus.FALSE_ALARM, by=by, reason=reason, cause=reason, **ended(found, at))
    hints.deviation(found, "answered")
    return found


@command
def escalate(*, at: datetime) -> list[Deviation]:
    """Hand every deviation that nobody answered in time to the next role, and ask again."""
    late = Deviation.objects.filter(status=DeviationStatus.OPEN, respond_by__lt=at)
    late = late.select_related("stream__equipment__parent", "standard__parameter")
    by = persons.system("mes") if late.exists() else None
    return [pass_on(deviation, by=by, at=at) for deviation in lock(late)] if by else []


def pass_on(deviation: Deviation, *, by: Person, at: datetime) -> Deviation:
    """One unanswered deviation goes one role up."""
    was = deviation.owner_role
    deviation.owner_role = NEXT_ROLE.get(Role(was), Role.QUALITY_MANAGER)
    deviation.respond_by = at + timedelta(minutes=deviation.standard.respond_minutes)
    deviation.escalations += 1
    deviation.save(update_fields=["owner_role", "respond_by", "escalations"])
    data = {"from": was, "to": deviation.owner_role, "times": deviation.escalations}
    journal.record("deviation.escalated", subject=deviation, by=by, data=data)
    text = f"{deviation.stream.equipment.code} · {deviation.standard.parameter.code}"
    desks.escalate(subject=deviation, what=lambda: text, people=people.holding(deviation.owner_role), by=by, at=at)
    hints.deviation(deviation, "escalated")
    return deviation


def locked(deviation: Deviation) -> Deviation:
    """The deviation as it is now, under its stream's mark, so that no comparison extends it meanwhile."""
    lock(GoldenMark.objects.filter(stream=deviation.stream_id))
    return lock(Deviation.objects.filter(pk=deviation.pk).select_related("stream__equipment__parent"))[0]


def ended(deviation: Deviation, at: datetime) -> dict[str, Any]:
    """What answering for good sets: a running stretch ends here."""
    return {"closed_at": at, "ended_at": deviation.ended_at or max(at, deviation.last_at)}
