"""The share of automatic capture: by operation, line and week, from the days that the clock counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from mes.models import CaptureDay, CaptureWay
from mes.queries import calendars
from mes.queries.capture_records import Came
from plant import scoping
from plant.models import Person
from qms.models import Metric, QualityObjective
from qms.queries import objectives

WEEK = timedelta(days=7)
BY_ITSELF = (CaptureWay.AUTO, CaptureWay.API)
TONES = {CaptureWay.AUTO: "done", CaptureWay.API: "running", CaptureWay.SCAN: "waiting", CaptureWay.HAND: "warning"}


@dataclass(slots=True)
class Share:
    """How many characteristics came in by which way, counted once a day each, and their values."""

    name: str = ""
    parameters: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    values: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.parameters.values())

    def percent(self, *ways: str) -> float:
        """The share of these ways, in percent."""
        return 100 * sum(self.parameters[way] for way in ways) / self.total if self.total else 0.0

    @property
    def automatic(self) -> float:
        """What machines and other systems told by themselves."""
        return self.percent(*BY_ITSELF)

    @property
    def scanned(self) -> float:
        return self.percent(CaptureWay.SCAN)

    @property
    def by_hand(self) -> float:
        return self.percent(CaptureWay.HAND)

    @property
    def ways(self) -> list[tuple[CaptureWay, Any, int, int, float]]:
        """Each way with its word, characteristics, values and share."""
        return [(way, way.label, self.parameters[way], self.values[way], self.percent(way)) for way in CaptureWay]

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The ways as parts of one line."""
        parts, start = [], 0.0
        for way, label, _many, _values, percent in self.ways:
            parts.append({"start": start, "percent": percent, "tone": TONES[way], "word": label})
            start += percent
        return parts


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a stretch of days."""

    total: Share
    weeks: list[Share]
    operations: list[Share]
    lines: list[Share]


def counted(found: Iterable[Came]) -> dict[tuple[int | None, str], Share]:
    """Line and operation → shares: each characteristic counts for the way by which most of its values came."""
    each: dict[tuple[int | None, str, str], dict[CaptureWay, int]] = defaultdict(lambda: defaultdict(int))
    for one in found:
        each[one.line, one.operation, one.key][one.way] += one.values
    shares: dict[tuple[int | None, str], Share] = defaultdict(Share)
    order = list(CaptureWay)
    for (line, operation, _key), ways in each.items():
        share = shares[line, operation]
        for way, many in ways.items():
            share.values[way] += many
        share.parameters[max(ways, key=lambda way: (ways[way], order.index(way)))] += 1
    return shares


def rows(person: Person, first: date, last: date, line: str = "") -> "QuerySet[CaptureDay]":
    """The counted days that a person sees."""
    found = scoping.visible(CaptureDay.objects.filter(day__gte=first, day__lte=last), person)
    return found.filter(Q(line__code=line) if line else Q())


def board(person: Person, first: date, last: date, line: str = "") -> Board:
    """Shares of a stretch: together, by week, operation and line."""
    sums = rows(person, first, last, line).order_by().values_list("day", "line__code", "operation", "way").annotate(
        Sum("parameters"), Sum("values")
    )
    total = Share()
    weeks, operations, lines = (defaultdict[str, Share](Share) for _n in range(3))
    for day, code, operation, way, parameters, values in sums:
        for share in (total, weeks[week(day)], operations[operation], lines[code or ""]):
            share.parameters[way] += parameters
            share.values[way] += values
    weakest = sorted(named(operations), key=lambda one: (-one.by_hand, one.name))
    return Board(total, sorted(named(weeks), key=lambda one: one.name), weakest,
                 sorted(named(lines), key=lambda one: (one.automatic, one.name)))


def named(found: dict[str, Share]) -> list[Share]:
    """Each share with what it is of."""
    for name, share in found.items():
        share.name = name
    return list(found.values())


def week(day: date) -> str:
    """The week of a day as calendars number it."""
    year, number, _day = day.isocalendar()
    return f"{year}-W{number:02d}"


def target() -> QualityObjective | None:
    """The objective that says how much shall come in by itself."""
    return QualityObjective.objects.filter(active=True, metric=Metric.CAPTURE).order_by("code").first()


def automatic(person: Person, since: datetime, until: datetime) -> float | None:
    """The share of automatic capture in a stretch, for the plant's objectives; None where nothing came in."""
    last = calendars.local_day(until - timedelta(seconds=1))
    total = board(person, calendars.local_day(since), last).total
    return total.automatic if total.total else None


objectives.COUNTED[Metric.CAPTURE] = automatic
