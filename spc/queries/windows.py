"""The readings that judging a chart needs: those after its mark, and as many before it as a rule looks back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from spc.models import ControlChart
from spc.points import Readings
from traceability.models import Gap, Quality

MOST = 5000  # new readings of a chart that one evaluation takes; the sweep comes back for the rest
LOAD = """
SELECT c.id, r.at, r.seq, r.value, r.quality, r.fresh
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s::int[], %s::boolean[], %s::timestamptz[])
  AS c(id, stream, at, seq, reach, bridges, since)
CROSS JOIN LATERAL (
  (SELECT at, seq, value, quality, false AS fresh FROM traceability_reading
   WHERE stream_id = c.stream AND at >= c.since AND at <= c.at AND (at, seq) <= (c.at, c.seq)
     AND (quality = 0 OR NOT c.bridges)
   ORDER BY at DESC, seq DESC LIMIT c.reach)
  UNION ALL
  (SELECT at, seq, value, quality, true FROM traceability_reading
   WHERE stream_id = c.stream AND at >= c.at AND (at, seq) > (c.at, c.seq)
   ORDER BY at, seq LIMIT %s)
) AS r
"""
BETWEEN = """
SELECT at, seq, value, quality FROM traceability_reading
WHERE stream_id = %s AND at >= %s AND at <= %s ORDER BY at DESC, seq DESC LIMIT %s
"""
ADVANCE = """
UPDATE spc_controlchart c SET evaluated_at = m.at, evaluated_seq = m.seq
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) AS m(id, at, seq)
WHERE c.id = m.id AND (c.evaluated_at IS NULL OR (c.evaluated_at, c.evaluated_seq) < (m.at, m.seq))
"""
ORDER = itemgetter(0, 1)
Row = tuple[datetime, int, float | None, int]


class Wanted(NamedTuple):
    """A chart, the mark from which its readings are to be judged, how many before it, and none before `since`."""

    chart: ControlChart
    at: datetime
    seq: int
    reach: int
    bridges: bool
    since: datetime


class Window(NamedTuple):
    """Readings in order; the last `fresh` of them lie after the mark, the newest at (at, seq)."""

    readings: Readings
    fresh: int


def load(wanted: Sequence[Wanted]) -> dict[int, Window]:
    """The window of each chart that has readings after its mark, in one statement, broken where a gap is known."""
    columns = [list(column) for column in zip(*(_columns(w) for w in wanted), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(LOAD, [*columns, MOST])
        rows = cursor.fetchall()
    before: dict[int, list[Row]] = {w.chart.pk: [] for w in wanted}
    after: dict[int, list[Row]] = {w.chart.pk: [] for w in wanted}
    for chart, *row, fresh in rows:
        (after if fresh else before)[chart].append(tuple(row))
    moving = [w for w in wanted if after[w.chart.pk]]
    gaps = _gaps(moving, before, after)
    return {w.chart.pk: _window(before[w.chart.pk], after[w.chart.pk], gaps.get(w.chart.stream_id, [])) for w in moving}


def between(stream_id: int, from_at: datetime, to_at: datetime, most: int) -> Readings:
    """The newest `most` readings of a stream in a window, in order."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN, [stream_id, from_at, to_at, most])
        return readings_of(cursor.fetchall()[::-1])


def advance(marks: Iterable[tuple[int, datetime, int]]) -> None:
    """Move the marks of charts on, never back."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [list(column) for column in zip(*marks, strict=True)])


def readings_of(rows: Sequence[Row]) -> Readings:
    """Rows in order, with NaN for every value that is not good."""
    at, seq, values, quality = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers = np.array(values, np.float64)
    numbers[np.array(quality, int) != Quality.GOOD] = np.nan
    return Readings(at, seq, numbers)


def _columns(w: Wanted) -> tuple[Any, ...]:
    return w.chart.pk, w.chart.stream_id, w.at, w.seq, w.reach, w.bridges, w.since


def _window(before: list[Row], after: list[Row], gaps: list[datetime]) -> Window:
    rows = sorted(before, key=ORDER) + sorted(after, key=ORDER)
    first = rows[0][0]
    breaks: list[Row] = [(end, -1, None, Quality.BAD) for end in gaps if first < end <= rows[-1][0]]
    if not breaks:
        return Window(readings_of(rows), len(after))
    start = ORDER(min(after, key=ORDER))
    merged = sorted(rows + breaks, key=ORDER)
    return Window(readings_of(merged), sum(ORDER(row) >= start for row in merged))


def _gaps(wanted: Sequence[Wanted], before: dict[int, list[Row]], after: dict[int, list[Row]]) -> dict[int, list[datetime]]:
    """Where each stream began again after a gap, inside the windows."""
    if not wanted:
        return {}
    times = [row[0] for w in wanted for row in (*before[w.chart.pk], *after[w.chart.pk])]
    ends = Gap.objects.filter(
        stream__in={w.chart.stream_id for w in wanted}, to_at__gt=min(times), to_at__lte=max(times)
    )
    found: dict[int, list[datetime]] = {}
    for stream, end in ends.values_list("stream_id", "to_at"):
        found.setdefault(stream, []).append(end)
    return found
