"""A supplier's month in figures: how much was rejected, accepted, on time, answered, and the records behind each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from plant.models import Partner
from qms.models import Decision, Disposition, Figure, Inspection, InspectionKind, InspectionStatus, ScoreRule
from qms.queries import supplier_requests
from traceability.models import Bucket, Move

MILLION = 1_000_000
REJECTED = (Decision.SCRAP, Decision.RETURN)
# weight, all points at, no points at
USUAL: dict[str, tuple[int, float, float]] = {
    Figure.PPM: (40, 0, 5000), Figure.ACCEPTED: (30, 100, 90), Figure.DELIVERY: (20, 100, 80),
    Figure.ANSWERS: (10, 100, 50),
}
GRADES = ((90, "A"), (75, "B"), (60, "C"))
PROMISES = """
SELECT p.id, p.number, p.supplier_id, p.due_at, p.quantity, p.code, p.due <= COALESCE((
  SELECT sum(m.quantity) FROM traceability_move m JOIN traceability_materiallot l ON l.id = m.lot_id
  WHERE l.supplier_id = p.supplier_id AND l.material_id = p.material_id AND m.from_bucket = 'RECEIVED'
    AND m.at <= p.due_at AND m.at > p.since), 0)
FROM (
  SELECT d.*, mat.code, sum(d.quantity) OVER (PARTITION BY d.supplier_id, d.material_id ORDER BY d.due_at, d.id) AS due,
    min(d.due_at) OVER (PARTITION BY d.supplier_id, d.material_id) - interval '90 days' AS since
  FROM qms_deliverypromise d JOIN plant_materialdefinition mat ON mat.id = d.material_id
  WHERE d.supplier_id = ANY(%(suppliers)s)
) p WHERE p.due_at >= %(start)s AND p.due_at < %(end)s AND p.due_at <= %(now)s ORDER BY p.due_at
"""


@dataclass(slots=True)
class Tally:
    """What is counted of a supplier in a stretch of time."""

    received: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    lots: int = 0
    accepted: int = 0
    promises: int = 0
    kept: int = 0
    asked: int = 0
    answered: int = 0

    def add(self, other: "Tally") -> None:
        """Another stretch beside it."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figure(self, name: str) -> float | None:
        """A figure as people read it; None where there was nothing to count."""
        if name == Figure.PPM:
            return float(self.rejected / self.received * MILLION) if self.received else None
        part, whole = {
            Figure.ACCEPTED: (self.accepted, self.lots), Figure.DELIVERY: (self.kept, self.promises),
            Figure.ANSWERS: (self.answered, self.asked),
        }[Figure(name)]
        return 100 * part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a stretch, and the figures that they come from."""

    figures: dict[str, float | None]
    points: float | None

    @property
    def grade(self) -> str:
        if self.points is None:
            return "—"
        return next((grade for least, grade in GRADES if self.points >= least), "D")

    @property
    def tone(self) -> str:
        return {"A": "done", "B": "running", "C": "warning", "D": "failed"}.get(self.grade, "unknown")


def rules() -> dict[str, tuple[int, float, float]]:
    """How much each figure counts: the plant's own rules, else the usual ones."""
    own = {one.figure: (one.weight, one.best, one.worst) for one in ScoreRule.objects.all()}
    return {str(key): own.get(str(key), usual) for key, usual in USUAL.items()}


def score(tally: Tally, by: dict[str, tuple[int, float, float]]) -> Score:
    """Points from 0 to 100: each figure by its weight; what was not counted does not weigh."""
    figures = {name: tally.figure(name) for name in by}
    known = {name: value for name, value in figures.items() if value is not None and by[name][0]}
    weights = sum(by[name][0] for name in known)
    if not weights:
        return Score(figures, None)
    earned = sum(by[name][0] * _points(value, *by[name][1:]) for name, value in known.items())
    return Score(figures, earned / weights)


