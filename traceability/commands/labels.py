"""Printing labels: every print is counted, a second one has its reason, and a label is scanned back where it sticks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.gs1 import scans
from plant.gs1.elements import GS, Gs1Error, element_string
from plant.gs1.scans import Profile
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import places
from plant.transactions import command
from traceability.label_layout import Drawing
from traceability.models import HandlingUnit, LabelPrint, LabelTemplate, MaterialLot, UnitStatus
from traceability.models.label import GS1
from traceability.queries import labels
from traceability.queries.labels import Thing


class LabelRefused(Refusal):
    """A label that may not be printed, or that is not the right one."""

    code = "label-refused"


@dataclass(frozen=True)
class Checked:
    """A label was scanned back: its print, or why it is the wrong one."""

    print: LabelPrint | None = None
    refusal: Refusal | None = None


def action(thing: Thing) -> str:
    """What somebody must be allowed to print it."""
    return "lot.print" if isinstance(thing.row, (MaterialLot, HandlingUnit)) else "label.print"


@command
def record_print(
    *, thing: Thing, drawing: Drawing, template: LabelTemplate | None, by: Person, at: datetime, reason: str = ""
) -> LabelPrint:
    """Write that a label is printed, and the how-manieth it is; from the second on with a reason."""
    row, why = thing.row, reason.strip()[:200]
    policies.check(by, action(thing), on=row)
    found = lock(type(row)._default_manager.filter(pk=row.pk))[0]
    if isinstance(found, HandlingUnit) and found.status not in (UnitStatus.CLOSED, UnitStatus.SHIPPED):
        message = _("%(unit)s is not closed, so what its label says may still change. Close it first.")
        raise LabelRefused(message % {"unit": found.number}, code="unit-open")
    count = labels.prints(thing).count() + 1
    if count > 1 and not why:
        message = _("This label was printed before. Say why it is printed again: two labels make two cartons of one.")
        raise LabelRefused(message, code="no-reason", facts={"field": "reason"})
    made = LabelPrint.objects.create(
        kind=thing.kind, number=thing.number, site=site_of(row, by), template=template, data=drawing.data, nth=count,
        lot=row if isinstance(row, MaterialLot) else None, unit=row if isinstance(row, HandlingUnit) else None,
        pieces=template.pieces if template else 1, reason=why if count > 1 else "", by=by, at=at,
    )
    journal.record(f"{noun(row)}.printed", subject=row, by=by, reason=made.reason, data={"copy": count})
    return made


def site_of(row: Any, by: Person) -> Equipment:
    """Where a thing belongs; a material belongs everywhere, so its label to the site of whoever prints it."""
    if isinstance(row, Equipment):
        return places.site_of(row)
    if hasattr(row, "equipment"):
        return places.site_of(row.equipment)
    site: Equipment = row.site if hasattr(row, "site") else places.home(by)
    return site


def noun(row: Any) -> str:
    """The word before the dot in the journal."""
    return "lot" if isinstance(row, MaterialLot) else str(row._meta.model_name)


@command
def verify(*, thing: Thing, code: str, by: Person, at: datetime) -> Checked:
    """Write that the label was scanned where it sticks and is this one's; another one is refused, and kept as news."""
    policies.check(by, action(thing), on=thing.row)
    lock(type(thing.row)._default_manager.filter(pk=thing.row.pk))
    last = labels.prints(thing).first()
    if last is None:
        message = _("No label of %(number)s was printed yet. Print it first.")
        return Checked(refusal=LabelRefused(message % {"number": thing.number}, code="not-printed"))
    if not any(carries(symbology, data, code) for symbology, data in last.data.items()):
        words = {"scanned": code.strip()[:80], "number": thing.number}
        message = _("This label says %(scanned)s, which is not what was printed for %(number)s. Stop: take it off, and "
                    "scan the right one.")
        journal.record(f"{noun(thing.row)}.mislabelled", subject=thing.row, by=by, data=words)
        return Checked(refusal=LabelRefused(message % words, code="wrong-label", facts=words))
    if last.checked_at is None:
        last.checked_by, last.checked_at = by, at
        last.save(update_fields=["checked_by", "checked_at"])
        journal.record(f"{noun(thing.row)}.verified", subject=thing.row, by=by, data={"copy": last.nth})
    return Checked(last)


def carries(symbology: str, data: str, code: str) -> bool:
    """Is this what a scanner reads of the symbol?"""
    text = code.strip()
    if symbology in GS1:
        try:
            found = scans.read(text, Profile(separator=settings.SCANNER_SEPARATOR or GS)).elements
        except Gs1Error:
            return False
        return found == element_string(data)
    return (text[3:] if scans.IDENTIFIER.match(text) else text) == data


def check_labelled(unit: HandlingUnit) -> None:
    """Refuse a carton or pallet that goes on without a label scanned back since it was closed, where that is asked."""
    thing = labels.unit(unit)
    form = labels.template(thing)
    if form is None or not form.needs_check:
        return
    last = labels.prints(thing).first()
    if last is not None and last.checked_at is not None and (unit.closed_at is None or last.at >= unit.closed_at):
        return
    message = _("%(unit)s has no label that was scanned back. Print its label, stick it on, and scan it.")
    raise LabelRefused(message % {"unit": unit.number}, code="not-labelled", facts={"unit": unit.number})


def check_own(lot: MaterialLot, *, by: Person, at: datetime, code: str = "") -> None:
    """Refuse a lot that is packed before its own label was scanned back, where that is asked; this very scan counts."""
    thing = labels.lot(lot)
    form = labels.template(thing)
    if form is None or not form.needs_check:
        return
    last = labels.prints(thing).first()
    if last is not None and last.checked_at is not None:
        return
    if last is not None and code and policies.may(by, action(thing)):
        found = verify(thing=thing, code=code, by=by, at=at)
        if found.refusal is not None:
            raise found.refusal
        return
    message = _("%(lot)s has no label of its own that was scanned back. Print its label, stick it on, and scan it.")
    raise LabelRefused(message % {"lot": lot.number}, code="not-labelled", facts={"lot": lot.number})
