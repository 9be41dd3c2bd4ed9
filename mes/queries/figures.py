"""Figures about orders: attainment, lead times, labour, and what happened to the pieces step by step.

Each is counted by one statement (mes/queries/figure_statements.py) over the work orders that a person sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from mes.models import JobOrder, JobOrderStatus
from mes.queries import calendars
from mes.queries.figure_statements import ATTAINED, LABOUR, LEAD, STEPS
from plant import scoping
from plant.models import Person


@dataclass(frozen=True)
class Asked:
    """Which days and line, and by what rows are made."""

    first: date
    last: date
    line: str = ""
    by: str = ""

    @property
    def ends(self) -> tuple[datetime, datetime]:
        """The first day's midnight and the one after the last, on the plant's clock."""
        zone = calendars.zone()
        return midnight(self.first, zone), midnight(self.last + timedelta(days=1), zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time.min, tzinfo=zone)


@dataclass(frozen=True)
class Attained:
    """What was due under one key, and what became of it."""

    key: str
    jobs: int
    planned: Decimal
    good: Decimal
    punctual: Decimal
    first: date
    last: date

    @property
    def rate(self) -> float:
        """Production attainment rate: good pieces of what was due, in percent."""
        return float(100 * self.good / self.planned)

    @property
    def punctual_rate(self) -> float:
        """The same, counting only what was good by its due time."""
        return float(100 * self.punctual / self.planned)


@dataclass(frozen=True)
class Lead:
    """How long the pieces of a work order took on average, in seconds; queue, run and wait add up to it."""

    job: JobOrder
    lots: int
    quantity: Decimal
    lead: float
    queue: float
    run: float

    @property
    def wait(self) -> float:
        return max(self.lead - self.queue - self.run, 0.0)

    def share(self, part: float) -> float:
        """A part of the lead time in percent."""
        return 100 * part / self.lead if self.lead else 0.0


@dataclass(frozen=True)
class Labour:
    """Time signed on under one key, and time with a lot in work meanwhile, in seconds."""

    key: str
    name: str
    sessions: int
    signed_on: float
    in_work: float

    @property
    def rate(self) -> float:
        return 100 * self.in_work / self.signed_on if self.signed_on else 0.0


@dataclass(frozen=True)
class StepRow:
    """What happened to the pieces that one operation of a line reported."""

    line: str
    operation: str
    sequence: int
    lots: int
    jobs: int
    pieces: Decimal
    good: Decimal
    scrap: Decimal
    rework: Decimal
    seconds: float
    standard: Decimal

    @property
    def share_good(self) -> float | None:
        return float(100 * self.good / self.pieces) if self.pieces else None

    @property
    def each(self) -> float | None:
        return float(self.seconds) / float(self.pieces) if self.pieces else None

    @property
    def standard_each(self) -> float | None:
        return float(self.standard / self.pieces) if self.pieces else None


def attained(person: Person, asked: Asked) -> list[Attained]:
    """Attainment of what was due, by line, day, week or product."""
    start, end = asked.ends
    jobs = keys(person, asked, Q(due_at__gte=start, due_at__lt=end) & ~Q(status=JobOrderStatus.CANCELLED))
    words = {"jobs": jobs, "by": asked.by or "day", "zone": calendars.zone().key}
    return [Attained(*row) for row in rows(ATTAINED, words)]


def leads(person: Person, asked: Asked, *, at: datetime) -> list[Lead]:
    """Lead times of the work orders that ended then, the longest first."""
    start, end = asked.ends
    jobs = keys(person, asked, Q(status=JobOrderStatus.COMPLETED, ended_at__gte=start, ended_at__lt=end))
    found = JobOrder.objects.select_related("work_request__material__unit", "line").in_bulk(jobs)
    told = rows(LEAD, {"jobs": jobs, "at": at})
    one = [Lead(found[pk], lots, quantity, *map(float, spent)) for pk, lots, quantity, *spent in told]
    return sorted(one, key=lambda lead: -lead.lead)


def labour(stations: Sequence[int], asked: Asked, *, at: datetime) -> list[Labour]:
    """Time signed on, and in work of it, by person or station."""
    start, end = asked.ends
    words = {"stations": list(stations), "from": start, "to": end, "at": at, "by": asked.by or "person"}
    found = rows(LABOUR, words)
    return [Labour(key, name, count, float(there), float(busy)) for key, name, count, there, busy in found]


def steps(person: Person, asked: Asked) -> list[StepRow]:
    """What happened to the pieces at each operation in these days."""
    start, end = asked.ends
    jobs = keys(person, asked, Q(started_at__lt=end) & (Q(ended_at__isnull=True) | Q(ended_at__gte=start)))
    return [StepRow(*row) for row in rows(STEPS, {"jobs": jobs, "from": start, "to": end})]


def keys(person: Person, asked: Asked, wanted: Q) -> list[int]:
    """The work orders that were asked for and that a person sees."""
    found = scoping.visible(JobOrder.objects.filter(wanted), person)
    return list((found.filter(line__code=asked.line) if asked.line else found).values_list("pk", flat=True))


def rows(statement: str, words: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What one statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return list(cursor.fetchall())