def _points(value: float, best: float, worst: float) -> float:
    return 100 * min(max((value - worst) / (best - worst), 0), 1)


def month_start(day: date) -> datetime:
    """The first moment of a day's month, in the plant's zone."""
    return datetime(day.year, day.month, 1, tzinfo=timezone.get_default_timezone())


def months(at: datetime, count: int) -> list[date]:
    """The first days of the last months, the newest first."""
    day, found = timezone.localtime(at).date().replace(day=1), []
    for _step in range(count):
        found.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=7)).replace(day=1)


def tallies(suppliers: Iterable[int], first: date, last: date, *, at: datetime) -> dict[tuple[int, date], Tally]:
    """What is counted of suppliers in each month from one to another: five statements for any number of them."""
    ids, found = list(suppliers), defaultdict[tuple[int, date], Tally](Tally)
    start, end = month_start(first), month_start(next_month(last))
    for key, month, amount in _monthly(received(ids, start, end), "lot__supplier", Sum("quantity")):
        found[key, month].received = amount
    for key, month, amount in _monthly(rejected(ids, start, end), "lot__supplier", Sum("quantity")):
        found[key, month].rejected = amount
    rows = inspected(ids, start, end).annotate(month=TruncMonth("decided_at")).order_by()
    counts = {"all": Count("pk"), "good": Count("pk", filter=Q(verdict="PASS"))}
    for row in rows.values("lot__supplier", "month").annotate(**counts):
        one = found[row["lot__supplier"], row["month"].date()]
        one.lots, one.accepted = row["all"], row["good"]
    for _id, _number, key, due_at, _quantity, _code, is_kept in promises(ids, start, end, at):
        one = found[key, timezone.localtime(due_at).date().replace(day=1)]
        one.promises, one.kept = one.promises + 1, one.kept + is_kept
    for key, month, asked, good in supplier_requests.answered_by_month(ids, start, end, at):
        found[key, month].asked, found[key, month].answered = asked, good
    return found


def _monthly(rows: Any, key: str, amount: Any) -> Any:
    grouped = rows.annotate(month=TruncMonth("at")).order_by().values_list(key, "month").annotate(amount)
    return ((supplier, month.date(), total) for supplier, month, total in grouped)


def received(suppliers: list[int], start: datetime, end: datetime) -> Any:
    """What came in from suppliers."""
    return Move.objects.filter(lot__supplier__in=suppliers, from_bucket=Bucket.RECEIVED, at__gte=start, at__lt=end)


def rejected(suppliers: list[int], start: datetime, end: datetime) -> Any:
    """What of theirs was scrapped or sent back."""
    return Disposition.objects.filter(
        lot__supplier__in=suppliers, decision__in=REJECTED, at__gte=start, at__lt=end, quantity__gt=0
    )


def inspected(suppliers: list[int], start: datetime, end: datetime) -> Any:
    """Lots of theirs that incoming inspection decided; a second look at a lot is not counted again."""
    return Inspection.objects.filter(
        kind=InspectionKind.INCOMING, status=InspectionStatus.DECIDED, repeats__isnull=True,
        lot__supplier__in=suppliers, decided_at__gte=start, decided_at__lt=end,
    )


def promises(suppliers: list[int], start: datetime, end: datetime, at: datetime) -> list[tuple[Any, ...]]:
    """Promised deliveries that were due, and whether as much had come by then as was promised by then."""
    with connection.cursor() as cursor:
        cursor.execute(PROMISES, {"suppliers": suppliers, "start": start, "end": end, "now": at})
        return list(cursor.fetchall())


def whole(found: dict[tuple[int, date], Tally], supplier: Partner | int) -> Tally:
    """The months of one supplier together."""
    key, total = supplier if isinstance(supplier, int) else supplier.pk, Tally()
    for (one, _month), tally in found.items():
        if one == key:
            total.add(tally)
    return total
