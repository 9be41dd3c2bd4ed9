"""What lies where in the stores and at the line: free, held, expired, or soon to expire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from plant.models import Equipment
from plant.queries import places
from traceability.models import Bucket, LotBalance, MaterialLot, Move, PlaceKind

HERE = (Bucket.STOCK, Bucket.ISSUED)
SOON = timedelta(days=30)
FREE, HELD, EXPIRED, EXPIRING = "AVAILABLE", "HELD", "EXPIRED", "EXPIRING"


@dataclass(frozen=True, slots=True)
class StockRow:
    """An amount of a lot at one place."""

    balance: LotBalance
    lot: MaterialLot
    place: Equipment | None
    state: str

    @property
    def place_name(self) -> str:
        """The place in words."""
        return self.place.name if self.place else ""


def every() -> QuerySet[LotBalance]:
    """Every amount that lies in a store or at a station."""
    rows = LotBalance.objects.filter(bucket__in=HERE, quantity__gt=0)
    return rows.select_related("lot__material__unit", "lot__supplier")


def dress(rows: Sequence[LotBalance], at: datetime) -> list[StockRow]:
    """Each amount with its place and its state."""
    known = {one.code: one for one in Equipment.objects.filter(code__in={row.place for row in rows})}
    return [StockRow(row, row.lot, known.get(row.place), state(row.lot, at)) for row in rows]


def state(lot: MaterialLot, at: datetime) -> str:
    """Whether a lot may be used: held comes before expired, and that before expiring soon."""
    if lot.open_holds:
        return HELD
    if lot.expires_at is None or lot.expires_at > at + SOON:
        return FREE
    return EXPIRED if lot.expires_at <= at else EXPIRING


def in_state(wanted: str, at: datetime) -> Q:
    """The amounts whose lot is in a state."""
    if wanted == HELD:
        return Q(lot__open_holds__gt=0)
    within = {
        FREE: Q(lot__expires_at__isnull=True) | Q(lot__expires_at__gt=at + SOON),
        EXPIRED: Q(lot__expires_at__lte=at),
        EXPIRING: Q(lot__expires_at__gt=at, lot__expires_at__lte=at + SOON),
    }
    return within[wanted] & Q(lot__open_holds=0)


def under(code: str) -> Q:
    """The amounts at a place and at everything that stands in it."""
    found = Equipment.objects.filter(code=code).first()
    return Q(place__in=[one.code for one in places.within(found)] if found else [])


def at_place(place: Equipment) -> QuerySet[LotBalance]:
    """What lies at one place and in the places within it."""
    codes = [one.code for one in places.within(place)]
    return every().filter(place__in=codes).order_by("place", "lot__material__code", "lot__number")


def spots_of(lot: MaterialLot) -> list[LotBalance]:
    """Where a lot can be taken from."""
    return list(LotBalance.objects.filter(lot=lot, bucket__in=HERE, quantity__gt=0).order_by("bucket", "place"))


def there(lot: MaterialLot, bucket: str, place: str) -> Decimal:
    """How much of a lot lies at a spot."""
    row = LotBalance.objects.filter(lot=lot, bucket=bucket, place=place).first()
    return row.quantity if row else Decimal(0)


def last_move(lot: MaterialLot, place: str) -> int:
    """The last move of a lot to or from a place in the stores; 0 where there was none."""
    stock = Q(from_bucket=Bucket.STOCK, from_place=place) | Q(to_bucket=Bucket.STOCK, to_place=place)
    found = Move.objects.filter(stock, lot=lot).order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def newest_move() -> int:
    """The last line of the ledger."""
    return Move.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def stores() -> QuerySet[Equipment]:
    """Every place that stores material, with what it is for."""
    rows = Equipment.objects.filter(stores_material=True, active=True)
    return rows.select_related("parent", "storage__material").order_by("code")


def kind_of(place: Equipment) -> str:
    """What a place is for."""
    storage = getattr(place, "storage", None)
    return storage.kind if storage else PlaceKind.STORE
