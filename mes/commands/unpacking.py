"""Closing, opening and emptying cartons and pallets."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands.packing import NotPacked, locked_unit, opened, refuse_picked
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability.models import HandlingUnit, MaterialLot, PackedLot, UnitKind, UnitStatus
from traceability.queries import packing


@command
def close(*, unit: HandlingUnit, by: Person, at: datetime) -> HandlingUnit:
    """Close a carton or pallet with something in it; its label is printed now."""
    policies.check(by, "unit.pack", on=unit)
    found = locked_unit(unit)
    if not packing.filled(found):
        raise NotPacked(_("There is nothing in %(unit)s. Scan what goes in first.") % {"unit": found.number})
    journal.move(found, to=UnitStatus.CLOSED, by=by, closed_at=at)
    return found


@command
def reopen(*, unit: HandlingUnit, reason: str, by: Person, at: datetime) -> HandlingUnit:
    """Open a closed carton or pallet again, saying why; not while it is picked or stands on a pallet."""
    policies.check(by, "unit.unpack", on=unit)
    found = locked_unit(unit)
    refuse_picked(found)
    if found.pallet_id is not None:
        raise NotPacked(_("%(unit)s stands on a pallet. Take it down first.") % {"unit": found.number})
    journal.move(found, to=UnitStatus.OPEN, by=by, reason=said(reason))
    return found


@command
def take_out(*, unit: HandlingUnit, lot: MaterialLot, reason: str, by: Person, at: datetime) -> PackedLot:
    """Take a lot out of an open carton, saying why. A held one too: it has to get out."""
    policies.check(by, "unit.unpack", on=unit)
    carton = opened(unit, UnitKind.CARTON)
    lock(MaterialLot.objects.filter(pk=lot.pk))
    row = packing.lying([carton]).filter(lot=lot).first()
    if row is None:
        words = {"lot": lot.number, "unit": carton.number}
        raise NotPacked(_("Lot %(lot)s does not lie in %(unit)s.") % words, facts=words)
    return end(row, reason=said(reason), by=by, at=at)


@command
def take_down(*, carton: HandlingUnit, reason: str, by: Person, at: datetime) -> HandlingUnit:
    """Take a carton off its pallet, saying why."""
    policies.check(by, "unit.unpack", on=carton)
    found = locked_unit(carton)
    if found.pallet is None or locked_unit(found.pallet).status != UnitStatus.OPEN:
        message = _("%(unit)s stands on no open pallet. Open the pallet again first.")
        raise NotPacked(message % {"unit": found.number}, facts={"unit": found.number})
    data = {"pallet": found.pallet.number}
    HandlingUnit.objects.filter(pk=found.pk).update(pallet=None)
    journal.record("handlingunit.taken-down", subject=found, by=by, reason=said(reason), data=data)
    return packing.by_number(found.number)


@command
def dissolve(*, unit: HandlingUnit, reason: str, by: Person, at: datetime) -> HandlingUnit:
    """Take everything out of an open unit and end it; its number is never used again."""
    policies.check(by, "unit.unpack", on=unit)
    found = locked_unit(unit)
    for carton in lock(HandlingUnit.objects.filter(pallet=found)):
        take_down(carton=carton, reason=reason, by=by, at=at)
    rows = list(packing.lying([found]))
    lock(MaterialLot.objects.filter(pk__in=[row.lot_id for row in rows]))
    for row in rows:
        end(row, reason=said(reason), by=by, at=at)
    journal.move(found, to=UnitStatus.DISSOLVED, by=by, reason=said(reason))
    return found


def end(row: PackedLot, *, reason: str, by: Person, at: datetime) -> PackedLot:
    """Write that a lot no longer lies in its carton."""
    row.ended_by, row.ended_at, row.end_reason = by, at, reason[:200]
    row.save(update_fields=["ended_by", "ended_at", "end_reason"])
    journal.record("lot.unpacked", subject=row.lot, by=by, reason=reason, data={"unit": row.unit.number})
    return row


def said(reason: str) -> str:
    """The reason, or a refusal when none was given."""
    if not reason.strip():
        raise NotPacked(_("Say in a few words why it is unpacked."), code="no-reason")
    return reason.strip()
