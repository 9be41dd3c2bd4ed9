"""The starts that material itself knows: lots, cartons, deliveries, orders, customers, machines and people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from plant.errors import Refusal
from plant.models import Equipment, Partner, Person
from plant.queries import places
from traceability import starting
from traceability.models import (
    ActualKind,
    HandlingUnit,
    MaterialActual,
    MaterialLot,
    PackedLot,
    ShipmentPick,
    Visit,
)
from traceability.queries import scanned
from traceability.starting import MORE, WINDOW, Asked, Found


class Unknown(Refusal):
    """A code that nothing of the chosen kind carries."""

    code = "unknown-start"


def known(found: Any, code: str) -> Any:
    """What was found, or a refusal that names the code."""
    if not found:
        message = now("Nothing of this kind has the code “%(code)s”. Check it, or choose another kind.")
        raise Unknown(message % {"code": code[:60]}, facts={"field": "code"})
    return found


def within(rows: "QuerySet[Any]", asked: Asked, field: str) -> "QuerySet[Any]":
    """The rows of the time that was asked for."""
    if asked.from_at:
        rows = rows.filter(**{f"{field}__gte": asked.from_at})
    return rows.filter(**{f"{field}__lte": asked.to_at}) if asked.to_at else rows


def window(asked: Asked) -> DateTimeTZRange:
    """The time that was asked for; without an end where none was said."""
    return DateTimeTZRange(asked.from_at, asked.to_at, "[]")


def stood(visits: "QuerySet[Visit]", asked: Asked) -> set[int]:
    """The lots of some stays, as far as they touch the time that was asked for."""
    return set(visits.filter(during__overlap=window(asked)).values_list("lot", flat=True))


def worked(actuals: "QuerySet[MaterialActual]", asked: Asked) -> set[int]:
    """What something was consumed into or put out as, in the time that was asked for."""
    rows = within(actuals, asked, "at")
    made = set(rows.filter(kind=ActualKind.PRODUCED).values_list("lot", flat=True))
    into = rows.filter(kind=ActualKind.CONSUMED, link__reversed_by__isnull=True)
    return made | set(into.values_list("link__child", flat=True))


@starting.register("lot", _("Lots or serials"), _("Lot or serial number; several with spaces"), order=1)
def lots(asked: Asked) -> Found:
    """The lots themselves."""
    found: set[int] = set()
    for word in asked.code.replace(",", " ").split():
        label = scanned.elements(word)
        numbers = [scanned.number(word), *(label[part] for part in ("21", "10") if part in label)]
        found |= set(known(MaterialLot.objects.filter(number__in=numbers).values_list("pk", flat=True), word))
    return Found.sure(found)


@starting.register("supplier-lot", _("Supplier's lot"), _("Number on the supplier's label"), fields=(MORE,),
                   more=_("Supplier's code"), order=2)
def supplier_lot(asked: Asked) -> Found:
    """Everything that came under the supplier's own number."""
    rows = MaterialLot.objects.filter(supplier_lot=asked.code)
    rows = rows.filter(supplier__code=asked.more) if asked.more else rows
    return Found.sure(known(rows.values_list("pk", flat=True), asked.code))


@starting.register("unit", _("Carton or pallet"), _("SSCC on the label"), order=3)
def unit(asked: Asked) -> Found:
    """What lies in it; what was taken out again may still be meant."""
    number = scanned.elements(asked.code).get("00") or scanned.number(asked.code)
    known(HandlingUnit.objects.filter(number=number).exists(), asked.code)
    rows = PackedLot.objects.filter(Q(unit__number=number) | Q(unit__pallet__number=number))
    inside = set(rows.filter(ended_at__isnull=True).values_list("lot", flat=True))
    return Found(frozenset(inside), frozenset(rows.values_list("lot", flat=True)) - inside)


@starting.register("job", _("Work order"), _("Work order number"), order=5)
def job(asked: Asked) -> Found:
    """What a work order made."""
    return Found.sure(known(MaterialLot.objects.filter(job_order=asked.code).values_list("pk", flat=True), asked.code))


@starting.register("shipment", _("Shipment"), _("Shipment number"), order=7)
def shipment(asked: Asked) -> Found:
    """What left with a shipment, or stands picked for it."""
    rows = ShipmentPick.objects.filter(line__shipment__number=asked.code, removed_at__isnull=True)
    return Found.sure(known(rows.values_list("lot", flat=True), asked.code))


@starting.register("customer", _("Customer"), _("Customer's code"), fields=(WINDOW,), order=8)
def customer(asked: Asked) -> Found:
    """What was shipped to a customer."""
    known(Partner.objects.filter(code=asked.code).exists(), asked.code)
    rows = ShipmentPick.objects.filter(line__shipment__customer__code=asked.code, move__isnull=False)
    return Found.sure(within(rows, asked, "move__at").values_list("lot", flat=True))


@starting.register("supplier", _("Supplier"), _("Supplier's code"), fields=(WINDOW,), order=9)
def supplier(asked: Asked) -> Found:
    """What was received from a supplier."""
    known(Partner.objects.filter(code=asked.code).exists(), asked.code)
    rows = MaterialLot.objects.filter(supplier__code=asked.code)
    return Found.sure(within(rows, asked, "created_at").values_list("pk", flat=True))


@starting.register("material", _("Material"), _("Material code"), fields=(WINDOW,), order=10)
def material(asked: Asked) -> Found:
    """What was received or made of a material."""
    rows = MaterialLot.objects.filter(material__code=asked.code)
    known(rows.exists(), asked.code)
    return Found.sure(within(rows, asked, "created_at").values_list("pk", flat=True))


@starting.register("equipment", _("Machine or line"), _("Code on its plate"), fields=(WINDOW,), order=11)
def equipment(asked: Asked) -> Found:
    """What stood at a machine or any part of it, or was worked on there."""
    here = known(Equipment.objects.filter(code=scanned.number(asked.code)).first(), asked.code)
    parts = [one.pk for one in places.within(here)]
    return Found.sure(at_places(parts, asked))


def at_places(equipment_ids: Iterable[int], asked: Asked) -> set[int]:
    """The lots that stood or were worked on at some machines."""
    keys = list(equipment_ids)
    return stood(Visit.objects.filter(equipment__in=keys), asked) | worked(
        MaterialActual.objects.filter(equipment__in=keys), asked
    )


@starting.register("person", _("Person"), _("Personnel number"), fields=(WINDOW,), order=12)
def person(asked: Asked) -> Found:
    """What somebody worked on."""
    who = known(Person.objects.filter(number=asked.code).first(), asked.code)
    return Found.sure(
        stood(Visit.objects.filter(person=who), asked) | worked(MaterialActual.objects.filter(person=who), asked)
    )
