"""Taking back one's own last act at a station, while nothing followed it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import taking
from mes.models import DataValue, JobResponse, Mount
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands import actuals, moves, visits
from traceability.models import ActualKind, Bucket, LotBalance, MaterialActual, MaterialLot, Move, Visit
from traceability.spots import Spot

UNDONE = "UNDONE"


class NotUndone(Refusal):
    """An act that stays."""

    code = "not-undone"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done at a station; the order says what came last of what was done at one moment."""

    at: datetime
    order: int
    person: Person
    lot: MaterialLot
    row: Any


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, in words."""

    message: Any
    facts: dict[str, Any] = field(default_factory=dict)


@command
def undo(*, station: Equipment, by: Person, at: datetime) -> Undone:
    """Take back the last act at a station: a start with what it took, a consumption, or a load. NotUndone: it stays."""
    policies.check(by, "scan", on=station)
    act = last(station)
    if act is None:
        raise NotUndone(_("Nothing was done here that could be taken back."))
    if act.person.pk != by.pk:
        message = _("The last act here is of %(person)s. Only they can take it back; or ask the team leader.")
        raise NotUndone(message % {"person": act.person}, facts={"lot": act.lot.number})
    return TAKES_BACK[type(act.row)](act, station, by, at)


def last(station: Equipment) -> Act | None:
    """The newest act at a station that was not taken back."""
    found = [one for one in (find(station) for find in (_mount, _report, _value, _start, _consumption, _load)) if one]
    return max(found, key=lambda one: (one.at, one.order), default=None)


def _mount(station: Equipment) -> Act | None:
    rows = Mount.objects.filter(position__station=station, taken_at__isnull=True).select_related("lot", "position")
    row = rows.select_related("mounted_by").order_by("-mounted_at", "-pk").first()
    return Act(row.mounted_at, 6, row.mounted_by, row.lot, row) if row else None


def _report(station: Equipment) -> Act | None:
    row = JobResponse.objects.filter(station=station).select_related("lot", "person").order_by("-pk").first()
    return Act(row.at, 5, row.person, row.lot, row) if row else None


def _value(station: Equipment) -> Act | None:
    row = DataValue.objects.filter(station=station).select_related("lot", "person").order_by("-pk").first()
    return Act(row.at, 4, row.person, row.lot, row) if row else None


def _start(station: Equipment) -> Act | None:
    row = Visit.objects.filter(equipment=station, during__upper_inf=True).select_related("lot", "person")
    visit = row.order_by("-pk").first()
    return Act(visit.during.lower, 3, visit.person, visit.lot, visit) if visit else None


def _consumption(station: Equipment) -> Act | None:
    rows = MaterialActual.objects.filter(
        equipment=station, kind=ActualKind.CONSUMED, link__reversed_by__isnull=True
    ).select_related("lot__material__unit", "person", "link__child", "move").order_by("-pk")
    row = rows.first()
    return Act(row.at, 2, row.person, row.lot, row) if row else None


def _load(station: Equipment) -> Act | None:
    """The newest load that was not taken back, if all of it still lies here."""
    here = {"from_bucket": Bucket.ISSUED, "from_place": station.code}
    back = Move.objects.filter(**here, lot=OuterRef("lot"), to_bucket=Bucket.STOCK, pk__gt=OuterRef("pk"))
    loads = Move.objects.filter(equipment=station, from_bucket=Bucket.STOCK, to_bucket=Bucket.ISSUED)
    rows = loads.filter(~Exists(back), to_place=station.code).select_related("lot__material__unit", "person")
    row = rows.order_by("-pk").first()
    left = LotBalance.objects.filter(lot=row.lot, bucket=Bucket.ISSUED, place=station.code).first() if row else None
    if row is None or left is None or left.quantity < row.quantity:
        return None
    return Act(row.at, 1, row.person, row.lot, row)


def _stays(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    message = _("The report of %(lot)s is the last act here, and a report stays. Tell the team leader what is wrong.")
    raise NotUndone(message % {"lot": act.lot.number}, facts={"lot": act.lot.number})


def _is_corrected(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    message = _("A value of %(lot)s is the last act here. It stays; tap “Enter values” and correct it with a reason.")
    raise NotUndone(message % {"lot": act.lot.number}, facts={"lot": act.lot.number})


def _is_taken_off(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    message = _("Mounting %(lot)s is the last act here. To take it off, scan %(position)s, then the code UNMOUNT.")
    words = {"lot": act.lot.number, "position": act.row.position.code}
    raise NotUndone(message % words, facts={"lot": act.lot.number})


def _leave(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    """The part waits again; what was taken in at the very start comes out again."""
    taken = MaterialActual.objects.filter(
        equipment=station, kind=ActualKind.CONSUMED, link__child=act.lot, at=act.at, link__reversed_by__isnull=True
    )
    for actual in taken.select_related("lot", "link", "move").order_by("-pk"):
        actuals.undo(actual=actual, reason=gettext("Taken back at the station"), by=by, at=at)
    lock(MaterialLot.objects.filter(pk=act.lot.pk))
    visits.depart(lot=act.lot, equipment=station, at=at, result=UNDONE)
    taking.let_go(act.lot, act.row.operation)
    journal.record("lot.start-undone", subject=act.lot, by=by, data={"station": station.code})
    message = _("The start of %(lot)s is taken back; it waits again.")
    return Undone(message % {"lot": act.lot.number}, {"lot": act.lot.number})


def _take_out(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    """A consumption goes back to where it came from, if the part it went into is still here."""
    row, into = act.row, act.row.link.child
    if not Visit.objects.filter(equipment=station, lot=into, during__upper_inf=True).exists():
        message = _("%(into)s has gone on with what was taken in. Ask the team leader to take it back.")
        raise NotUndone(message % {"into": into.number}, facts={"lot": act.lot.number, "into": into.number})
    actuals.undo(actual=row, reason=gettext("Taken back at the station"), by=by, at=at)
    words = {"lot": act.lot.number, "into": into.number, "amount": amount(row)}
    return Undone(_("%(lot)s: %(amount)s is out of %(into)s again.") % words, {"lot": act.lot.number})


def _unload(act: Act, station: Equipment, by: Person, at: datetime) -> Undone:
    """A load goes back to the store."""
    row = act.row
    moves.move(
        lot=act.lot, quantity=row.quantity, source=Spot(Bucket.ISSUED, station.code),
        to=Spot(Bucket(row.from_bucket), row.from_place), by=by, at=at, job_order=row.job_order,
        operation=row.operation, equipment=station, reason=gettext("Taken back at the station"),
    )
    words = {"lot": act.lot.number, "amount": amount(row)}
    return Undone(_("%(lot)s: %(amount)s is back in the store.") % words, {"lot": act.lot.number})


def amount(row: Any) -> str:
    """An amount with its unit."""
    return f"{plain(row.quantity)} {row.lot.material.unit.symbol}"


TAKES_BACK: dict[type, Callable[[Act, Equipment, Person, datetime], Undone]] = {
    Mount: _is_taken_off, JobResponse: _stays, DataValue: _is_corrected, Visit: _leave, MaterialActual: _take_out,
    Move: _unload,
}
