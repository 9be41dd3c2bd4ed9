"""How products do in the field: what left each month, what customers complained about, what came back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, Sum
from django.db.models.functions import TruncMonth

from plant import scoping
from plant.models import Person
from qms.models import (
    CapaStatus,
    Complaint,
    ComplaintStatus,
    CorrectiveAction,
    Inspection,
    InspectionKind,
    InspectionStatus,
    Rma,
    Satisfaction,
)
from qms.queries import scorecard
from traceability.models import Bucket, Move

MILLION = 1_000_000


@dataclass(slots=True)
class Cell:
    """A product in a month."""

    shipped: Decimal = Decimal(0)
    failed: int = 0
    returned: Decimal = Decimal(0)

    @property
    def ppm(self) -> float | None:
        """Failures in a million pieces that left in the month."""
        return float(self.failed / self.shipped * MILLION) if self.shipped else None


@dataclass(slots=True)
class Product:
    """A product with its months and all of them together."""

    code: str
    name: str
    months: list[Cell] = field(default_factory=list)

    @property
    def whole(self) -> Cell:
        total = Cell()
        for one in self.months:
            total.shipped, total.failed = total.shipped + one.shipped, total.failed + one.failed
            total.returned += one.returned
        return total


def products(viewer: Person, *, at: datetime, months: int = 6) -> tuple[list[date], list[Product]]:
    """Each product that left or failed in the last months, the worst first; three statements."""
    days = scorecard.months(at, months)
    start = scorecard.month_start(days[-1])
    cells: dict[tuple[str, str], dict[date, Cell]] = defaultdict(lambda: defaultdict(Cell))
    key = "lot__material__code", "lot__material__name"
    left = scoping.visible(Move.objects.filter(to_bucket=Bucket.SHIPPED, at__gte=start, at__lte=at), viewer)
    for code, name, month, amount in _monthly(left, "at", key, Sum("quantity")):
        cells[code, name][month].shipped = amount
    failed = Complaint.objects.filter(failed_at__gte=start, failed_at__lte=at, material__isnull=False)
    failed = scoping.visible(failed.exclude(status=ComplaintStatus.DECLINED), viewer)
    for code, name, month, amount in _monthly(
        failed, "failed_at", ("material__code", "material__name"), Sum("quantity")
    ):
        cells[code, name][month].failed = amount
    back = scoping.visible(Rma.objects.filter(received_at__gte=start, received_at__lte=at), viewer)
    for code, name, month, amount in _monthly(back, "received_at", key, Sum("quantity")):
        cells[code, name][month].returned = amount
    found = [Product(code, name, [row[day] for day in days]) for (code, name), row in cells.items()]
    return days, sorted(found, key=lambda one: (-(one.whole.ppm or 0), one.code))


def _monthly(rows: Any, moment: str, names: tuple[str, str], amount: Any) -> Any:
    grouped = rows.annotate(month=TruncMonth(moment)).order_by().values_list(*names, "month").annotate(amount)
    return ((code, name, month.date(), total) for code, name, month, total in grouped)


@dataclass(frozen=True, slots=True)
class Figures:
    """The rates that management follows, of the last ninety days; None where there was nothing to count."""

    incoming: float | None
    complaints: float | None
    returns: float | None
    capas: float | None
    content: float | None


def figures(viewer: Person, *, since: datetime, at: datetime) -> Figures:
    """Lots accepted at the dock, complaints and returns for what left, CAPAs closed, how content customers are."""
    tasks = scoping.visible(
        Inspection.objects.filter(
            kind=InspectionKind.INCOMING, status=InspectionStatus.DECIDED, decided_at__gte=since, decided_at__lte=at,
            repeats__isnull=True,
        ), viewer,
    ).aggregate(all=Count("pk"), good=Count("pk", filter=Q(verdict="PASS")))
    left = scoping.visible(Move.objects.filter(to_bucket=Bucket.SHIPPED, at__gte=since, at__lte=at), viewer)
    shipped = left.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    failed = scoping.visible(
        Complaint.objects.filter(opened_at__gte=since, opened_at__lte=at).exclude(status="DECLINED"), viewer
    ).aggregate(total=Sum("quantity"))["total"] or 0
    back = scoping.visible(Rma.objects.filter(received_at__gte=since, received_at__lte=at), viewer)
    returned = back.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    due = scoping.visible(CorrectiveAction.objects.filter(opened_at__lte=at), viewer).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    ).aggregate(all=Count("pk"), done=Count("pk", filter=Q(status=CapaStatus.CLOSED)))
    said = Satisfaction.objects.filter(at__gte=since, at__lte=at).aggregate(mean=Avg("score"))["mean"]
    return Figures(
        incoming=_percent(tasks["good"], tasks["all"]), complaints=_percent(failed, shipped),
        returns=_percent(returned, shipped), capas=_percent(due["done"], due["all"]), content=said,
    )


def _percent(part: Decimal | int, whole: Decimal | int) -> float | None:
    return float(100 * part / whole) if whole else None
