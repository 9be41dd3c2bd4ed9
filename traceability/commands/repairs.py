"""Repair of a unit: a part comes out and another goes in; what was in it before stays in the history."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands import actuals, holds, lots, moves, picking
from traceability.gate import Cause, Target
from traceability.models import (
    ActualKind,
    Bucket,
    CauseKind,
    LotBalance,
    LotKind,
    MaterialActual,
    MaterialLot,
    PlaceKind,
    Replacement,
    Went,
)
from traceability.queries import stock
from traceability.spots import Spot


class RepairRefused(Refusal):
    """A part that can't be taken out, or can't go in."""

    code = "repair-refused"


@command
def replace(
    *, actual: MaterialActual, went: str, reason: str, by: Person, at: datetime, part: MaterialLot | None = None,
    store: Equipment | None = None,
) -> Replacement:
    """Take a part out of a unit, and put another one of the same material in, where one is named.

    The part that comes out goes to scrap, back into a store, or into blocked stock under a hold; a part of a lot
    becomes a lot of its own there. RepairRefused, AlreadyUndone, NotEnough, Held, LotStopped: nothing was changed.
    """
    unit, old = _parties(actual)
    policies.check(by, "lot.replace-part", on=unit)
    if not reason.strip():
        raise RepairRefused(_("Say in a few words what was wrong with the part."), facts={"field": "reason"})
    target = _target(actual, old, went, store)
    locked = {row.pk: row for row in lock(MaterialLot.objects.filter(
        pk__in={unit.pk, old.pk, *([part.pk] if part else [])}
    ))}
    new = locked[part.pk] if part else None
    source = _source(new, old, actual, reason, at) if new is not None else None
    actuals.undo(actual=actual, reason=reason, by=by, at=at, to=target)
    removed = _set_apart(actual, target, went, reason, by, at)
    fitted = _put_in(new, unit, actual, source, by, at) if new is not None and source is not None else None
    made = Replacement.objects.create(
        taken_out=actual, put_in=fitted, part=removed, went=went, reason=reason, by=by, at=at
    )
    data = {"out": removed.number, "in": new.number if new else "", "went": went, "operation": actual.operation}
    journal.record("lot.part-replaced", subject=unit, by=by, reason=reason, data=data)
    return made


def _parties(actual: MaterialActual) -> tuple[MaterialLot, MaterialLot]:
    if actual.kind != ActualKind.CONSUMED or actual.link is None:
        raise RepairRefused(_("This is no part of a unit. Open the unit's page and choose one of its parts."))
    return actual.link.child, actual.lot


def _target(actual: MaterialActual, old: MaterialLot, went: str, store: Equipment | None) -> Spot:
    """Where the part goes; a held one only goes to scrap."""
    if went == Went.SCRAP:
        return Spot(Bucket.SCRAP, actual.operation)
    holds.check_free(lots=[old])
    is_blocked = store is not None and stock.kind_of(store) == PlaceKind.BLOCKED
    is_here = store is not None and store.stores_material and places.site_of(store).pk == old.site_id
    if store is None or not is_here or is_blocked != (went == Went.BLOCKED):
        wanted = _("blocked stock") if went == Went.BLOCKED else _("a store that is not blocked")
        message = _("Say where the part is put: %(wanted)s.")
        raise RepairRefused(message % {"wanted": wanted}, facts={"field": "store"})
    return Spot(Bucket.STOCK, store.code)


def _source(new: MaterialLot, old: MaterialLot, actual: MaterialActual, reason: str, at: datetime) -> Spot:
    """Where the new part comes from: it is of the same material, free, and there; from the store in its turn."""
    if new.material_id != old.material_id:
        message = _("%(new)s is %(is)s, but the part that comes out is %(was)s. Take one of the same material.")
        words = {"new": new.number, "is": new.material.code, "was": old.material.code}
        raise RepairRefused(message % words, code="wrong-material", facts={"field": "part"})
    holds.check_free(lots=[new])
    rows = LotBalance.objects.filter(
        lot=new, bucket__in=[Bucket.ISSUED, Bucket.STOCK], quantity__gte=actual.quantity
    ).order_by("bucket", "place")
    spot = rows.first()
    if spot is None:
        message = _("Lot %(lot)s has less than %(quantity)s in one place. Take another one.")
        words = {"lot": new.number, "quantity": f"{actual.quantity.normalize():f}"}
        raise moves.NotEnough(message % words, facts={"field": "part"})
    if spot.bucket == Bucket.STOCK:
        picking.check_turn(new, reason, at)
    return Spot(Bucket(spot.bucket), spot.place)


def _set_apart(actual: MaterialActual, target: Spot, went: str, reason: str, by: Person, at: datetime) -> MaterialLot:
    """A used part is not mixed with new ones: it becomes a lot of its own, held in blocked stock."""
    unit, apart = _parties(actual)
    if went != Went.SCRAP and apart.kind != LotKind.SERIAL:
        apart = lots.split(
            lot=apart, quantity=actual.quantity, source=target, to=target, reason=reason, by=by, at=at
        )
    if went == Went.BLOCKED:
        cause = Cause(CauseKind.PERSON, f"repair {unit.number}")
        holds.place(target=Target.lot(apart), cause=cause, reason=reason, by=by, at=at)
    return apart


def _put_in(
    new: MaterialLot, unit: MaterialLot, actual: MaterialActual, source: Spot, by: Person, at: datetime
) -> MaterialActual:
    return actuals.consume(
        lot=new, into=unit, quantity=actual.quantity, source=source, job_order=actual.job_order,
        operation=actual.operation, equipment=actual.equipment, by=by, at=at,
    )
