"""How complete the trace data of lots is, judged for many at once; and the same over lines, days and work orders."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, NullIf

from mes.models import GapKind, LotScore
from mes.models.completeness import WEIGHTS
from mes.queries import calendars, floor
from mes.queries.completeness_sql import MISSING, STALE, SUMS
from plant.models import Equipment, Person

MOST_FINDINGS = 500
BY_DAY = """
SELECT line_id, (reported_at AT TIME ZONE %(zone)s)::date, count(*), count(*) FILTER (WHERE lacking > 0),
       sum(expected), sum(lacking)
FROM mes_lotscore WHERE line_id = ANY(%(lines)s) AND reported_at >= %(from)s AND reported_at < %(to)s GROUP BY 1, 2
"""
BY_KIND = """
SELECT g.key, sum(g.value::int), count(*) FROM mes_lotscore s CROSS JOIN jsonb_each_text(s.gaps) AS g
WHERE s.line_id = ANY(%(lines)s) AND s.reported_at >= %(from)s AND s.reported_at < %(to)s AND s.lacking > 0
GROUP BY g.key ORDER BY 2 DESC, 1
"""
BY_JOB = """
SELECT j.number, m.code, count(*), count(*) FILTER (WHERE s.lacking > 0), sum(s.expected), sum(s.lacking)
FROM mes_lotscore s JOIN mes_joborder j ON j.id = s.job_order_id
JOIN mes_workrequest w ON w.id = j.work_request_id JOIN plant_materialdefinition m ON m.id = w.material_id
WHERE s.line_id = ANY(%(lines)s) AND s.reported_at >= %(from)s AND s.reported_at < %(to)s
GROUP BY j.number, m.code HAVING sum(s.lacking) > 0
ORDER BY sum(s.lacking)::float / nullif(sum(s.expected), 0) DESC, j.number LIMIT %(most)s
"""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should stand in a lot's record and does not."""

    lot_id: int
    lot: str
    kind: str
    operation: str
    what: str
    place: str
    weight: int

    @property
    def label(self) -> str:
        """What kind of gap it is, in words."""
        return str(GapKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Score:
    """What was expected of some records and what is missing of it, by weight."""

    expected: int = 0
    lacking: int = 0
    lots: int = 1
    weak: int = 0
    gaps: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        """The share that is there, in percent; whole where nothing was expected."""
        return 100 * (1 - self.lacking / self.expected) if self.expected else 100.0

    @property
    def label(self) -> str:
        """The share as a cell of the board shows it; what is not whole is never rounded up to it."""
        return f"{min(self.percent, 99.9 if self.lacking else 100.0):.1f} %"

    @property
    def tone(self) -> str:
        """How it looks: whole, with gaps, or broken."""
        return "done" if not self.lacking else "warning" if self.percent >= 95 else "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a work order: its score of each day, and of all of them together."""

    code: str
    name: str
    cells: list[tuple[date, Score | None]]
    total: Score


@dataclass(frozen=True, slots=True)
class Board:
    """Lines by days, what is missing most, and the work orders with the weakest records."""

    days: list[date]
    rows: list[Row]
    kinds: list[tuple[str, str, int, int]]
    jobs: list[Row]
    total: Score


def _rows(statement: str, words: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return list(cursor.fetchall())


def parameters(lots: Iterable[int], now: datetime) -> dict[str, Any]:
    """What the statements of `completeness_sql` ask for."""
    return {"lots": list(lots), "kinds": list(WEIGHTS), "weights": list(WEIGHTS.values()), "now": now}


def findings(lots: Sequence[int], *, now: datetime, most: int = MOST_FINDINGS) -> list[Finding]:
    """What is missing in the records of these lots, in their order, the heaviest first; one statement."""
    return [Finding(*row) for row in _rows(MISSING, {**parameters(lots, now), "most": most})]


def scores(lots: Sequence[int], *, now: datetime) -> dict[int, Score]:
    """How complete these lots' records are now; one statement, however many they are."""
    found = {lot: Score() for lot in lots}
    for lot, expected, lacking, gaps in _rows(SUMS, parameters(lots, now)):
        found[lot] = Score(expected, lacking, 1, int(lacking > 0), json.loads(gaps) if isinstance(gaps, str) else gaps)
    return found


def stale(*, now: datetime, since: datetime, most: int) -> list[int]:
    """Lots whose remembered score is older than what is known of them."""
    words = {"now": now, "since": since, "again": now - timedelta(hours=1), "most": most}
    return sorted(lot for (lot,) in _rows(STALE, words))


def listing() -> "QuerySet[LotScore]":
    """Remembered scores with their share, the weakest of which is least."""
    share = 100 - Cast(F("lacking") * 100, FloatField()) / NullIf(Cast(F("expected"), FloatField()), 0.0)
    rows = LotScore.objects.select_related("lot__material", "job_order", "line")
    return rows.annotate(share=share)


def has_gap(kind: str) -> Q:
    """The rows in which this kind of thing is missing."""
    return Q(gaps__has_key=kind, lacking__gt=0)


def board(person: Person, first: date, last: date, line: str = "") -> Board:
    """Lines by days over a stretch, as a person sees them."""
    lines = [one for one in floor.lines_of(person) if line in ("", one.code)]
    words = {
        "lines": [one.pk for one in lines], "zone": settings.TIME_ZONE, "most": 10,
        "from": midnight(first), "to": midnight(last + A_DAY),
    }
    cells: dict[tuple[int, date], Score] = {}
    for pk, day, lots, weak, expected, lacking in _rows(BY_DAY, words):
        cells[pk, day] = Score(expected, lacking, lots, weak)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Board(
        days=days, rows=[_row(one, days, cells) for one in lines],
        kinds=[(kind, str(GapKind(kind).label), many, lots) for kind, many, lots in _rows(BY_KIND, words)],
        jobs=[
            Row(number, material, [], Score(expected, lacking, lots, weak))
            for number, material, lots, weak, expected, lacking in _rows(BY_JOB, words)
        ],
        total=together(cells.values()),
    )


def _row(line: Equipment, days: list[date], cells: dict[tuple[int, date], Score]) -> Row:
    each = [(day, cells.get((line.pk, day))) for day in days]
    return Row(line.code, line.name, each, together(one for _, one in each if one))


def together(scores_: Iterable[Score]) -> Score:
    """Several scores as one."""
    found = list(scores_)
    return Score(
        sum(one.expected for one in found), sum(one.lacking for one in found), sum(one.lots for one in found),
        sum(one.weak for one in found),
    )


def of_jobs(numbers: Iterable[str]) -> Score | None:
    """What is remembered of the lots of some work orders, as one score; None where none was judged yet."""
    rows = LotScore.objects.filter(job_order__number__in=list(numbers)).values_list("expected", "lacking")
    found = [Score(expected, lacking, 1, int(lacking > 0)) for expected, lacking in rows]
    return together(found) if found else None


def midnight(day: date) -> datetime:
    """When a day begins on the plant's clock."""
    return datetime(day.year, day.month, day.day, tzinfo=calendars.zone())
