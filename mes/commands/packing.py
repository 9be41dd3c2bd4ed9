"""Packing by scan: lots into cartons, cartons onto pallets, and out again with a reason."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import mixing, whole_lots
from mes.queries import units
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.gs1 import sscc
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command, undoable
from traceability.commands import holds, labels, moves
from traceability.models import (
    Bucket,
    HandlingUnit,
    MaterialLot,
    PackedLot,
    ShipmentPick,
    SsccSeries,
    UnitKind,
    UnitStatus,
)
from traceability.queries import packing
from traceability.spots import Spot

ALARMS = {"mixed-lot", "mixed-material", "mixed-revision", "held", "lot-stopped", "expired", "wrong-label"}


class NotPacked(Refusal):
    """Something that can't be packed or unpacked as asked."""

    code = "not-packed"


@dataclass(frozen=True)
class Scanned:
    """What a scan did: words for the person, or why nothing was done."""

    message: Any = ""
    refusal: Refusal | None = None


@command
def open_unit(*, kind: str, site: Equipment, by: Person, at: datetime) -> HandlingUnit:
    """Begin a carton or pallet under the next number of the site's company prefix."""
    policies.check(by, "unit.pack", on=site)
    unit = HandlingUnit.objects.create(number=next_sscc(site), kind=kind, site=site, opened_by=by, opened_at=at)
    journal.record("handlingunit.opened", subject=unit, by=by, data={"kind": kind})
    return unit


def next_sscc(site: Equipment) -> str:
    """The next number of the site's own prefix, else of the plant's; counted on under the lock of its row."""
    rows = SsccSeries.objects.filter(active=True)
    series = rows.filter(site=site).first() or rows.filter(site__isnull=True).first()
    if series is None:
        message = _("There is no company prefix for carton numbers. Ask the administrator to add one in the console.")
        raise NotPacked(message, code="no-prefix")
    locked = lock(SsccSeries.objects.filter(pk=series.pk))[0]
    try:
        number = sscc.sscc(locked.prefix, locked.given)
    except sscc.NoRoom as error:
        message = _("All carton numbers of prefix %(prefix)s are given. Ask the administrator for another prefix.")
        raise NotPacked(message % {"prefix": locked.prefix}, code="no-prefix") from error
    SsccSeries.objects.filter(pk=locked.pk).update(given=F("given") + 1)
    return number


@command
def scan(*, unit: HandlingUnit, code: str, by: Person, at: datetime, quantity: Decimal | None = None) -> Scanned:
    """Put what was scanned into a carton or onto a pallet; what may not lie there is refused and kept as an alarm."""
    policies.check(by, "unit.pack", on=unit)
    try:
        with undoable():
            thing = units.found(code, at)
            if isinstance(thing, HandlingUnit):
                load(pallet=unit, carton=thing, by=by, at=at)
                return Scanned(_("%(carton)s stands on the pallet.") % {"carton": thing.number})
            packed = pack(unit=unit, lot=thing, quantity=quantity, code=code, by=by, at=at)
    except Refusal as refusal:
        if refusal.code in ALARMS:
            data = {"code": refusal.code, "scanned": code[:80], **refusal.facts}
            journal.record("handlingunit.alarmed", subject=unit, by=by, reason=str(refusal), data=data)
        return Scanned(refusal=refusal)
    words = {"quantity": plain(packed.quantity), "lot": packed.lot.number}
    return Scanned(_("%(lot)s: %(quantity)s packed.") % words)


@command
def pack(
    *, unit: HandlingUnit, lot: MaterialLot, by: Person, at: datetime, quantity: Decimal | None = None, code: str = ""
) -> PackedLot:
    """Put a lot, or so many of it, into an open carton. A held, expired, foreign or unfitting lot stays out.

    code    what was scanned of it: it tells that its own label sticks on it, where that is asked
    """
    policies.check(by, "unit.pack", on=unit)
    carton = opened(unit, UnitKind.CARTON)
    locked = lock(MaterialLot.objects.select_related("material").filter(pk=lot.pk))[0]
    check_ready(locked, carton, at)
    labels.check_own(locked, by=by, at=at, code=code)
    mixing.check(carton, [locked])
    whole = whole_lots.take_whole(lot=locked, quantity=quantity, reason=carton.number, by=by, at=at)
    amount = sum((row.quantity for row in whole.balances.filter(bucket=Bucket.STOCK)), Decimal(0))
    mixing.check_room(carton, whole, amount)
    row = PackedLot(unit=carton, lot=whole, quantity=amount, by=by, at=at)
    try:
        with undoable():
            row.save(force_insert=True)
    except DatabaseError as error:
        raise moves.refusal(error, lot=whole, quantity=amount, source=Spot(Bucket.STOCK)) from error
    journal.record("lot.packed", subject=whole, by=by, data={"unit": carton.number, "quantity": amount})
    return row


