"""What a label is of, how it looks there, and what stands on it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from plant import scoping, subjects, symbols
from plant.errors import Refusal
from plant.gs1.elements import Gs1Error, with_brackets, written
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.queries import places
from traceability import label_layout, labelling
from traceability.label_layout import Drawing, Look, NoRoom, Said
from traceability.models import (
    SINKS,
    HandlingUnit,
    LabelKind,
    LabelPrint,
    LabelTemplate,
    LotKind,
    MaterialLot,
    Symbology,
)
from traceability.models.label import PLACEHOLDER
from traceability.queries import packing, public

UNIT_LOOK = Look(105, 74, Symbology.GS1_128)
USUAL_LOOK = Look(60, 40, Symbology.QR, Symbology.CODE128)
LOT_LINES = (
    "{number}", "{code}", "{name}", _("Supplier's lot {supplier_lot}"), _("Use before {expires}"),
    _("Work order {order}"),
)  # fmt: skip
UNIT_LINES = ("{kind} · {site}", "{code} {name}", "{quantity} {unit}", "{lot}")
PLACE_LINES = ("{code}", "{name}", "{kind}", "{place}")
LINES: dict[str, tuple[Any, ...]] = {
    LabelKind.LOT: LOT_LINES, LabelKind.SERIAL: LOT_LINES, LabelKind.CARTON: UNIT_LINES, LabelKind.PALLET: UNIT_LINES,
    LabelKind.MATERIAL: ("{code}", "{name}", "{unit}"), LabelKind.STATION: PLACE_LINES,
    LabelKind.EQUIPMENT: PLACE_LINES,
}


class NoLabel(Refusal):
    """A label that can't be drawn, or of nothing that there is."""

    code = "no-label"


@dataclass(frozen=True)
class Thing:
    """What a label is of: a lot, a carton or pallet, a material, a place."""

    kind: str
    number: str
    row: Any
    path: str
    material: MaterialDefinition | None = None
    customer: Partner | None = None
    lots: tuple[MaterialLot, ...] = field(default=(), repr=False)
    words: dict[str, str] = field(default_factory=dict)  # what a higher room says of its own things


def lot(row: MaterialLot) -> Thing:
    """A lot or serial."""
    kind = LabelKind.SERIAL if row.kind == LotKind.SERIAL else LabelKind.LOT
    path = lazy(reverse, str)("label", args=[row.number])  # the API asks too, and knows no pages
    return Thing(kind, row.number, row, path, row.material, labelling.customer([row]), (row,))


def unit(row: HandlingUnit) -> Thing:
    """A carton or pallet with what lies in it."""
    lots = tuple(packed.lot for packed in packing.lying([row]))
    materials = {one.material for one in lots}
    one = materials.pop() if len(materials) == 1 else None
    path = lazy(subjects.of_row(row).url, str)(row)  # the API asks too, and knows no pages
    return Thing(row.kind, row.number, row, path, one, labelling.customer(lots), lots)


def material(row: MaterialDefinition) -> Thing:
    """A material: the label of its shelf or bin."""
    return Thing(LabelKind.MATERIAL, row.code, row, f"{reverse('plant:search')}?q={row.code}", row)


def equipment(row: Equipment) -> Thing:
    """A machine, line or store: its plate leads to what happened there."""
    return Thing(LabelKind.EQUIPMENT, row.code, row, reverse("traceability:equipment-history", args=[row.code]))


def station(row: Equipment) -> Thing:
    """A station: its plate opens the tablet's page."""
    return Thing(LabelKind.STATION, row.code, row, reverse("station:work", args=[row.code]))


# the word of an address → the rows, the field of the number, and what makes a thing of a row
SORTS: dict[str, tuple[type[Model], str, Any]] = {
    "lot": (MaterialLot, "number", lot), "unit": (HandlingUnit, "number", unit),
    "material": (MaterialDefinition, "code", material), "equipment": (Equipment, "code", equipment),
    "station": (Equipment, "code", station),
}


def register(sort: str, kind: str, model: type[Model], name: str, made: Any, lines: tuple[Any, ...]) -> None:
    """Let a higher room have labels of its own things: the word of an address, and how one of them looks."""
    SORTS[sort], LINES[kind] = (model, name, made), lines


def sort_of(kind: str) -> str:
    """The word of an address for a kind of label, where there is one."""
    return kind.lower() if kind.lower() in SORTS else ""


def find(sort: str, number: str, person: Person) -> Thing:
    """The thing with this number, where the person reaches it."""
    if sort not in SORTS:
        raise NoLabel(_("There are no labels of this kind."))
    model, name, made = SORTS[sort]
    row = scoping.visible(model._default_manager.all(), person).filter(**{name: number}).first()
    if row is None:
        message = _("There is nothing with the number “%(number)s” to print a label of.")
        raise NoLabel(message % {"number": number[:40]}, code="unknown-number")
    thing: Thing = made(row)
    return thing


def template(thing: Thing) -> LabelTemplate | None:
    """The most specific template: for customer and material, then the customer, then the material, then all."""
    near = Q(material=thing.material) | Q(material=None), Q(customer=thing.customer) | Q(customer=None)
    rows = LabelTemplate.objects.filter(*near, kind=thing.kind, active=True)
    return rows.order_by(F("customer").asc(nulls_last=True), F("material").asc(nulls_last=True)).first()


def prints(thing: Thing) -> "QuerySet[LabelPrint]":
    """Its printed labels, newest first."""
    rows = LabelPrint.objects.filter(kind=thing.kind, number=thing.number)
    return rows.select_related("by", "checked_by", "template").order_by("-nth")


