"""Where the work lies: what waits before or in each operation of a line, since when, and how fast pieces come out.

One statement reads what lies there and one what came out, each already added up.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from mes import queueing
from mes.models import OPEN_JOBS, JobOrder
from mes.queries import calendars
from mes.queueing import Clock
from plant import scoping
from plant.models import Equipment, Person
from plant.models.naming import TwoNames

WORKED, BACK = timedelta(hours=8), timedelta(days=4)  # what a rhythm is measured over, and how far back it may lie
OLDEST_SHOWN, WORTH_A_WORD = 5, 10
NO_LINE = 0
# Pieces in process by line and operation, and the oldest lots of each.
PILES = """
WITH job AS MATERIALIZED (
  SELECT number, line_id, work_master_id FROM mes_joborder WHERE id = ANY(%(jobs)s)
), lying AS (
  SELECT job.line_id, job.work_master_id, b.place, b.quantity, lot.number, lot.open_holds > 0 AS held, lot.job_order,
         (SELECT max(m.at) FROM traceability_move m
           WHERE m.lot_id = lot.id AND m.to_bucket = 'WIP' AND m.to_place = b.place) AS since
  FROM traceability_lotbalance b JOIN traceability_materiallot lot ON lot.id = b.lot_id
  JOIN job ON job.number = lot.job_order
  WHERE b.bucket = 'WIP' AND b.quantity > 0
), placed AS (
  SELECT coalesce(lying.line_id, 0) AS line, s.code, s.sequence, s.name, s.name_zh, s.seconds_per_piece, lying.*,
         row_number() OVER (PARTITION BY lying.line_id, s.code ORDER BY lying.since, lying.number) AS turn
  FROM lying JOIN mes_segment s ON s.work_master_id = lying.work_master_id AND s.code = lying.place
)
SELECT line, code, min(sequence), min(name), min(name_zh), count(*), sum(quantity), count(*) FILTER (WHERE held),
       min(since), avg(extract(epoch FROM %(at)s - since)), sum(quantity * seconds_per_piece),
       jsonb_agg(jsonb_build_object('number', number, 'quantity', quantity, 'since', since, 'held', held,
         'job', job_order) ORDER BY turn) FILTER (WHERE turn <= %(most)s)
FROM placed GROUP BY line, code
"""
# Pieces that came out by line and operation since a moment of the line, and the time that the standard gives for them.
MADE = """
SELECT job.line_id, s.code, sum(r.good + r.scrap + r.rework), sum((r.good + r.scrap + r.rework) * s.seconds_per_piece),
       count(DISTINCT r.station_id), greatest(min(r.started_at), min(w.since)), max(r.at)
