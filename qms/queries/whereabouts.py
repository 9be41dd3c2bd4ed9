"""Where the pieces of a nonconformance are now: in the store, in production, on the way, with customers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from qms.models import Nonconformance
from traceability.models import Bucket, LotBalance, MaterialLot, ShipmentPick

PLACES: dict[str, tuple[str, ...]] = {
    "stock": (Bucket.STOCK,), "wip": (Bucket.WIP, Bucket.ISSUED, Bucket.REWORK), "shipped": (Bucket.SHIPPED,),
    "consumed": (Bucket.CONSUMED,), "gone": (Bucket.SCRAP, Bucket.RETURNED, Bucket.LOST),
}


@dataclass
class Somewhere:
    """One amount of one lot in one place."""

    lot: MaterialLot
    quantity: Decimal
    place: str
    is_held: bool
    pick: ShipmentPick | None = None


@dataclass
class Whereabouts:
    """Everything of a case, by the kind of place."""

    found: dict[str, list[Somewhere]] = field(default_factory=dict)

    def lots(self, kind: str) -> int:
        """How many lots have something there."""
        return len({one.lot.pk for one in self.found.get(kind, [])})

    def not_held(self) -> list[Somewhere]:
        """What is still in the plant, or on its way, and held by nobody."""
        inside = [one for kind in ("stock", "wip", "transit") for one in self.found.get(kind, [])]
        return [one for one in inside if not one.is_held]


def of_case(case: Nonconformance) -> Whereabouts:
    """Two statements for all lots of a case; what is picked for a shipment that has not left is on the way."""
    ids = list(case.lots.values_list("lot_id", flat=True))
    rows = LotBalance.objects.filter(lot__in=ids, quantity__gt=0).select_related("lot__material__unit")
    picks = {pick.lot_id: pick for pick in _picks(ids)}
    found: dict[str, list[Somewhere]] = {}
    for row in rows.order_by("bucket", "lot__number", "place"):
        pick = picks.get(row.lot_id)
        kind = next((name for name, buckets in PLACES.items() if row.bucket in buckets), "stock")
        if kind == "stock" and pick is not None and pick.move_id is None:
            kind = "transit"
        there = pick if kind in ("transit", "shipped") else None
        one = Somewhere(row.lot, row.quantity, row.place, row.lot.open_holds > 0, there)
        found.setdefault(kind, []).append(one)
    return Whereabouts(found)


def _picks(ids: Iterable[int]) -> list[ShipmentPick]:
    rows = ShipmentPick.objects.filter(lot__in=list(ids), removed_at__isnull=True)
    return list(rows.select_related("line__shipment__customer").order_by("pk"))
