"""Reading back what was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from traceability.models import Gap, Quality, ReadingHour, Stream
from traceability.queries import few

SERIES = """
SELECT stream_id, at, seq, value, quality, hourly FROM (
  SELECT stream_id, at, seq, value, quality, hourly,
         row_number() OVER w AS place, count(*) OVER (PARTITION BY stream_id) AS total
  FROM unnest(%(streams)s::bigint[]) AS wanted(stream_id) CROSS JOIN LATERAL (
    SELECT at, seq, value, quality, false AS hourly FROM zz_readings(wanted.stream_id, %(from)s, %(to)s)
    UNION ALL
    SELECT greatest(hour, %(from)s), -1, mean, CASE WHEN good = 0 THEN 4 ELSE 0 END, true
    FROM traceability_readinghour h
    WHERE h.stream_id = wanted.stream_id AND hour > %(from)s - interval '1 hour' AND hour <= %(to)s
  ) AS r WINDOW w AS (PARTITION BY stream_id ORDER BY at, seq)
) AS numbered WHERE place %% greatest(1, total / %(most)s) = 0 ORDER BY stream_id, at, seq
"""
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
# Only columns of the key's index: what else a reading says lies a page of the table apart, for each reading another.
NEWEST = few.newest(stream="s.id", since="%(since)s", until="'infinity'", limit="%(count)s")
TAIL = f"""
SELECT s.id, r.at, r.seq, r.value, r.quality FROM unnest(%(streams)s::bigint[]) AS s(id)
CROSS JOIN LATERAL {NEWEST} AS r ORDER BY s.id, r.at, r.seq
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One reading as it was stored, or the mean of an hour of which no more is known."""

    at: datetime
    seq: int
    value: float | None
    quality: int
    hourly: bool = False

    @property
    def good(self) -> bool:
        return self.value is not None and self.quality == Quality.GOOD


def series(
    stream_ids: Iterable[int], from_at: datetime, to_at: datetime, max_points: int = 500
) -> dict[int, list[Point]]:
    """The readings of some streams in a window, thinned evenly to about max_points a stream; hourly where gone."""
    words: dict[str, Any] = {"streams": list(stream_ids), "from": from_at, "to": to_at, "most": max_points}
    with connection.cursor() as cursor:
        cursor.execute(SERIES, words)
        return grouped(cursor.fetchall())


def tail(stream_ids: Iterable[int], count: int) -> dict[int, list[Point]]:
    """The newest readings of some streams, oldest first; no older than a day."""
    with connection.cursor() as cursor:
        since = timezone.now() - A_DAY  # a constant names the partitions
        cursor.execute(TAIL, {"streams": list(stream_ids), "since": since, "count": count})
        return grouped(cursor.fetchall())


def latest(stream_ids: Iterable[int]) -> dict[int, Point]:
    """The newest reading of each stream."""
    return {stream: points[-1] for stream, points in tail(stream_ids, 1).items()}


def hours(stream_id: int, from_at: datetime, to_at: datetime) -> list[Point]:
    """The means of the hours of a window whose readings are gone."""
    rows = ReadingHour.objects.filter(stream=stream_id, hour__gt=from_at - AN_HOUR, hour__lte=to_at).order_by("hour")
    return [
        Point(max(hour, from_at), -1, mean, Quality.GOOD if good else Quality.BAD, hourly=True)
        for hour, mean, good in rows.values_list("hour", "mean", "good")
    ]


def gaps(stream: Stream, from_at: datetime, to_at: datetime) -> list[Gap]:
    """What is known to be missing in a window."""
    return list(Gap.objects.filter(stream=stream, from_at__lt=to_at, to_at__gt=from_at).order_by("from_at"))


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Point]]:
    """Rows of (stream, at, seq, value, quality), with or without whether they are hourly, by stream."""
    found: dict[int, list[Point]] = {}
    for stream, *fields in rows:
        found.setdefault(stream, []).append(Point(*fields))
    return found
