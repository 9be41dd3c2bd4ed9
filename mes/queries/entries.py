"""How values come in at each operation: read by machines, typed by people, or sent by other systems."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count

from mes.models import Segment
from plant import scoping
from plant.models import Person, RevisionStatus
from qms.models import InspectionResult
from traceability.models import Source, Stream

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
MOST = 500  # newest readings of a stream that are looked at
SOURCES = """
SELECT s.id, r.source, count(*) FROM unnest(%s::bigint[]) AS s(id)
CROSS JOIN LATERAL (
  SELECT source FROM traceability_reading WHERE stream_id = s.id AND at > %s AND at <= %s ORDER BY at DESC LIMIT %s
) AS r GROUP BY s.id, r.source
"""
Counts = dict[int, int]


@dataclass(slots=True)
class Entry:
    """An operation: how many of its parameters come in by which way, and how many values that were."""

    operation: str
    places: set[str] = field(default_factory=set)
    parameters: Counts = field(default_factory=lambda: defaultdict(int))
    values: Counts = field(default_factory=lambda: defaultdict(int))

    def add(self, counts: Counts) -> None:
        """One parameter with its values by source; it counts for the way by which most of them came."""
        for source, count in counts.items():
            self.values[source] += count
        self.parameters[max(counts, key=lambda source: (counts[source], source))] += 1

    @property
    def total(self) -> int:
        return sum(self.parameters.values())

    @property
    def by_hand(self) -> float:
        """The share of parameters that people type, in percent."""
        return 100 * self.parameters[Source.MANUAL] / self.total if self.total else 0.0

    @property
    def ways(self) -> list[tuple[Any, int, int]]:
        """Each way with its parameters and values."""
        return [(source.label, self.parameters[source], self.values[source]) for source in Source]


def by_operation(person: Person, at: datetime) -> list[Entry]:
    """Every operation that a person sees, the one with most typing first: readings of a day, inspections of a week."""
    found: dict[str, Entry] = {}
    streams = scoping.visible(Stream.objects.filter(active=True).select_related("equipment"), person)
    known = {stream.pk: stream for stream in streams}
    operations = _operations()
    for pk, counts in _readings(known, at).items():
        place = known[pk].equipment
        for code in operations.get(place.pk, [place.code]):
            entry = found.setdefault(code, Entry(code))
            entry.places.add(place.code)
            entry.add(counts)
    for code, counts in _inspections(person, at):
        found.setdefault(code, Entry(code)).add(counts)
    return sorted(found.values(), key=lambda entry: (-entry.by_hand, entry.operation))


def _operations() -> dict[int, list[str]]:
    """The operations that each station does under routings in effect."""
    rows = Segment.objects.filter(work_master__status=RevisionStatus.EFFECTIVE, stations__isnull=False)
    found: dict[int, set[str]] = defaultdict(set)
    for station, code in rows.values_list("stations", "code"):
        found[station].add(code)
    return {station: sorted(codes) for station, codes in found.items()}


def _readings(streams: Iterable[int], at: datetime) -> dict[int, Counts]:
    found: dict[int, Counts] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [list(streams), at - A_DAY, at, MOST])
        for stream, source, count in cursor.fetchall():
            found[stream][source] = count
    return found


def _inspections(person: Person, at: datetime) -> list[tuple[str, Counts]]:
    rows = InspectionResult.objects.filter(at__gt=at - A_WEEK).exclude(item__inspection__operation="")
    grouped = scoping.visible(rows, person).order_by().values_list(
        "item__inspection__operation", "item__characteristic", "source"
    )
    found: dict[tuple[str, int], Counts] = defaultdict(dict)
    for operation, characteristic, source, count in grouped.annotate(count=Count("pk")):
        found[operation, characteristic][source] = count
    return [(operation, counts) for (operation, _characteristic), counts in found.items()]
