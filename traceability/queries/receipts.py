"""Deliveries: the list of them, and the lots of one with where each stands."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from traceability.models import GoodsReceipt, LotBalance, MaterialLot
from traceability.queries import stock


class UnknownReceipt(Refusal):
    """A number that no delivery carries."""

    code = "unknown-receipt"


@dataclass(frozen=True, slots=True)
class ReceivedLot:
    """A lot of a delivery: how much came, its state now, and where it lies."""

    lot: MaterialLot
    quantity: Decimal
    state: str
    spots: list[LotBalance]


def every() -> QuerySet[GoodsReceipt]:
    """Every delivery with how many lots it had and how many of them are held."""
    rows = GoodsReceipt.objects.select_related("supplier", "by")
    return rows.annotate(
        lot_count=Count("lines"), held_count=Count("lines", filter=Q(lines__lot__open_holds__gt=0)),
    )


def by_number(number: str) -> GoodsReceipt:
    """One delivery, or a refusal."""
    found = GoodsReceipt.objects.select_related("supplier", "site", "by").filter(number=number).first()
    if found is None:
        raise UnknownReceipt(_("There is no delivery “%(number)s”.") % {"number": number[:40]})
    return found


def lots_of(receipt: GoodsReceipt, at: datetime) -> list[ReceivedLot]:
    """The lots of a delivery, in the order in which they were received."""
    lines = receipt.lines.select_related("lot__material__unit").order_by("pk")
    return [
        ReceivedLot(line.lot, line.quantity, stock.state(line.lot, at), stock.spots_of(line.lot)) for line in lines
    ]
