"""Finding lots, and what of them is where."""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from traceability.models import SINKS, LotBalance, MaterialLot


class UnknownLot(Refusal):
    """A number that no lot carries."""

    code = "unknown-lot"


def by_number(number: str) -> MaterialLot:
    """The lot or serial with this number, with its material and unit."""
    lot = MaterialLot.objects.select_related("material__unit", "supplier", "site").filter(number=number).first()
    if lot is None:
        message = _("There is no lot or serial “%(number)s”. Check the label, or receive the lot first.")
        raise UnknownLot(message % {"number": number[:80]})
    return lot


def balances(lot: MaterialLot) -> list[LotBalance]:
    """What of a lot is where, without the empty places."""
    return list(LotBalance.objects.filter(lot=lot, quantity__gt=0).order_by("bucket", "place"))


def present(lot: MaterialLot) -> Decimal:
    """How much of a lot is still in the plant: not consumed, scrapped, returned or shipped."""
    rows = LotBalance.objects.filter(lot=lot, quantity__gt=0).exclude(bucket__in=SINKS)
    return rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
