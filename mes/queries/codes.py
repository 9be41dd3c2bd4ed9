"""What a scanned code stands for in this plant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mes import barcodes
from mes.models import Carrier, FeedPosition, JobOrder, JobOrderStatus, JobSegment
from mes.queries import carriers, gs1_labels, setups
from plant.errors import Refusal
from plant.gs1.elements import GS
from plant.gs1.scans import Profile
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
    equipment: str = ""


def read(text: str) -> barcodes.Code:
    """What a text says, from a scanner that is set as this plant's are."""
    return barcodes.parse(text, profile())


def profile() -> Profile:
    """How this plant's scanners are set; the browser takes their prefix and suffix off."""
    return Profile(separator=settings.SCANNER_SEPARATOR or GS)


def look_up(text: str, at: datetime) -> MaterialLot | JobOrder | FeedPosition | Carrier | Hint:
    """What a code stands for: lot, serial, work order, position, carrier; a badge or a machine's plate gets a hint."""
    code = read(text)
    found = resolve(code, at)
    if found is not None:
        return found
    place = (setups.position(code.number) or carriers.by_code(code.number)) if code.number else None
    if place is not None:
        return place
    if code.number and Person.objects.filter(badge=code.number).exists():
        told = _("To change who works here, sign off and sign on with badge and PIN.")
        return Hint("badge", _("This is a badge."), told)
    machine = Equipment.objects.filter(code=code.number).first() if code.number else None
    if machine is not None:
        told = _("Its page has its history, and what is due there.")
        return Hint("equipment", _("This is %(machine)s.") % {"machine": machine}, told, machine.code)
    again = barcodes.as_gs1(code, profile())
    if again is not None and (found := resolve(again, at)) is not None:
        return found
    raise unknown(again if again is not None and gs1_labels.is_telling(again) else code)


def resolve(code: barcodes.Code, at: datetime) -> MaterialLot | JobOrder | None:
    """The lot, else the work order, that carries a number or that a label names."""
    if code.kind == barcodes.Kind.GS1:
        return gs1_labels.lot_for(code, at) or job_for(code)
    lot = MaterialLot.objects.select_related("material__unit").filter(number=code.number).first()
    return lot or job_for(code)


def unknown(code: barcodes.Code) -> Refusal:
    """Say that nothing here carries a code, and what to do."""
    if code.kind == barcodes.Kind.GS1:
        return gs1_labels.unknown(code)
    shown = code.number[:80]
    message = _("“%(code)s” is not known here. Check the label; a new delivery has to be received first.")
    return Unknown(message % {"code": shown}, facts={"code": shown})


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