FROM unnest(%(lines)s::bigint[], %(since)s::timestamptz[]) AS w(line, since)
JOIN mes_joborder job ON job.line_id = w.line
JOIN mes_jobsegment js ON js.job_order_id = job.id JOIN mes_segment s ON s.id = js.segment_id
JOIN mes_jobresponse r ON r.job_segment_id = js.id AND r.at > w.since AND r.at <= %(at)s AND r.nonconformance = ''
WHERE job.id = ANY(%(jobs)s) OR job.ended_at > w.since
GROUP BY 1, 2
"""


@dataclass
class Pile(TwoNames):
    """What lies before or in one operation of a line."""

    line_id: int
    code: str
    sequence: int
    name: str
    name_zh: str
    lots: int
    quantity: Decimal
    held: int
    oldest_at: datetime | None
    mean_age: timedelta
    work: timedelta
    oldest: list[dict[str, Any]]
    made: Decimal = Decimal(0)
    rhythm: float | None = None
    standard: float | None = None
    is_bottleneck: bool = False

    @property
    def hours(self) -> float:
        return self.work / timedelta(hours=1)

    @property
    def mean_hours(self) -> float:
        return self.mean_age / timedelta(hours=1)

    @property
    def deviation(self) -> float | None:
        """By how many percent a piece takes longer than the standard says."""
        return 100 * (self.rhythm / self.standard - 1) if self.rhythm and self.standard else None

    @property
    def deviation_words(self) -> str:
        """The same as people read it."""
        return "" if self.deviation is None else f"{self.deviation:+.0f} %"

    @property
    def is_slow(self) -> bool:
        return (self.deviation or 0) > WORTH_A_WORD

    @property
    def tone(self) -> str:
        return "failed" if self.is_bottleneck else "held" if self.held else "warning" if self.is_slow else ""


@dataclass
class LineFlow:
    """The operations of a line with what lies there, in the order of the routings."""

    line: Equipment | None
    piles: list[Pile] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.line.code if self.line else ""

    @property
    def quantity(self) -> Decimal:
        return sum((pile.quantity for pile in self.piles), Decimal(0))

    @property
    def lots(self) -> int:
        return sum(pile.lots for pile in self.piles)

    @property
    def held(self) -> int:
        return sum(pile.held for pile in self.piles)

    @property
    def most(self) -> float:
        """The longest work before one operation, in hours."""
        return max((pile.hours for pile in self.piles), default=0.0)

    @property
    def hours(self) -> float:
        return sum(pile.hours for pile in self.piles)

    @property
    def title(self) -> str:
        return str(self.line) if self.line else _("Not on a line yet")

    @property
    def bottleneck(self) -> Pile | None:
        return next((pile for pile in self.piles if pile.is_bottleneck), None)

    @property
    def bottleneck_words(self) -> str:
        """Which operation the line waits for."""
        pile = self.bottleneck
        words = _("The bottleneck is %(operation)s: %(hours).1f hours of work lie before it.")
        return words % {"operation": pile.code, "hours": pile.hours} if pile else ""


def lines(person: Person, places: Sequence[Equipment], *, at: datetime, line: str = "") -> list[LineFlow]:
    """The flow of each line that a person sees, those without a line last; of one line when its code is given."""
    open_now = JobOrder.objects.filter(status__in=OPEN_JOBS)
    rows = scoping.visible(open_now, person)
    jobs = list((rows.filter(line__code=line) if line else rows).values_list("pk", flat=True))
    piles = read(jobs, at)
    wanted = [one for one in places if line in ("", one.code)]
    rhythm(piles, [one.pk for one in wanted], jobs, at)
    found = [LineFlow(one, [pile for pile in piles if pile.line_id == one.pk]) for one in wanted]
    if without := [pile for pile in piles if pile.line_id == NO_LINE]:
        found.append(LineFlow(None, without))
    for one in found:
        mark_bottleneck(one.piles)
    return [one for one in found if one.piles]


def read(jobs: Sequence[int], at: datetime) -> list[Pile]:
    """What lies in process of these work orders, piled up by line and operation."""
    with connection.cursor() as cursor:
        cursor.execute(PILES, {"jobs": list(jobs), "at": at, "most": OLDEST_SHOWN})
        found = [_pile(list(row)) for row in cursor.fetchall()]
    return sorted(found, key=lambda pile: (pile.line_id, pile.sequence, pile.code))


def _pile(row: list[Any]) -> Pile:
    """A row as a pile: seconds as spans, the oldest lots out of their JSON."""
    *told, mean, work, oldest = row
    lots = json.loads(oldest, parse_float=Decimal)
    for lot in lots:
        lot["since"] = datetime.fromisoformat(lot["since"]) if lot["since"] else None
        lot["quantity"] = Decimal(lot["quantity"])
    spans = [timedelta(seconds=float(seconds or 0)) for seconds in (mean, work)]
    return Pile(*[*told, *spans, lots])


def rhythm(piles: Iterable[Pile], places: Sequence[int], jobs: Sequence[int], at: datetime) -> None:
    """How often a piece came out while there was work in the last eight hours worked, beside the stations' standard."""
    shifts = calendars.shifts(places, at - BACK, at)
    spans = {place: queueing.working(found, at - BACK) for place, found in shifts.items()}
    since = [queueing.since(found, at, WORKED) for found in spans.values()]
    with connection.cursor() as cursor:
        cursor.execute(MADE, {"lines": list(spans), "since": since, "at": at, "jobs": list(jobs)})
        made = {(line, code): row for line, code, *row in cursor.fetchall()}
    for pile in piles:
        pieces, seconds, stations, first, last = made.get((pile.line_id, pile.code), (Decimal(0),) * 5)
        if pieces > 0:
            clock = Clock(spans[pile.line_id])
            pile.made = pieces
            pile.rhythm = (clock.until(last) - clock.until(first)).total_seconds() / float(pieces) or None
            pile.standard = float(seconds / pieces) / max(stations, 1) or None


def mark_bottleneck(piles: Sequence[Pile]) -> None:
    """The operation with the most hours of work before it, where several compete."""
    if len(piles) > 1:
        worst = max(piles, key=lambda pile: pile.work)
        worst.is_bottleneck = worst.work > timedelta(0)


@dataclass
class Total:
    """Everything in process together."""

    quantity: Decimal
    lots: int
    held: int
    hours: float


def total(found: Sequence[LineFlow]) -> Total:
    """What all lines have in process."""
    return Total(
        sum((one.quantity for one in found), Decimal(0)), sum(one.lots for one in found),
        sum(one.held for one in found), sum(one.hours for one in found),
    )
