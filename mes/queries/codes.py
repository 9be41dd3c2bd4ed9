"""What a scanned code stands for in this plant."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes import barcodes
from mes.models import JobOrder, JobOrderStatus, JobSegment
from plant.errors import Refusal
from plant.models import Equipment, Person
from traceability.models import MaterialLot


class Unknown(Refusal):
    """A code that nothing in the plant carries."""

    code = "unknown-code"


@dataclass(frozen=True)
class Hint:
    """A code that is read well but is for another place of the screen."""

    kind: str
    message: Any
    next: Any


def look_up(text: str) -> MaterialLot | JobOrder | Hint:
    """The lot, serial or work order that carries a code; a badge or a command gets a hint."""
    code = barcodes.parse(text)
    if code.kind == barcodes.Kind.COMMAND:
        return Hint("command", _("This is a command code."), _("Use the buttons below; each asks for its reason."))
    found = lot_for(code) or job_for(code)
    if found is not None:
        return found
    if Person.objects.filter(badge=code.number or None).exists():
        told = _("To change who works here, sign off and sign on with badge and PIN.")
        return Hint("badge", _("This is a badge."), told)
    shown = (code.candidates or [code.text])[0][:80]
    message = _("“%(code)s” is not known here. Check the label; a new delivery has to be received first.")
    raise Unknown(message % {"code": shown}, facts={"code": shown})


def lot_for(code: barcodes.Code) -> MaterialLot | None:
    """The lot that a label names; a supplier's lot number counts together with the trade item on the same label."""
    rows = MaterialLot.objects.select_related("material__unit")
    by_number = {lot.number: lot for lot in rows.filter(number__in=code.candidates)} if code.candidates else {}
    found = next((by_number[number] for number in code.candidates if number in by_number), None)
    if found is None and code.gtin and "10" in code.elements:
        same = list(rows.filter(material__gtin=code.gtin, supplier_lot=code.elements["10"])[:2])
        found = same[0] if len(same) == 1 else None
    if found is not None and code.gtin and found.material.gtin and found.material.gtin != code.gtin:
        message = _("The label says trade item %(gtin)s, but lot %(lot)s is %(material)s. Put it aside.")
        words = {"gtin": code.gtin, "lot": found.number, "material": found.material.code}
        raise Refusal(message % words, code="label-contradicts", facts={"lot": found.number})
    return found


def job_for(code: barcodes.Code) -> JobOrder | None:
    """The work order that a label names."""
    rows = JobOrder.objects.select_related("line", "work_request__material__unit")
    return rows.filter(number__in=code.candidates).first() if code.candidates else None


def job_at(station: Equipment) -> str:
    """The work order that runs at a station, if nobody signed on and only one does."""
    open_now = [JobOrderStatus.RUNNING, JobOrderStatus.DISPATCHED]
    rows = JobSegment.objects.filter(station=station, job_order__status__in=open_now)
    numbers = sorted(set(rows.values_list("job_order__number", flat=True)[:20]))
    return numbers[0] if len(numbers) == 1 else ""
