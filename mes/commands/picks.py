"""Picking by scan against the lines of a shipment: the wrong thing is stopped, and said where it belongs."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import inspections_due, whole_lots
from mes.commands.packing import NotPacked, Scanned
from mes.queries import units
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command, undoable
from traceability.commands import holds, labels, moves
from traceability.models import (
    Bucket,
    HandlingUnit,
    LotBalance,
    MaterialLot,
    Shipment,
    ShipmentPick,
    ShipmentStatus,
    UnitStatus,
)
from traceability.queries import packing, shipments
from traceability.spots import Spot

ALARMS = {"wrong-item", "wrong-customer", "too-many", "expired", "held", "lot-stopped"}


class WrongPick(Refusal):
    """Something that does not belong on this truck."""

    code = "wrong-pick"


@command
def scan(*, shipment: Shipment, code: str, by: Person, at: datetime, quantity: Decimal | None = None) -> Scanned:
    """Pick what was scanned; what does not belong on this truck is refused and kept as an alarm."""
    policies.check(by, "shipment.pick", on=shipment)
    try:
        with undoable():
            picked = pick(shipment=shipment, code=code, quantity=quantity, by=by, at=at)
    except Refusal as refusal:
        if refusal.code in ALARMS:
            data = {"code": refusal.code, "scanned": code[:80], **refusal.facts}
            journal.record("shipment.alarmed", subject=shipment, by=by, reason=str(refusal), data=data)
        return Scanned(refusal=refusal)
    total = sum((row.quantity for row in picked), Decimal(0))
    words = {"what": code if len(picked) > 1 else picked[0].lot.number, "quantity": plain(total)}
    return Scanned(_("%(what)s: %(quantity)s picked.") % words)


@command
def pick(
    *, shipment: Shipment, code: str, by: Person, at: datetime, quantity: Decimal | None = None
) -> list[ShipmentPick]:
    """Set a closed carton or pallet, or a loose lot or so many of it, aside for the lines that ask for it."""
    policies.check(by, "shipment.pick", on=shipment)
    found = lock(Shipment.objects.select_related("customer").filter(pk=shipment.pk))[0]
    if found.status != ShipmentStatus.OPEN:
        message = _("Shipment %(number)s is “%(state)s” and can't be changed any more.")
        raise WrongPick(message % {"number": found.number, "state": found.get_status_display()}, code="shipment-over")
    thing = units.found(code, at)
    if isinstance(thing, HandlingUnit):
        inside = contents(thing)
        keys = [row.lot_id for row in inside]
        locked = lock(MaterialLot.objects.select_related("material").filter(pk__in=keys))
        within = {row.lot_id: row.unit for row in inside}
        return [set_aside(found, lot, within[lot.pk], by=by, at=at) for lot in checked(found, locked, at)]
    lying = packing.around(thing)
    if lying is not None:
        words = {"lot": thing.number, "carton": lying.unit.number}
        message = _("Lot %(lot)s lies in carton %(carton)s. Scan the carton's label.")
        raise NotPacked(message % words, code="lot-packed", facts=words)
    one = lock(MaterialLot.objects.select_related("material").filter(pk=thing.pk))
    lot = checked(found, one, at)[0]
    whole = whole_lots.take_whole(lot=lot, quantity=quantity, reason=found.number, by=by, at=at)
    return [set_aside(found, whole, None, by=by, at=at)]


def contents(unit: HandlingUnit) -> list[Any]:
    """What lies in a closed unit that stands on no pallet."""
    found = lock(HandlingUnit.objects.filter(pk=unit.pk))[0]
    words = {"unit": found.number}
    if found.pallet_id is not None:
        raise NotPacked(_("%(unit)s stands on a pallet. Scan the pallet's label.") % words, facts=words)
    if found.status != UnitStatus.CLOSED:
        raise NotPacked(_("%(unit)s is not closed. Close it, then scan it again.") % words, facts=words)
    labels.check_labelled(found)
    return list(packing.lying([found]))


def checked(shipment: Shipment, lots: Sequence[MaterialLot], at: datetime) -> list[MaterialLot]:
    """The lots, if each may leave, for this customer, and is picked nowhere yet."""
    check_may_leave(lots, at)
    for lot in lots:
        if lot.site_id != shipment.site_id:
            raise WrongPick(_("Lot %(lot)s belongs to another site. Put it aside.") % {"lot": lot.number})
    made_for = units.made_for(lots)
    other = next((lot for lot in lots if made_for.get(lot.pk, shipment.customer) != shipment.customer), None)
    if other is not None:
        words = {"lot": other.number, "whose": str(made_for[other.pk]), "customer": str(shipment.customer)}
        message = _("%(lot)s was made for %(whose)s; this shipment goes to %(customer)s. Put it back.")
        raise WrongPick(message % words, code="wrong-customer", facts={**words, "belongs_to": belongs(other, shipment)})
    again = ShipmentPick.objects.filter(lot__in=lots, removed_at__isnull=True, move__isnull=True)
    standing = again.select_related("lot", "line__shipment").first()
    if standing is not None:
        words = {"lot": standing.lot.number, "shipment": standing.line.shipment.number}
        message = _("%(lot)s is picked for shipment %(shipment)s already.")
        raise WrongPick(message % words, code="picked-already", facts=words)
    return list(lots)


def check_may_leave(lots: Sequence[MaterialLot], at: datetime) -> None:
    """Refuse held and expired lots; asked at picking and again when the truck leaves, with the lots locked."""
    holds.check_free(lots=lots, job_orders=sorted({lot.job_order for lot in lots if lot.job_order}))
    late = next((lot for lot in lots if lot.expires_at is not None and lot.expires_at <= at), None)
    if late is not None:
        message = _("Lot %(lot)s has expired. Put it aside and tell quality.")
        raise WrongPick(message % {"lot": late.number}, code="expired", facts={"lot": late.number})


def set_aside(
    shipment: Shipment, lot: MaterialLot, unit: HandlingUnit | None, *, by: Person, at: datetime
) -> ShipmentPick:
    """Write the pick on the first line that has room for all of the lot, or say what is wrong."""
    stock = LotBalance.objects.filter(lot=lot, bucket=Bucket.STOCK, quantity__gt=0)
    amount = sum((row.quantity for row in stock), Decimal(0))
    asking = [row for row in shipments.lines(shipment) if row.line.material_id == lot.material_id]
    words = {"lot": lot.number, "material": lot.material.code, "shipment": shipment.number}
    if not asking:
        where = belongs(lot, shipment)
        message = _("%(lot)s is %(material)s, which shipment %(shipment)s does not ask for. Put it back.")
        if where:
            message = _("%(lot)s is %(material)s, which shipment %(shipment)s does not ask for; %(where)s does.")
        raise WrongPick(
            message % {**words, "where": ", ".join(where)}, code="wrong-item", facts={**words, "belongs_to": where}
        )
    line = next((row.line for row in asking if row.left >= amount), None)
    if line is None:
        words |= {"left": plain(max(row.left for row in asking)), "amount": plain(amount)}
        message = _("%(lot)s has %(amount)s; the line of %(material)s lacks %(left)s. Take fewer, or put it back.")
        raise WrongPick(message % words, code="too-many", facts=words)
    row = ShipmentPick(line=line, lot=lot, unit=unit, quantity=amount, by=by, at=at)
    try:
        with undoable():
            row.save(force_insert=True)
    except DatabaseError as error:
        raise moves.refusal(error, lot=lot, quantity=amount, source=Spot(Bucket.STOCK)) from error
    journal.record("lot.picked", subject=lot, by=by, data={"shipment": shipment.number, "quantity": amount})
    inspections_due.before_shipping(lot, at=at)
    return row


def belongs(lot: MaterialLot, shipment: Shipment) -> list[str]:
    """The open shipments that ask for this material: where a wrong pick may belong."""
    return [other.number for other in shipments.asking_for(lot.material, but=shipment)]


@command
def put_back(*, shipment: Shipment, code: str, reason: str, by: Person, at: datetime) -> list[ShipmentPick]:
    """Take a carton, pallet or lot from an open shipment again, saying why."""
    policies.check(by, "shipment.pick", on=shipment)
    found = lock(Shipment.objects.filter(pk=shipment.pk))[0]
    if found.status != ShipmentStatus.OPEN:
        message = _("Shipment %(number)s is “%(state)s” and can't be changed any more.")
        raise WrongPick(message % {"number": found.number, "state": found.get_status_display()}, code="shipment-over")
    thing = units.found(code, at)
    lots = [row.lot_id for row in packing.lying([thing])] if isinstance(thing, HandlingUnit) else [thing.pk]
    lock(MaterialLot.objects.filter(pk__in=lots))
    rows = list(shipments.picks(found).filter(lot__in=lots))
    if not rows or (not isinstance(thing, HandlingUnit) and rows[0].unit_id is not None):
        message = _("%(code)s is not picked for this shipment on its own. Scan the carton or pallet that was picked.")
        raise WrongPick(message % {"code": code[:80]})
    why = said(reason)
    for row in rows:
        row.removed_by, row.removed_at, row.remove_reason = by, at, why[:200]
        row.save(update_fields=["removed_by", "removed_at", "remove_reason"])
        journal.record("lot.put-back", subject=row.lot, by=by, reason=why, data={"shipment": found.number})
    return rows


def said(reason: str) -> str:
    """The reason, or a refusal when none was given."""
    if not reason.strip():
        raise WrongPick(_("Say in a few words why."), code="no-reason")
    return reason.strip()
