"""What a code stands for in the stores: a lot, a place, or the facts on a supplier's label."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.errors import Refusal
from plant.gs1 import dates, scans
from plant.gs1.elements import GS, Gs1Error
from plant.gs1.scans import Profile
from plant.models import Equipment, MaterialDefinition, Person
from plant.queries.search import clean
from traceability import codes
from traceability.models import MaterialLot

OURS = re.compile(r"/(?:l|equipment)/([^/?#]+)/?\Z")  # what the QR codes on labels and plates of the plant lead to
COUNTS = ("30", "37")  # variable count, count of trade items in a logistic unit
TELLING = ("21", "10", "00", "8004", "8003", "01", "02")  # serial, lot, carton, asset, returnable asset, trade item
NET_WEIGHT = re.compile(r"310([0-5])\Z")  # kilograms with so many decimals
KILOGRAM = "KGM"


class UnknownPlace(Refusal):
    """A code that no place carries where something could be put."""

    code = "unknown-place"


def number(text: str) -> str:
    """The number on one of the plant's own labels, whether its bars or its QR code were scanned."""
    code = clean(text)
    found = OURS.search(urlsplit(code).path) if scans.ADDRESS.match(code) and code.isprintable() else None
    return unquote(found.group(1)) if found else code


def names(text: str) -> list[str]:
    """The codes that a label may stand for, the most telling first: a customer's QR code, ours, or its GS1 data."""
    code = clean(text)
    found: list[str] = []
    if scans.ADDRESS.match(code) and code.isprintable():
        parts = urlsplit(code)
        signed = [unquote(parts.path.rstrip("/").rpartition("/")[2]), *parse_qs(parts.query).get("k", [])]
        keys = [key for key in map(codes.read, signed) if key is not None]
        found += MaterialLot.objects.filter(pk__in=keys).values_list("number", flat=True)
        found.append(number(code))
    label = elements(code)
    found += [label[one] for one in TELLING if one in label]
    return [one for one in dict.fromkeys(found) if one != code]


def elements(text: str) -> dict[str, str]:
    """The GS1 data of a label; nothing where it holds none."""
    try:
        return scans.read(clean(text), Profile(separator=settings.SCANNER_SEPARATOR or GS)).elements
    except Gs1Error:
        return {}


def lot(text: str, person: Person) -> MaterialLot | None:
    """The lot that a label names, by our number or by the only lot with the supplier's; None where there is none."""
    rows = scoping.visible(MaterialLot.objects.select_related("material__unit", "site"), person)
    found = rows.filter(number=number(text)).first()
    if found is not None:
        return found
    label = elements(text)
    numbers = [label[code] for code in ("21", "10", "00") if code in label]
    if ours := rows.filter(number__in=numbers).first() if numbers else None:
        return ours
    wanted = material_of(label)
    known = rows.filter(supplier_lot__in=numbers, material=wanted) if numbers and wanted else rows.none()
    return known[0] if len(known[:2]) == 1 else None


def place(text: str, person: Person) -> Equipment:
    """The store, bin or station whose plate was scanned, or a refusal that says what to do."""
    code = number(text)
    rows = scoping.visible(Equipment.objects.select_related("storage__material").filter(active=True), person)
    found = rows.filter(code=code).first()
    if found is None:
        message = _("No place has the code “%(code)s”. Scan the plate of a storage place or of a station.")
        raise UnknownPlace(message % {"code": code[:40]}, facts={"field": "to"})
    return found


def material_of(label: dict[str, str]) -> MaterialDefinition | None:
    """The material whose GTIN stands on a label; shorter GTINs are filled up with zeros there."""
    gtin = label.get("01") or label.get("02") or ""
    spelt = [gtin[14 - length :] for length in (14, 13, 12, 8) if gtin and not gtin[: 14 - length].strip("0")]
    return MaterialDefinition.objects.filter(gtin__in=spelt, active=True).first() if spelt else None


def delivery(text: str, at: datetime) -> dict[str, Any]:
    """What a supplier's label fills in at the dock: material, supplier's lot, expiry and quantity, as far as it says.

    A label without an expiry but with a production date (AI 11) expires by the material's shelf life.
    """
    label, today = elements(text), timezone.localdate(at)
    material = material_of(label)
    told: dict[str, Any] = {"material": material.code if material else None, "supplier_lot": label.get("10")}
    last = dates.expiry(label, today) if label else None
    if last is None and "11" in label and material is not None and material.shelf_life_days:
        last = dates.day_of(label["11"], today) + timedelta(days=material.shelf_life_days)
    told["expires_at"] = f"{last:%Y-%m-%d}T23:59" if isinstance(last, date) else None
    told["quantity"] = amount(label, material)
    return {name: value for name, value in told.items() if value}


def amount(label: dict[str, str], material: MaterialDefinition | None) -> Decimal | None:
    """How much a label says there is: a count, or a net weight where the material is kept in kilograms."""
    for code in COUNTS:
        if code in label:
            return Decimal(label[code])
    for code, digits in label.items():
        weight = NET_WEIGHT.match(code)
        if weight and material is not None and material.unit_id == KILOGRAM:
            return Decimal(digits).scaleb(-int(weight.group(1)))
    return None
