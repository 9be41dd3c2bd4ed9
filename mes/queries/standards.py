"""What live values are compared with: which streams have golden windows, and which of them count where and when."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from mes.golden import Times
from mes.models import ParameterSpecification
from plant.fresh import Fresh
from plant.models import Equipment, RevisionStatus
from traceability.models import Quality, Stream
from traceability.queries import few

EPOCH, MICROSECOND = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
FOREVER = 2**62
MOST = 5000  # new readings of a stream that one pass takes; the sweep comes back for the rest
# A lot at the stream's equipment or a part of it, under an order whose routing has a window for what the stream reads.
RUNNING = """
SELECT w.stream, p.id, j.id, lower(v.during), upper(v.during), p.low, p.high, p.ramp
FROM unnest(%(stream)s::bigint[], %(parameter)s::bigint[], %(place)s::bigint[], %(since)s::timestamptz[])
     AS w(stream, parameter, place, since)
JOIN traceability_visit v ON v.equipment_id = w.place AND v.during && tstzrange(w.since, NULL)
JOIN mes_joborder j ON j.number = v.job_order
JOIN mes_segment s ON s.work_master_id = j.work_master_id AND s.code = v.operation
JOIN mes_parameterspecification p ON p.segment_id = s.id AND p.parameter_id = w.parameter
ORDER BY w.stream, p.id, lower(v.during), v.id
"""
SINCE = few.oldest(
    stream="w.stream", since="w.since", until="edge.until", limit="%(most)s", where="at >= %(oldest)s"
)
LOAD = f"""
SELECT w.stream, r.at, r.seq, r.value, r.quality
FROM unnest(%(stream)s::bigint[], %(since)s::timestamptz[]) AS w(stream, since)
CROSS JOIN LATERAL (
  SELECT CASE WHEN w.since < now() - interval '1 hour' THEN zz_oldest_to(w.stream, w.since, 'infinity', %(most)s)
              ELSE 'infinity' END AS until OFFSET 0
) AS edge
CROSS JOIN LATERAL {SINCE} AS r ORDER BY w.stream, r.at, r.seq
"""
UNMARKED = """
SELECT DISTINCT w.deviation, v.lot_id
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS w(deviation, place, from_at, to_at)
JOIN traceability_visit v ON v.equipment_id = w.place AND v.during && tstzrange(w.from_at, w.to_at, '(]')
WHERE NOT EXISTS (SELECT FROM mes_deviationlot d WHERE d.deviation_id = w.deviation AND d.lot_id = v.lot_id)
ORDER BY 1, 2
"""
LAST_GOOD = "SELECT at FROM " + few.newest(
    stream="%(stream)s", since="%(since)s", until="%(before)s", limit="1",
    where="at < %(before)s AND quality = 0"
          " AND value BETWEEN coalesce(%(low)s, '-infinity') AND coalesce(%(high)s, 'infinity')",
) + " AS good"


class Watched(NamedTuple):
    """A stream that has golden windows: its parameter, and the places whose lots it tells of."""

    parameter: int
    places: tuple[int, ...]


class Span(NamedTuple):
    """From when to when an order ran somewhere; the end is None while it runs."""

    job: int
    start: datetime
    end: datetime | None


class Pair(NamedTuple):
    """A stream beside a golden parameter, and when that product's operation ran there."""

    stream: int
    standard: int
    low: float
    high: float
    ramp: float
    spans: list[Span]

    @property
    def edges(self) -> list[tuple[int, int]]:
        """The spans in microseconds."""
        return [(micros(span.start), micros(span.end) if span.end else FOREVER) for span in self.spans]


class Series(NamedTuple):
    """Readings of a stream in order; NaN where a value is not good."""

    at: list[datetime]
    seq: list[int]
    times: Times
    values: Any


_kept: Fresh[dict[int, Watched]] = Fresh(seconds=5)


def watched(stream_ids: Iterable[int]) -> dict[int, Watched]:
    """Those of these streams that some routing has a golden window for; known for five seconds."""
    everything = _kept.get("all", _watched)
    return {pk: everything[pk] for pk in stream_ids if pk in everything}


