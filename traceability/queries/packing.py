"""Cartons and pallets: what lies in them, by which rule, and in which one a lot lies."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import MaterialDefinition
from traceability.models import HandlingUnit, MaterialLot, PackedLot, PackingRule, UnitKind

ORIGIN = """
WITH RECURSIVE up(lot, id) AS (
  SELECT l.id, l.id FROM traceability_materiallot l WHERE l.id = ANY(%s)
  UNION
  SELECT up.lot, k.parent_id FROM up
  JOIN traceability_link k ON k.child_id = up.id AND k.reverses_id IS NULL
  JOIN traceability_materiallot c ON c.id = k.child_id
  JOIN traceability_materiallot p ON p.id = k.parent_id AND p.material_id = c.material_id
)
SELECT lot, min(id) FROM up GROUP BY lot
"""


class UnknownUnit(Refusal):
    """A number that no carton or pallet carries."""

    code = "unknown-unit"


def units() -> "QuerySet[HandlingUnit]":
    """Cartons and pallets with how much lies in them now."""
    now = Q(contents__ended_at__isnull=True)
    return HandlingUnit.objects.select_related("site", "pallet", "opened_by").annotate(
        lots=Count("contents", filter=now, distinct=True), packed=Sum("contents__quantity", filter=now)
    )


def by_number(number: str) -> HandlingUnit:
    """The carton or pallet with this SSCC."""
    unit = HandlingUnit.objects.select_related("site", "pallet", "opened_by").filter(number=number).first()
    if unit is None:
        message = _("There is no carton or pallet “%(number)s”. Check the label.")
        raise UnknownUnit(message % {"number": number[:40]})
    return unit


def lying(units: Iterable[HandlingUnit]) -> "QuerySet[PackedLot]":
    """What lies in these units now, in the cartons on a pallet too; in the order in which it was packed."""
    keys = [unit.pk for unit in units]
    within = Q(unit__in=keys) | Q(unit__pallet__in=keys)
    rows = PackedLot.objects.filter(within, ended_at__isnull=True)
    return rows.select_related("lot__material__unit", "unit", "by").order_by("at", "pk")


def history(unit: HandlingUnit) -> "QuerySet[PackedLot]":
    """What was taken out of a carton again, newest first."""
    rows = PackedLot.objects.filter(unit=unit, ended_at__isnull=False)
    return rows.select_related("lot__material__unit", "ended_by").order_by("-ended_at")


def around(lot: MaterialLot) -> PackedLot | None:
    """The carton in which a lot lies."""
    rows = PackedLot.objects.select_related("unit__pallet")
    return rows.filter(lot=lot, ended_at__isnull=True).first()


def rule(material: MaterialDefinition, kind: str) -> PackingRule | None:
    """How a material is packed, if somebody has said it."""
    return PackingRule.objects.filter(material=material, kind=kind, active=True).first()


def filled(unit: HandlingUnit) -> Decimal:
    """How much lies in a carton, or how many cartons on a pallet."""
    if unit.kind == UnitKind.PALLET:
        return Decimal(unit.cartons.count())
    return lying([unit]).aggregate(total=Sum("quantity"))["total"] or Decimal(0)


def origins(lots: Iterable[MaterialLot]) -> dict[int, int]:
    """For each lot, the lot of the same material that it was split off from, or itself."""
    with connection.cursor() as cursor:
        cursor.execute(ORIGIN, [[lot.pk for lot in lots]])
        return dict(cursor.fetchall())
