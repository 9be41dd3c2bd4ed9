"""Bringing lots from place to place: put away, moved, brought to the line in their turn, and the rest brought back."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentLevel, Person, Unit
from plant.queries import places
from plant.transactions import command
from traceability.commands import calls, holds, moves, picking, replays
from traceability.models import Bucket, MaterialLot, Move, PlaceKind
from traceability.queries import stock, units
from traceability.spots import Spot


class WrongPlace(Refusal):
    """A place that does not take this lot."""

    code = "wrong-place"


@command
def relocate(
    *, lot: MaterialLot, source: Spot, to: Equipment, by: Person, at: datetime, quantity: Decimal | None = None,
    unit: Unit | None = None, reason: str = "", key: str = "",
) -> Move:
    """Bring an amount of a lot (all that lies there, unless said) to a storage place or a station.

    A held lot goes into blocked stock only, by those who may do that; what lies at a station comes back the same way.
    The same key again moves nothing more.
    """
    policies.check(by, "lot.move", on=lot)
    policies.check(by, "lot.move", on=to)
    told = replays.once(
        client=f"stock:{by.number}", key=key,
        request=[lot.number, *source, to.code, quantity, unit.pk if unit else "", reason],
        act=lambda: {"move": _relocate(lot, source, to, by, at, quantity, unit, reason).pk},
    )
    return Move.objects.get(pk=told["move"])


def _relocate(
    lot: MaterialLot, source: Spot, to: Equipment, by: Person, at: datetime, quantity: Decimal | None,
    unit: Unit | None, reason: str,
) -> Move:
    one = lock(MaterialLot.objects.filter(pk=lot.pk))[0]
    target = spot_at(to)
    check(one, source, target, to, by)
    is_issue = (source.bucket, target.bucket) == (Bucket.STOCK, Bucket.ISSUED)
    if is_issue:
        picking.check_turn(one, reason, at)
    there = stock.there(one, source.bucket, source.place)
    amount = there if quantity is None else units.in_own(one.material, moves.positive(quantity), unit)
    if there == 0:
        message = _("Nothing of lot %(lot)s lies at %(place)s any more. Look where it lies now.")
        raise moves.NotEnough(message % {"lot": one.number, "place": source.place or "—"}, facts={"field": "source"})
    entry = moves.move(
        lot=one, quantity=amount, source=source, to=target, by=by, at=at, reason=reason,
        equipment=None if to.stores_material else to,
    )
    data = {"from": source.place, "to": target.place, "quantity": amount, "move": entry.pk}
    if is_issue:
        calls.answer(one, to, amount, by, at)
    journal.record("lot.set-aside" if one.open_holds else "lot.moved", subject=one, by=by, reason=reason, data=data)
    return entry


def spot_at(to: Equipment) -> Spot:
    """A storage place keeps stock; at a station lies what was brought to the line."""
    if to.stores_material:
        return Spot(Bucket.STOCK, to.code)
    if to.level == EquipmentLevel.WORK_UNIT:
        return Spot(Bucket.ISSUED, to.code)
    message = _("Nothing can be put down at %(place)s. Scan a storage place, or a station of the line.")
    raise WrongPlace(message % {"place": to.code}, facts={"field": "to"})


def check(lot: MaterialLot, source: Spot, target: Spot, to: Equipment, by: Person) -> None:
    """Refuse a place that can't take this lot, and say which one can."""
    storage = getattr(to, "storage", None)
    words = {"lot": lot.number, "place": to.code}
    if source.bucket not in stock.HERE:
        raise WrongPlace(_("Lot %(lot)s is in process. Report it at its station instead of moving it.") % words)
    if source == target:
        raise WrongPlace(_("Lot %(lot)s lies at %(place)s already. Scan another place.") % words, facts={"field": "to"})
    if places.site_of(to).pk != lot.site_id:
        raise WrongPlace(_("%(place)s stands in another site than lot %(lot)s. Scan a place here.") % words)
    holds.check_free(equipment=[to])
    if storage is not None and storage.kind == PlaceKind.BLOCKED:
        set_aside(lot, words, by)
        return
    holds.check_free(lots=[lot])
    if storage is not None and storage.material_id not in (None, lot.material_id):
        message = _("%(place)s is kept for %(material)s. Put lot %(lot)s into another place.")
        raise WrongPlace(message % {**words, "material": storage.material.code}, facts={"field": "to"})


def set_aside(lot: MaterialLot, words: dict[str, str], by: Person) -> None:
    """Blocked stock takes held lots, from those who may bring them there."""
    if not lot.open_holds:
        message = _("%(place)s is blocked stock and lot %(lot)s is free. Hold it first, or scan another place.")
        raise WrongPlace(message % words, facts={"field": "to"})
    policies.check(by, "stock.block", on=lot)
