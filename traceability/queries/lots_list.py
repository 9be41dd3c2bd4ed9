"""The list of lots: found by number, material or supplier's lot, and where they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from traceability.models import SINKS, LotBalance, MaterialLot
from traceability.queries.genealogy import whereabouts
from traceability.queries.paging import PAGE, Page, page

SORTS = {"created": "created_at", "number": "number"}


@dataclass(frozen=True, slots=True)
class LotFilter:
    """What to look for."""

    text: str = ""
    status: str = ""
    kind: str = ""
    material: str = ""
    bucket: str = ""
    place: str = ""
    sort: str = "-created"


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


def find(wanted: LotFilter, *, cursor: str = "", size: int = PAGE) -> Page[LotRow]:
    """One page of lots with what they have where; two statements at any length."""
    key = SORTS.get(wanted.sort.lstrip("-"), "created_at")
    found = page(matching(wanted), key=key, descending=wanted.sort.startswith("-"), cursor=cursor, size=size)
    return Page([row(lot) for lot in found.rows], found.next)


def every(wanted: LotFilter, *, limit: int) -> Iterator[LotRow]:
    """All matching lots, newest first, for a file."""
    for lot in matching(wanted).order_by("-created_at", "-pk")[:limit].iterator(chunk_size=1000):
        yield row(lot)


def matching(wanted: LotFilter) -> QuerySet[MaterialLot]:
    """The lots that fit."""
    filled = LotBalance.objects.filter(quantity__gt=0).order_by("bucket", "place")
    rows = MaterialLot.objects.select_related("material__unit", "supplier")
    rows = rows.prefetch_related(Prefetch("balances", filled))
    if wanted.text:
        rows = rows.filter(
            Q(number__icontains=wanted.text) | Q(supplier_lot__icontains=wanted.text)
            | Q(material__code__icontains=wanted.text) | Q(material__name__icontains=wanted.text)
        )
    exact = {"status": wanted.status, "kind": wanted.kind, "material__code": wanted.material}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    spot = {name: value for name, value in (("bucket", wanted.bucket), ("place", wanted.place)) if value}
    if spot:
        rows = rows.filter(pk__in=LotBalance.objects.filter(quantity__gt=0, **spot).values("lot_id"))
    return rows


def row(lot: MaterialLot) -> LotRow:
    """Sum up a lot whose balances have been fetched."""
    filled = list(lot.balances.all())
    present = [balance for balance in filled if balance.bucket not in SINKS]
    return LotRow(lot, sum((balance.quantity for balance in present), Decimal(0)), present or filled)
