"""Which of our materials and lots a GS1 label of a supplier, or of ours, names."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.barcodes import Code
from plant.errors import Refusal
from plant.gs1 import dates
from plant.models import MaterialDefinition
from traceability.models import SINKS, LotBalance, MaterialLot

MOST_NAMED = 3  # lots told by number where several fit


class Unresolved(Refusal):
    """A GS1 label that is read well but names nothing that is here, or contradicts what is here."""

    code = "label-unresolved"


def lot_for(code: Code, at: datetime) -> MaterialLot | None:
    """The lot or serial that a label names, if it is here; refuses a label that contradicts it or has expired.

    The label's serial, lot or logistic unit is a number of ours, or the supplier's for the trade item on the label.
    """
    material = material_for(code)
    lot = _by_number(code, material) or _by_supplier(code, material)
    if lot is None:
        return None
    is_said = code.gtin and (material is not None or lot.material.gtin)
    if is_said and lot.material.gtin not in spellings(code.gtin):
        message = _("The label says trade item %(gtin)s, but lot %(lot)s is %(material)s. Put it aside.")
        words = {"gtin": code.gtin, "lot": lot.number, "material": lot.material.code}
        raise Unresolved(message % words, code="label-contradicts", facts={"lot": lot.number})
    check_expiry(code, lot, at)
    return lot


def material_for(code: Code) -> MaterialDefinition | None:
    """The material whose GTIN stands on a label."""
    return MaterialDefinition.objects.filter(gtin__in=spellings(code.gtin)).first() if code.gtin else None


def spellings(gtin: str) -> list[str]:
    """A GTIN of 14 digits with and without the zeros that shorter ones (13, 12, 8) are filled up with."""
    return [gtin[14 - length :] for length in (14, 13, 12, 8) if not gtin[: 14 - length].strip("0")]


def check_expiry(code: Code, lot: MaterialLot, at: datetime) -> None:
    """Refuse an expired label, unless the plant keeps a date of its own for the lot, or holds it and says why."""
    last = dates.expiry(code.elements, timezone.localdate(at))
    if last is None or lot.expires_at or lot.open_holds or last >= timezone.localdate(at):
        return
    message = _("The label of lot %(lot)s says that it expired on %(date)s. Put it aside and tell quality.")
    words = {"lot": lot.number, "date": last.isoformat()}
    raise Unresolved(message % words, code="label-expired", facts=words)


def is_telling(code: Code) -> bool:
    """Does a code that may be GS1 data name a lot or a material of ours? Eight digits alone may be anything."""
    return bool(code.candidates) or material_for(code) is not None


def unknown(code: Code) -> Unresolved:
    """Say what of a label is not here, and what to do about it."""
    words = {"gtin": code.gtin, "number": (code.candidates or [""])[0]}
    if "00" in code.elements and not code.gtin:
        message = _("Logistic unit %(number)s is not known here. Receive the delivery first.")
        return Unresolved(message % words, code="unknown-sscc", facts={"sscc": words["number"]})
    material = material_for(code)
    if code.gtin and material is None:
        message = _("No material has GTIN %(gtin)s. Check the label; a new item needs its GTIN in the master data.")
        return Unresolved(message % words, code="unknown-gtin", facts={"gtin": code.gtin})
    if material is not None:
        words["material"] = material.code
    if not code.candidates:
        message = _("This label says which material it is (%(material)s), but not which lot. Scan the lot's label.")
        if material is None:
            message = _("This label names no lot and no trade item. Scan the lot's label.")
        return Unresolved(message % words, code="label-without-lot", facts={"gtin": code.gtin})
    message = _("Lot %(number)s of %(material)s is not known here. Check the label; receive a new delivery first.")
    if material is None:
        message = _("Lot %(number)s is not known here. Check the label; receive a new delivery first.")
    return Unresolved(message % words, code="unknown-lot", facts={"number": words["number"], "gtin": code.gtin})


def _by_number(code: Code, material: MaterialDefinition | None) -> MaterialLot | None:
    """Our own number, of the trade item's material first; a supplier may happen to number like us."""
    rows = MaterialLot.objects.select_related("material__unit").filter(number__in=code.candidates)
    found = sorted(rows, key=lambda lot: (lot.material_id != getattr(material, "pk", None), _place(code, lot.number)))
    if not found or material is None or found[0].material_id == material.pk:
        return found[0] if found else None
    return _by_supplier(code, material) or found[0]


def _by_supplier(code: Code, material: MaterialDefinition | None) -> MaterialLot | None:
    """The supplier's number, which counts with its trade item only; a logistic unit's number counts alone."""
    rows = MaterialLot.objects.select_related("material__unit").order_by("pk")
    numbers = code.candidates if material is not None else [*filter(None, [code.elements.get("00")])]
    for number in numbers:
        same = rows.filter(supplier_lot=number, **({"material": material} if material is not None else {}))
        if found := list(same[:2]):
            return found[0] if len(found) == 1 else _the_one_left(number, same)
    return None


def _the_one_left(number: str, rows: QuerySet[MaterialLot]) -> MaterialLot:
    """The only one of several deliveries of which something is still here; between two nothing is guessed."""
    left = LotBalance.objects.filter(quantity__gt=0).exclude(bucket__in=SINKS)
    found = list(rows.filter(balances__in=left).distinct()[: MOST_NAMED + 1])
    if len(found) == 1:
        return found[0]
    named = [lot.number for lot in found or rows[:MOST_NAMED]][:MOST_NAMED]
    message = _("%(number)s stands for several lots here: %(lots)s. Scan the label that was printed at receipt.")
    words = {"number": number, "lots": ", ".join(named)}
    raise Unresolved(message % words, code="ambiguous-lot", facts={"lots": named})


def _place(code: Code, number: str) -> int:
    """How telling a number is on this label: the serial before the lot before the logistic unit."""
    return code.candidates.index(number)