def check_ready(lot: MaterialLot, unit: HandlingUnit, at: datetime) -> None:
    """Free, in date, of this site, and in no carton or shipment yet."""
    holds.check_free(lots=[lot], job_orders=[lot.job_order] if lot.job_order else [])
    words = {"lot": lot.number, "unit": unit.number}
    if lot.site_id != unit.site_id:
        raise NotPacked(_("Lot %(lot)s belongs to another site. Put it aside.") % words, code="foreign")
    if lot.expires_at is not None and lot.expires_at <= at:
        message = _("Lot %(lot)s has expired. Put it aside and tell quality.")
        raise NotPacked(message % words, code="expired", facts=words)
    lying = packing.around(lot)
    if lying is not None:
        words["carton"] = lying.unit.number
        message = _("Lot %(lot)s lies in carton %(carton)s already. Take it out there first.")
        raise NotPacked(message % words, code="lot-packed", facts=words)
    if ShipmentPick.objects.filter(lot=lot, removed_at__isnull=True, move__isnull=True).exists():
        message = _("Lot %(lot)s is picked for a shipment. Put it back there first.")
        raise NotPacked(message % words, code="lot-picked", facts=words)


@command
def load(*, pallet: HandlingUnit, carton: HandlingUnit, by: Person, at: datetime) -> HandlingUnit:
    """Put a closed carton onto an open pallet."""
    policies.check(by, "unit.pack", on=pallet)
    upper, lower = opened(pallet, UnitKind.PALLET), locked_unit(carton)
    if lower.kind != UnitKind.CARTON or lower.status != UnitStatus.CLOSED or lower.site_id != upper.site_id:
        message = _("Only a closed carton of this site goes onto a pallet. Close %(carton)s first.")
        raise NotPacked(message % {"carton": lower.number}, facts={"carton": lower.number})
    if lower.pallet_id is not None:
        message = _("%(carton)s stands on a pallet already. Take it down there first.")
        raise NotPacked(message % {"carton": lower.number}, facts={"carton": lower.number})
    refuse_picked(lower)
    labels.check_labelled(lower)
    coming = lock(
        MaterialLot.objects.select_related("material").filter(packings__unit=lower, packings__ended_at__isnull=True)
    )
    holds.check_free(lots=coming)
    mixing.check(upper, coming)
    mixing.check_room(upper, coming[0], Decimal(1))
    HandlingUnit.objects.filter(pk=lower.pk).update(pallet=upper)
    journal.record("handlingunit.loaded", subject=lower, by=by, data={"pallet": upper.number})
    return packing.by_number(lower.number)


def opened(unit: HandlingUnit, kind: str) -> HandlingUnit:
    """The locked unit, if it is of this kind and open."""
    found = locked_unit(unit)
    if found.kind != kind:
        message = _("Lots go into a carton, cartons onto a pallet. %(unit)s is a %(kind)s.")
        raise NotPacked(message % {"unit": found.number, "kind": found.get_kind_display()}, code="wrong-unit")
    if found.status != UnitStatus.OPEN:
        message = _("%(unit)s is not open. Open the next one, or open this one again with a reason.")
        raise NotPacked(message % {"unit": found.number}, code="unit-closed")
    return found


def locked_unit(unit: HandlingUnit) -> HandlingUnit:
    return lock(HandlingUnit.objects.filter(pk=unit.pk))[0]


def refuse_picked(unit: HandlingUnit) -> None:
    """A unit that stands picked for a shipment stays as it is."""
    lots = [row.lot_id for row in packing.lying([unit])]
    rows = ShipmentPick.objects.filter(lot__in=lots, removed_at__isnull=True, move__isnull=True)
    pick = rows.select_related("line__shipment").first()
    if pick is not None:
        words = {"unit": unit.number, "shipment": pick.line.shipment.number}
        message = _("%(unit)s is picked for shipment %(shipment)s. Put it back there first.")
        raise NotPacked(message % words, code="unit-picked", facts=words)
