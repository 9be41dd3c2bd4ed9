"""The records behind a figure of a scorecard, and the lots of suppliers that failed worst."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse

from plant import scoping
from plant.models import Partner, Person
from qms.models import Disposition, Figure
from qms.queries import scorecard, supplier_requests
from traceability.models import Bucket, MaterialLot, Move


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was counted: what, where to see it, how much, and whether it counts for the supplier."""

    at: datetime
    label: str
    url: str
    text: str
    amount: Decimal | None
    is_good: bool


@dataclass(frozen=True, slots=True)
class WorstLot:
    """A lot of a supplier with what was rejected of it."""

    lot: MaterialLot
    received: Decimal
    rejected: Decimal

    @property
    def percent(self) -> float:
        return float(100 * self.rejected / self.received) if self.received else 100.0


def of(supplier: Partner, figure: str, month: date, *, viewer: Person, at: datetime) -> list[Record]:
    """Everything that a figure of a month was made from, as far as its reader reaches."""
    ids = [supplier.pk]
    start, end = scorecard.month_start(month), scorecard.month_start(scorecard.next_month(month))
    if figure == Figure.PPM:
        return _pieces(ids, start, end, viewer)
    if figure == Figure.ACCEPTED:
        rows = scoping.visible(scorecard.inspected(ids, start, end), viewer)
        return [
            Record(one.decided_at, one.number, reverse("qms:inspection-detail", args=[one.number]),
                   f"{one.lot.number} · {one.lot.material.code}", None, one.verdict == "PASS")
            for one in rows.select_related("lot__material").order_by("-decided_at")
        ]
    if figure == Figure.DELIVERY:
        return [
            Record(due_at, number, "", code, quantity, is_kept)
            for _id, number, _supplier, due_at, quantity, code, is_kept in scorecard.promises(ids, start, end, at)
        ]
    steps = scoping.visible(supplier_requests.due_steps(ids, start, end, at), viewer)
    return [
        Record(one.due_at, one.request.number, supplier_requests.url(one.request), one.title, None,
               getattr(one, "in_time", False))
        for one in steps
    ]


def _pieces(ids: list[int], start: datetime, end: datetime, viewer: Person) -> list[Record]:
    came = scoping.visible(scorecard.received(ids, start, end), viewer).select_related("lot__material")
    found = [
        Record(one.at, one.lot.number, _lot_url(one.lot), one.lot.material.code, one.quantity, is_good=True)
        for one in came
    ]
    gone = scoping.visible(scorecard.rejected(ids, start, end), viewer)
    gone = gone.select_related("lot__material", "nonconformance")
    found += [
        Record(one.at, one.nonconformance.number,
               reverse("qms:nonconformance-detail", args=[one.nonconformance.number]),
               f"{one.lot.number} · {one.get_decision_display()}", one.quantity, is_good=False)
        for one in gone
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def worst_lots(viewer: Person, *, since: datetime, supplier: Partner | None = None, most: int = 30) -> list[WorstLot]:
    """The lots of suppliers of which the largest part was scrapped or sent back since a day."""
    rows = scoping.visible(Disposition.objects.filter(decision__in=scorecard.REJECTED, at__gte=since), viewer)
    rows = rows.filter(lot__supplier=supplier) if supplier else rows.filter(lot__supplier__isnull=False)
    sums: dict[int, Decimal] = dict(rows.order_by().values_list("lot").annotate(Sum("quantity")))
    came: dict[int, Decimal] = dict(
        Move.objects.filter(Q(from_bucket=Bucket.RECEIVED) | Q(from_bucket=Bucket.MADE), lot__in=list(sums))
        .order_by().values_list("lot").annotate(Sum("quantity"))
    )
    lots: dict[int, Any] = MaterialLot.objects.select_related("material__unit", "supplier").in_bulk(list(sums))
    found = [WorstLot(lots[key], came.get(key, amount), amount) for key, amount in sums.items() if amount]
    return sorted(found, key=lambda one: (-one.percent, one.lot.number))[:most]


def _lot_url(lot: MaterialLot) -> str:
    return reverse("traceability:lot-detail", args=[lot.number])