def drawing(thing: Thing, form: LabelTemplate | None, base: str) -> Drawing:
    """The label by its template; `base` is the plant's address, to which the QR code leads."""
    look = UNIT_LOOK if thing.kind in (LabelKind.CARTON, LabelKind.PALLET) else USUAL_LOOK
    if form is not None:
        look = Look(form.width, form.height, form.symbology, form.beside)
    with override((form.language if form else "") or get_language()):
        lines = said(thing, form.lines.splitlines() if form and form.lines.strip() else LINES[thing.kind])
    wanted = [one for one in (look.symbology, look.beside) if one]
    found = elements(thing) if symbols.GS1 & set(wanted) else {}
    stem = base.rstrip("/")
    plain: dict[str, str] = {Symbology.QR: f"{stem}{thing.path}"}
    if Symbology.PUBLIC in wanted:
        plain[Symbology.PUBLIC] = public.link(thing.row, settings.PUBLIC_URL or stem)
    data = {one: written(found) if one in symbols.GS1 else plain.get(one, thing.number) for one in wanted}
    captions = {one: with_brackets(found) if one in symbols.GS1 else thing.number for one in wanted}
    try:
        return label_layout.lay_out(look, Said(thing.number, lines, data, captions))
    except NoRoom as error:
        message = _("Not everything fits on %(width)s × %(height)s mm. Take a larger label or fewer lines, or a matrix "
                    "code in place of bars.")
        raise NoLabel(message % {"width": look.width, "height": look.height}, code="no-room") from error
    except symbols.NotCarried as error:
        message = _("%(symbol)s can't carry “%(data)s”. Choose another symbol in the label template.")
        words = {"symbol": Symbology(look.symbology).label, "data": data[look.symbology][:40]}
        raise NoLabel(message % words, code="not-carried") from error


def said(thing: Thing, lines: Any) -> list[str]:
    """The lines with what they stand for; one whose words all stand for nothing is left away."""
    known = values(thing)
    told = []
    for line in map(str, lines):
        names = PLACEHOLDER.findall(line)
        if not names or any(known.get(name) for name in names):
            told.append(PLACEHOLDER.sub(lambda match: known.get(match[1], ""), line).strip())
    return [line for line in told if line]


def values(thing: Thing) -> dict[str, str]:
    """What the words in braces stand for."""
    row, one = thing.row, thing.lots[0] if len(thing.lots) == 1 else None
    found = {"number": thing.number, "kind": str(LabelKind(thing.kind).label), "customer": str(thing.customer or "")}
    found |= thing.words
    if thing.material is not None:
        name, symbol = thing.material.name, thing.material.unit.symbol
        found |= {"code": thing.material.code, "name": name, "material": str(thing.material), "unit": symbol}
    if isinstance(row, Equipment):
        above = row.parent.name if row.parent else ""
        kind = str(_("Storage place") if row.stores_material else row.get_level_display())
        return {**found, "code": row.code, "name": row.name, "kind": kind, "place": above,
                "site": places.site_of(row).name}
    if isinstance(row, (MaterialLot, HandlingUnit)):
        found |= {"site": row.site.name, "quantity": amount(thing), "lot": named(thing.lots)}
    if isinstance(row, HandlingUnit):
        found |= {"place": row.place, "made": day(row.opened_at)}
    if one is not None:
        found |= {"supplier_lot": one.supplier_lot, "order": one.job_order, "expires": day(one.expires_at),
                  "made": day(one.created_at)}
    return found


def named(lots: tuple[MaterialLot, ...]) -> str:
    """The lot, or the first one and how many more."""
    numbers = sorted({one.number for one in lots})
    if len(numbers) < 2:
        return "".join(numbers)
    return str(_("%(first)s and %(more)s more") % {"first": numbers[0], "more": len(numbers) - 1})


def amount(thing: Thing) -> str:
    """How much there is of it; of what lies in a carton, where it is all of one material."""
    if isinstance(thing.row, HandlingUnit):
        rows = [packed.quantity for packed in packing.lying([thing.row])]
    else:
        rows = [one.quantity for one in thing.row.balances.exclude(bucket__in=SINKS)]
    total = sum(rows, Decimal(0))
    return f"{total.normalize():f}" if thing.material and total else ""


def day(at: datetime | None) -> str:
    return localdate(at).isoformat() if at else ""


def elements(thing: Thing) -> dict[str, str]:
    """The GS1 data of a thing. Raises NoLabel where it has no GTIN, or a number that GS1 data can't carry."""
    found: dict[str, str] = {}
    if isinstance(thing.row, HandlingUnit):
        found = {"00": thing.number}
    elif thing.material is None or not thing.material.gtin:
        message = _("%(material)s has no GTIN, so no GS1 label can be printed. Enter it in the console, or choose "
                    "another symbol in the label template.")
        raise NoLabel(message % {"material": thing.material or thing.number}, code="no-gtin")
    else:
        found = {"01": thing.material.gtin.zfill(14)}
    if isinstance(thing.row, MaterialLot):
        if thing.row.expires_at is not None:
            found["17"] = f"{localdate(thing.row.expires_at):%y%m%d}"
        found["21" if thing.kind == LabelKind.SERIAL else "10"] = thing.number
    try:
        written(found)
    except Gs1Error as error:
        message = _("GS1 data can't carry %(number)s: %(why)s. Choose another symbol in the label template.")
        raise NoLabel(message % {"number": thing.number, "why": error}, code="not-carried") from error
    return found
