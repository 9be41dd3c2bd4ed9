"""The list of lots: every lot with what is at hand of it, and where it is."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from traceability.models import SINKS, LotBalance, MaterialLot
from traceability.queries.genealogy import whereabouts


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot, how much of it is at hand, and where; of a lot that has left, where it went."""

    lot: MaterialLot
    at_hand: Decimal
    where: list[LotBalance]

    @property
    def state(self) -> str:
        """What a person sees of it."""
        return whereabouts(self.lot.status, {spot.bucket for spot in self.where})


def every() -> QuerySet[MaterialLot]:
    """Every lot, with its material, its supplier and its filled balances."""
    filled = LotBalance.objects.filter(quantity__gt=0).order_by("bucket", "place")
    rows = MaterialLot.objects.select_related("material__unit", "supplier")
    return rows.prefetch_related(Prefetch("balances", filled))


def row(lot: MaterialLot) -> LotRow:
    """Sum up a lot whose balances have been fetched."""
    filled = list(lot.balances.all())
    present = [balance for balance in filled if balance.bucket not in SINKS]
    return LotRow(lot, sum((balance.quantity for balance in present), Decimal(0)), present or filled)
