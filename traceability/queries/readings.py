"""Reading back what was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from traceability.models import Gap, Quality, Stream

SERIES = """
SELECT stream_id, at, seq, value, quality, source FROM (
  SELECT stream_id, at, seq, value, quality, source,
         row_number() OVER w AS place, count(*) OVER (PARTITION BY stream_id) AS total
  FROM traceability_reading WHERE stream_id = ANY(%s) AND at >= %s AND at <= %s
  WINDOW w AS (PARTITION BY stream_id ORDER BY at, seq)
) AS numbered WHERE place %% greatest(1, total / %s) = 0 ORDER BY stream_id, at, seq
"""
A_DAY = timedelta(days=1)
TAIL = """
SELECT s.id, r.at, r.seq, r.value, r.quality, r.source FROM unnest(%s::bigint[]) AS s(id)
CROSS JOIN LATERAL (
  SELECT at, seq, value, quality, source FROM traceability_reading
  WHERE stream_id = s.id AND at > %s ORDER BY at DESC, seq DESC LIMIT %s
) AS r ORDER BY s.id, r.at, r.seq
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One reading as it was stored."""

    at: datetime
    seq: int
    value: float | None
    quality: int
    source: int

    @property
    def good(self) -> bool:
        return self.value is not None and self.quality == Quality.GOOD


def series(
    stream_ids: Iterable[int], from_at: datetime, to_at: datetime, max_points: int = 500
) -> dict[int, list[Point]]:
    """The readings of some streams in a window, thinned evenly to about max_points a stream."""
    with connection.cursor() as cursor:
        cursor.execute(SERIES, [list(stream_ids), from_at, to_at, max_points])
        return grouped(cursor.fetchall())


def tail(stream_ids: Iterable[int], count: int) -> dict[int, list[Point]]:
    """The newest readings of some streams, oldest first; no older than a day."""
    with connection.cursor() as cursor:
        cursor.execute(TAIL, [list(stream_ids), timezone.now() - A_DAY, count])  # a constant names the partitions
        return grouped(cursor.fetchall())


def latest(stream_ids: Iterable[int]) -> dict[int, Point]:
    """The newest reading of each stream."""
    return {stream: points[-1] for stream, points in tail(stream_ids, 1).items()}


def gaps(stream: Stream, from_at: datetime, to_at: datetime) -> list[Gap]:
    """What is known to be missing in a window."""
    return list(Gap.objects.filter(stream=stream, from_at__lt=to_at, to_at__gt=from_at).order_by("from_at"))


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Point]]:
    """Rows of (stream, at, seq, value, quality, source) by stream."""
    found: dict[int, list[Point]] = {}
    for stream, *fields in rows:
        found.setdefault(stream, []).append(Point(*fields))
    return found
