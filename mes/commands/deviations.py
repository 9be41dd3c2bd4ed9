"""Answering a deviation, by the same rules as a chart's alarm: seen, handed over, put off, gone through, settled."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mes.commands import hints
from mes.models import Deviation, DeviationStatus, DeviationStep, GoldenMark, GoldenStep
from mes.queries import deviations
from plant import policies
from plant.commands import answering, journal
from plant.commands.answering import Kind, NothingSaid, coded
from plant.locks import lock
from plant.models import Person, ReasonCode, ReasonUse
from plant.transactions import command


@command
def acknowledge(*, deviation: Deviation, by: Person, at: datetime) -> Deviation:
    """Say that somebody looks after it: the person becomes its owner, and the time to settle it begins."""
    policies.check(by, "deviation.acknowledge")
    found = locked(deviation)
    until = at + timedelta(minutes=found.standard.close_minutes)
    fields: dict[str, Any] = {
        "acknowledged_by": by, "acknowledged_at": at, "owner": by, "respond_by": until, "snoozed_until": None,
    }
    journal.move(found, to=DeviationStatus.ACKNOWLEDGED, by=by, **fields)
    return told(found)


@command
def close(
    *, deviation: Deviation, cause: str, action_taken: str, by: Person, at: datetime, kind: ReasonCode | None = None
) -> Deviation:
    """Say what caused it and what was done. Where the value is still outside, its next reading opens another."""
    policies.check(by, "deviation.close")
    if not (cause.strip() and action_taken.strip()):
        raise NothingSaid(_("Name the cause and what was done about it. Without both, it will come back."))
    found = locked(deviation)
    code = coded(kind, ReasonUse.CAUSE)
    answering.check_steps(found, deviations.steps(found))
    fields = {"cause_kind": code, "cause": cause, "action_taken": action_taken, **ended(found, at)}
    data = {"action": action_taken, **({"cause": code.code} if code else {})}
    journal.move(found, to=DeviationStatus.CLOSED, by=by, reason=cause, data=data, **fields)
    return told(found)


@command
def dismiss(
    *, deviation: Deviation, reason: str, by: Person, at: datetime, kind: ReasonCode | None = None
) -> Deviation:
    """Say that it was a false alarm, and why. Marks stay, and holds until they are released."""
    policies.check(by, "deviation.close")
    if not reason.strip():
        raise NothingSaid(_("Say why this is a false alarm. The golden window will be judged by it."))
    found = locked(deviation)
    code = coded(kind, ReasonUse.FALSE_ALARM)
    fields = {"cause_kind": code, "cause": reason, **ended(found, at)}
    data = {"cause": code.code} if code else {}
    journal.move(found, to=DeviationStatus.FALSE_ALARM, by=by, reason=reason, data=data, **fields)
    return told(found)


@command
def assign(*, deviation: Deviation, to: Person, by: Person, at: datetime, remark: str = "") -> Deviation:
    """Give a deviation to somebody and tell them. Until they acknowledge it, its time to answer goes on."""
    given: Deviation = answering.assign(KIND, deviation, to=to, remark=remark, by=by, at=at)
    return given


@command
def snooze(*, deviation: Deviation, until: datetime, reason: str, by: Person, at: datetime) -> Deviation:
    """Put an unanswered deviation off until a moment: it rests, for all to see, and then asks again."""
    resting: Deviation = answering.snooze(KIND, deviation, until=until, reason=reason, by=by, at=at)
    return resting


@command
def wake(*, deviation: Deviation, by: Person, at: datetime) -> Deviation:
    """Let a deviation that was put off ask again now."""
    awake: Deviation = answering.wake(KIND, deviation, by=by)
    return awake


@command
def tick(
    *, deviation: Deviation, step: GoldenStep | None, by: Person, at: datetime, remark: str = "", is_done: bool = True
) -> DeviationStep:
    """Say that the next step is done, or left out and why; the one after it is shown then."""
    policies.check(by, "deviation.tick")
    found = locked(deviation)
    following = answering.next_step(found, deviations.steps(found), step, remark=remark, is_done=is_done)
    taken = DeviationStep.objects.create(
        deviation=found, step=following, is_done=is_done, remark=remark.strip(), by=by, at=at
    )
    answering.record_step(KIND, found, following, remark=remark, is_done=is_done, by=by)
    return taken


@command
def escalate(*, at: datetime) -> list[Deviation]:
    """Hand every deviation that nobody answered, or settled, in time to the next role, and ask again."""
    return answering.escalate(KIND, at=at)


def locked(deviation: Deviation) -> Deviation:
    """The deviation as it is now, under its stream's mark, so that no comparison extends it meanwhile."""
    lock(GoldenMark.objects.filter(stream=deviation.stream_id))
    return lock(_rows().filter(pk=deviation.pk))[0]


def told(deviation: Deviation, event: str = "answered") -> Deviation:
    hints.deviation(deviation, event)
    return deviation


def ended(deviation: Deviation, at: datetime) -> dict[str, Any]:
    """What answering for good sets: a running stretch ends here."""
    return {"closed_at": at, "ended_at": deviation.ended_at or max(at, deviation.last_at)}


def _rows() -> "QuerySet[Deviation]":
    return Deviation.objects.select_related("stream__equipment__parent", "standard__parameter")


def _patience(deviation: Deviation) -> int:
    """The minutes to answer, or once acknowledged to settle, as the golden parameter has them."""
    standard = deviation.standard
    return standard.respond_minutes if deviation.status == DeviationStatus.OPEN else standard.close_minutes


KIND = Kind(
    word="deviation", system="mes", rows=_rows, locked=locked, told=told, patience=_patience,
    label=lambda deviation: f"{deviation.stream.equipment.code} · {deviation.standard.parameter.code}",
    place=lambda deviation: deviation,
)