def _watched() -> dict[int, Watched]:
    standards = ParameterSpecification.objects.exclude(segment__work_master__status=RevisionStatus.DRAFT)
    streams = Stream.objects.filter(active=True, parameter__in=standards.values("parameter")).order_by("pk")
    rows = list(streams.values_list("pk", "parameter_id", "equipment_id"))
    parts = _parts() if rows else {}
    return {pk: Watched(parameter, tuple(_within(place, parts))) for pk, parameter, place in rows}


def _parts() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pk, parent in Equipment.objects.exclude(parent=None).values_list("pk", "parent_id"):
        found.setdefault(parent, []).append(pk)
    return found


def _within(place: int, parts: Mapping[int, list[int]]) -> list[int]:
    return [place, *(deeper for part in parts.get(place, ()) for deeper in _within(part, parts))]


def running(streams: Mapping[int, Watched], since: Mapping[int, datetime]) -> list[Pair]:
    """The golden parameters that counted for these streams at some time since a moment of each; one statement."""
    asked = [(stream, one.parameter, place, since[stream]) for stream, one in streams.items() for place in one.places]
    columns = [list(column) for column in zip(*asked, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, dict(zip(("stream", "parameter", "place", "since"), columns, strict=True)))
        rows = cursor.fetchall()
    found: dict[tuple[int, int], Pair] = {}
    for stream, standard, job, start, end, *window in rows:
        low, high, ramp = (float("nan") if bound is None else bound for bound in window)
        pair = found.setdefault((stream, standard), Pair(stream, standard, low, high, ramp, []))
        pair.spans.append(Span(job, start, end))
    return list(found.values())


def places(streams: Mapping[int, int]) -> dict[int, list[int]]:
    """For each stream the place where it stands, given here, and everything in that place; one statement."""
    parts = _parts() if streams else {}
    return {stream: _within(place, parts) for stream, place in streams.items()}


def unmarked(asked: Iterable[tuple[int, int, datetime, datetime]]) -> dict[int, list[int]]:
    """The lots that stood at a place in (from, to] and that the deviation has not marked, by deviation; one statement.

    Each of what is asked is a deviation, a place, from when and to when.
    """
    columns = [list(column) for column in zip(*asked, strict=True)]
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(UNMARKED, columns)
        for deviation, lot in cursor.fetchall():
            found.setdefault(deviation, []).append(lot)
    return found


def load(since: Mapping[int, datetime]) -> dict[int, Series]:
    """The readings of each stream from a moment on; one statement, in order of process time."""
    if not since:
        return {}
    moments = list(since.values())
    given: dict[str, Any] = {"stream": list(since), "since": moments, "oldest": min(moments), "most": MOST}
    rows: dict[int, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LOAD, given)
        for stream, *row in cursor.fetchall():
            rows.setdefault(stream, []).append(tuple(row))
    return {stream: _series(found) for stream, found in rows.items()}


def _series(rows: list[tuple[Any, ...]]) -> Series:
    at, seq, values, quality = (list(column) for column in zip(*rows, strict=True))
    numbers = np.array(values, np.float64)
    numbers[np.array(quality) != Quality.GOOD] = np.nan
    return Series(at, seq, np.array([micros(moment) for moment in at], np.int64), numbers)


def last_read(stream_ids: Iterable[int]) -> dict[int, datetime]:
    """The time of the newest reading of each stream that has any."""
    rows = Stream.objects.filter(pk__in=list(stream_ids), last_at__isnull=False)
    return {pk: at for pk, at in rows.values_list("pk", "last_at") if at is not None}


def micros(moment: datetime) -> int:
    """Microseconds since 2000, exactly."""
    return (moment - EPOCH) // MICROSECOND


def last_good(standard: ParameterSpecification, stream_id: int, before: datetime, since: datetime) -> datetime | None:
    """The newest reading inside the window before a moment, no older than `since`."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_GOOD, {
            "stream": stream_id, "since": since, "before": before, "low": standard.low, "high": standard.high,
        })
        found = cursor.fetchone()
    return found[0] if found else None
