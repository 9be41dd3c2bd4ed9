"""Shipments: how far each line is, where a lot went, and which lots in doubt have left."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.errors import Refusal
from plant.models import MaterialDefinition, Person
from traceability.models import (
    MaterialLot,
    Shipment,
    ShipmentLine,
    ShipmentPick,
    ShipmentReturn,
    ShipmentStatus,
)
from traceability.queries import genealogy_sql

ZERO = Decimal(0)
LEFT = """
{walk}
SELECT DISTINCT p.id FROM down d JOIN traceability_shipmentpick p ON p.lot_id = d.id AND p.move_id IS NOT NULL
"""


class UnknownShipment(Refusal):
    """A number that no shipment carries."""

    code = "unknown-shipment"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what is picked for it."""

    line: ShipmentLine
    picked: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be picked."""
        return self.line.quantity - self.picked

    @property
    def is_full(self) -> bool:
        return self.left == 0


def every() -> "QuerySet[Shipment]":
    """Shipments with their customers."""
    return Shipment.objects.select_related("customer", "site", "shipped_by")


def by_number(number: str) -> Shipment:
    """The shipment with this number."""
    found = every().filter(number=number).first()
    if found is None:
        message = _("There is no shipment “%(number)s”. Check the number.")
        raise UnknownShipment(message % {"number": number[:40]})
    return found


def lines(shipment: Shipment) -> list[LineRow]:
    """The lines of a shipment in their order, each with what is picked."""
    return _picked(ShipmentLine.objects.filter(shipment=shipment).order_by("position"))


def newest_lines(reader: Person, most: int) -> list[LineRow]:
    """The lines of the newest shipments that a reader sees, each with what is picked."""
    rows = scoping.visible(ShipmentLine.objects.exclude(shipment__status=ShipmentStatus.CANCELLED), reader)
    return _picked(rows.order_by("-shipment", "position")[:most])


def _picked(rows: "QuerySet[ShipmentLine]") -> list[LineRow]:
    totals = rows.annotate(total=Sum("picks__quantity", filter=Q(picks__removed_at__isnull=True)))
    return [LineRow(line, line.total or ZERO) for line in totals.select_related("material__unit", "shipment")]


def picks(shipment: Shipment) -> "QuerySet[ShipmentPick]":
    """What stands picked for a shipment or has left with it."""
    rows = ShipmentPick.objects.filter(line__shipment=shipment, removed_at__isnull=True)
    related = ("line__material__unit", "lot__material__unit", "unit__pallet", "by")
    return rows.select_related(*related).order_by("line__position", "pk")


def returns(shipment: Shipment) -> "QuerySet[ShipmentReturn]":
    """What came back of a shipment, newest first."""
    rows = ShipmentReturn.objects.filter(pick__line__shipment=shipment)
    return rows.select_related("pick__lot__material__unit", "by").order_by("-at", "-pk")


def asking_for(material: MaterialDefinition, *, but: Shipment) -> list[Shipment]:
    """Other open shipments with a line of this material, the most urgent first: where a wrong pick may belong."""
    rows = every().filter(status=ShipmentStatus.OPEN, site=but.site_id, lines__material=material)
    return list(rows.exclude(pk=but.pk).distinct().order_by("due_at")[:3])


def of_lots(lots: Iterable[MaterialLot]) -> "QuerySet[ShipmentPick]":
    """The picks of these lots that stand or left, newest first."""
    rows = ShipmentPick.objects.filter(lot__in=list(lots), removed_at__isnull=True)
    related = ("line__shipment__customer", "lot__material__unit", "unit", "move")
    return rows.select_related(*related).order_by("-pk")


def left_with(lot_ids: Iterable[int], reader: Person) -> list[ShipmentPick]:
    """What left the plant of these lots and of all that was made from them, as far as the reader sees: every recall."""
    walk = genealogy_sql.walks("downstream", limited=False)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(genealogy_sql.SETTINGS)
        cursor.execute(LEFT.format(walk=walk), {"roots": list(lot_ids), "as_of": genealogy_sql.FOREVER})
        keys = [key for (key,) in cursor.fetchall()]
    rows = scoping.visible(ShipmentPick.objects.filter(pk__in=keys), reader)
    related = ("line__shipment__customer", "lot__material__unit", "unit", "move")
    return list(rows.select_related(*related).order_by("move__at", "pk"))
