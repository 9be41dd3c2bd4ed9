"""Calling for help from a station, answering and settling: by the same rules as every alarm, and timed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mes.commands import hints, machines, readiness
from mes.commands.readiness import DOWN, CantDispatch
from mes.models import Andon, AndonKind, AndonStatus, JobOrder
from mes.queries import andon as calls
from plant import policies
from plant.commands import answering, journal
from plant.commands.answering import Kind, NothingSaid, coded
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Person, ReasonCode, ReasonUse
from plant.transactions import command


class AndonRefused(Refusal):
    """A call that can't be made or taken back so."""

    code = "andon-refused"


@command
def call(
    *, station: Equipment, kind: AndonKind, by: Person, at: datetime, note: str = "", job_order: JobOrder | None = None
) -> Andon:
    """Call for help. While a call of this kind is alive at the station, that one stands: two taps make one call."""
    policies.check(by, "andon.call", on=station)
    if not kind.active:
        raise AndonRefused(_("“%(kind)s” is not in use any more. Choose another button.") % {"kind": kind.title})
    here = lock(Equipment.objects.select_related("parent").filter(pk=station.pk))[0]
    alive = _rows().filter(station=here, kind=kind, status__in=calls.ALIVE).first()
    if alive is not None:
        return alive
    made = Andon.objects.create(
        station=here, kind=kind, job_order=job_order, note=note.strip(), called_by=by, called_at=at,
        owner_role=kind.owner_role, respond_by=at + timedelta(minutes=kind.respond_minutes),
    )
    data = {"station": here.code, "kind": kind.code, "job_order": job_order.number if job_order else ""}
    journal.record("andon.called", subject=made, by=by, reason=note.strip(), data=data)
    if kind.stops_machine and here.state not in DOWN:
        machines.people_say(equipment=here, state=EquipmentState.ALARM, reason=kind.reason, at=at)
    return _told(made, "called")


@command
def acknowledge(*, andon: Andon, by: Person, at: datetime) -> Andon:
    """Say that somebody is there: the response time ends, and the time to settle it begins."""
    policies.check(by, "andon.acknowledge", on=andon.station)
    found = _locked(andon)
    until = at + timedelta(minutes=found.kind.close_minutes)
    fields: dict[str, Any] = {
        "acknowledged_by": by, "acknowledged_at": at, "owner": by, "respond_by": until, "snoozed_until": None,
    }
    minutes = round((at - found.called_at) / timedelta(minutes=1), 1)
    journal.move(found, to=AndonStatus.ACKNOWLEDGED, by=by, data={"minutes": minutes}, **fields)
    return _told(found)


@command
def close(
    *, andon: Andon, cause: str, action_taken: str, by: Person, at: datetime, kind: ReasonCode | None = None
) -> Andon:
    """Settle a call: what it was and what was done. A machine that stood for it may work again."""
    policies.check(by, "andon.close", on=andon.station)
    if not (cause.strip() and action_taken.strip()):
        raise NothingSaid(_("Name the cause and what was done about it. Without both, it will come back."))
    found = _locked(andon)
    code = coded(kind, ReasonUse.CAUSE)
    fields = {"cause_kind": code, "cause": cause.strip(), "action_taken": action_taken.strip(), "closed_at": at}
    minutes = round((at - found.called_at) / timedelta(minutes=1), 1)
    data = {"action": action_taken, "minutes": minutes, **({"cause": code.code} if code else {})}
    journal.move(found, to=AndonStatus.CLOSED, by=by, reason=cause, data=data, **fields)
    _let_go(found, at)
    return _told(found)


@command
def cancel(*, andon: Andon, by: Person, at: datetime, reason: str = "") -> Andon:
    """Take back a call that nobody answered yet: a wrong tap stays on the books, and counts for nothing."""
    policies.check(by, "andon.call", on=andon.station)
    found = _locked(andon)
    journal.move(found, to=AndonStatus.CANCELLED, by=by, reason=reason, closed_at=at)
    _let_go(found, at)
    return _told(found)


@command
def assign(*, andon: Andon, to: Person, by: Person, at: datetime, remark: str = "") -> Andon:
    """Give a call to somebody and tell them. Until they answer, its time goes on."""
    given: Andon = answering.assign(KIND, andon, to=to, remark=remark, by=by, at=at)
    return given


@command
def escalate(*, at: datetime) -> list[Andon]:
    """Hand every call that nobody answered, or settled, in time to the next role, and ask again."""
    return answering.escalate(KIND, at=at)


def _let_go(andon: Andon, at: datetime) -> None:
    """The machine is idle again, unless another call of the station still stops it."""
    here = lock(Equipment.objects.select_related("parent").filter(pk=andon.station_id))[0]
    others = calls.stopping([here]).exclude(pk=andon.pk)
    if andon.kind.stops_machine and here.state == EquipmentState.ALARM and not others.exists():
        machines.people_say(equipment=here, state=EquipmentState.IDLE, at=at)


@readiness.register(calls.STOPPING)
def against(places: Sequence[Equipment], at: datetime) -> Iterator[Refusal]:
    """Places that a call stops take no work until it is settled, whatever their controller says."""
    for one in calls.stopping(places).select_related("station", "kind"):
        words = {"place": one.station.code, "kind": one.kind.title}
        message = _("%(place)s called for help (%(kind)s) and is down. Settle the call, or choose another place.")
        facts = {"equipment": one.station.code, "andon": one.pk}
        yield CantDispatch(message % words, code="andon-open", facts=facts)


def _rows() -> "QuerySet[Andon]":
    return Andon.objects.select_related("station__parent", "kind")


def _locked(andon: Andon) -> Andon:
    return lock(_rows().filter(pk=andon.pk))[0]


def _told(andon: Andon, event: str = "answered") -> Andon:
    hints.andon(andon, event)
    return andon


def _patience(andon: Andon) -> int:
    """The minutes to answer, or once somebody is there to settle, as the kind has them."""
    return andon.kind.respond_minutes if andon.status == AndonStatus.OPEN else andon.kind.close_minutes


KIND = Kind(
    word="andon", system="mes", rows=_rows, locked=_locked, told=_told, patience=_patience,
    label=lambda andon: f"{andon.station.code} · {andon.kind.title}", place=lambda andon: andon.station,
)
