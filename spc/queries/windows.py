"""The readings that judging a chart needs: those after its mark, and as many before it as a rule looks back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from spc.models import ControlChart
from spc.points import Readings
from traceability.models import Quality, Stream
from traceability.queries import few

NEAR = timedelta(minutes=10)
LAST = 2**63 - 1  # no sequence lies behind it
MOST_SAMPLED = 100_000
MOST = 5000  # new readings of a chart that one evaluation takes; the sweep comes back for the rest
SAMPLED = "(c.every IS NULL OR mod(extract(epoch FROM at), c.every) < c.width)"
BEFORE = few.newest(
    stream="c.stream", since="edge.since", until="c.at", limit="c.reach",
    where="at >= %(oldest)s AND at <= %(last_mark)s AND (at, seq) <= (c.at, c.seq) AND (quality = 0 OR NOT c.bridges)"
          f" AND {SAMPLED}",
)
AFTER = few.oldest(
    stream="c.stream", since="c.at", until="edge.until", limit="%(most)s",
    where=f"at >= %(first_mark)s AND at <= %(newest)s AND (at, seq) > (c.at, c.seq) AND {SAMPLED}",
)
LOAD = f"""
SELECT c.id, r.at, r.seq, r.value, r.quality, r.fresh
FROM unnest(%(id)s::bigint[], %(stream)s::bigint[], %(at)s::timestamptz[], %(seq)s::bigint[], %(reach)s::int[],
            %(bridges)s::boolean[], %(since)s::timestamptz[], %(every)s::int[], %(width)s::float8[])
  AS c(id, stream, at, seq, reach, bridges, since, every, width)
CROSS JOIN LATERAL (
  SELECT CASE WHEN %(is_far)s AND c.every IS NULL
              THEN zz_newest_from(c.stream, c.since, c.at - interval '1 microsecond', c.reach, c.bridges)
              ELSE c.since END AS since,
         CASE WHEN c.at < now() - interval '1 hour'
              THEN zz_oldest_to(c.stream, c.at + interval '1 microsecond', %(newest)s, %(most)s)
              ELSE %(newest)s END AS until
  OFFSET 0
) AS edge
CROSS JOIN LATERAL (
  (SELECT at, seq, value, quality, false AS fresh FROM {BEFORE} AS before)
  UNION ALL
  (SELECT at, seq, value, quality, true FROM {AFTER} AS after)
) AS r
"""
BETWEEN = f"""
SELECT r.at, r.seq, r.value, r.quality
FROM (SELECT zz_newest_from(%(stream)s, %(from)s, %(to)s, %(most)s, false) AS since OFFSET 0) AS edge
CROSS JOIN LATERAL {few.newest(
    stream="%(stream)s", since="edge.since", until="%(to)s", where="at >= %(from)s", limit="%(most)s")} AS r
"""
UNTIL = "SELECT at, seq, value, quality FROM " + few.newest(
    stream="%(stream)s", since="%(since)s", until="%(at)s", where="(at, seq) <= (%(at)s, %(seq)s)", limit="%(most)s"
) + " AS last"
STEPS = """
SELECT at, seq, value, quality, before_at, before_seq, before, before_quality FROM (
  SELECT at, seq, value, quality, row_number() OVER w AS place, count(*) OVER () AS total,
         lag(at) OVER w AS before_at, lag(seq) OVER w AS before_seq,
         lag(value) OVER w AS before, coalesce(lag(quality) OVER w, 2::smallint) AS before_quality
  FROM zz_readings(%s, %s, %s) WINDOW w AS (ORDER BY at, seq)
) AS numbered WHERE place %% greatest(1, total / %s) = 0 ORDER BY at, seq
"""
ADVANCE = """
UPDATE spc_controlchart c SET evaluated_at = m.at, evaluated_seq = m.seq
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) AS m(id, at, seq)
WHERE c.id = m.id AND (c.evaluated_at IS NULL OR (c.evaluated_at, c.evaluated_seq) < (m.at, m.seq))
"""
GAPS = "SELECT stream_id, to_at FROM traceability_gap WHERE stream_id = ANY(%s) AND to_at > %s AND to_at <= %s"
ORDER = itemgetter(0, 1)
Row = tuple[datetime, int, float | None, int]
Mark = tuple[int, datetime, int]  # chart, newest reading looked at


class Wanted(NamedTuple):
    """A chart, the mark from which its readings are to be judged, how many before it, and none before `since`.

    With `every`, only the readings of the first `width` seconds of each interval of so many seconds.
    """

    chart: ControlChart
    at: datetime
    seq: int
    reach: int
    bridges: bool
    since: datetime
    every: int | None = None
    width: float = 0.0


class Window(NamedTuple):
    """Readings in order; the last `fresh` of them lie after the mark, the newest at (at, seq)."""

    readings: Readings
    fresh: int


def load(wanted: Sequence[Wanted]) -> dict[int, Window]:
    """The window of each chart that has readings after its mark, broken where a gap is known.

    One statement, bounded in time so that the database opens few of the days; a chart whose readings lie farther apart
    than their stream promises is asked again without the bound.
    """
    behind = [w for w in wanted if w.chart.stream.last_at and w.chart.stream.last_at >= w.at]
    near = [w._replace(since=max(w.since, w.at - _near(w))) for w in behind]
    before, after = _fetch(near)
    short = [
        w for w, n in zip(behind, near, strict=True)
        if after.get(w.chart.pk) and w.since < n.since and len(before.get(w.chart.pk, ())) < w.reach
    ]
    before |= _fetch(short, is_far=True)[0]
    moving = [w for w in behind if after.get(w.chart.pk)]
    gaps = _gaps(moving, before, after)
    return {
        w.chart.pk: _window(before.get(w.chart.pk, []), after[w.chart.pk], gaps.get(w.chart.stream_id, []))
        for w in moving
    }


def _near(w: Wanted) -> timedelta:
    """How long before the mark the readings of a regular stream lie that a chart looks back at."""
    return max(NEAR, timedelta(milliseconds=8 * w.reach * w.chart.stream.period_ms))


def _fetch(
    wanted: Sequence[Wanted], *, is_far: bool = False
) -> tuple[dict[int, list[Row]], dict[int, list[Row]]]:
    """The rows before and after the mark of each chart; charts without any are left out."""
    before: dict[int, list[Row]] = {}
    after: dict[int, list[Row]] = {}
    if not wanted:
        return before, after
    given: dict[str, Any] = {
        "id": [w.chart.pk for w in wanted], "stream": [w.chart.stream_id for w in wanted],
        "at": [w.at for w in wanted], "seq": [w.seq for w in wanted], "reach": [w.reach for w in wanted],
        "bridges": [w.bridges for w in wanted], "since": [w.since for w in wanted],
        "every": [w.every for w in wanted], "width": [w.width for w in wanted],
        "newest": max(w.chart.stream.last_at or w.at for w in wanted), "most": MOST, "is_far": is_far,
    }
    given |= {"oldest": min(given["since"]), "first_mark": min(given["at"]), "last_mark": max(given["at"])}
    with connection.cursor() as cursor:
        cursor.execute(LOAD, given)
        for chart, *row, fresh in cursor.fetchall():
            (after if fresh else before).setdefault(chart, []).append(tuple(row))
    return before, after


def between(stream_id: int, from_at: datetime, to_at: datetime, most: int) -> Readings:
    """The newest `most` readings of a stream in a window, in order."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN, {"stream": stream_id, "from": from_at, "to": to_at, "most": most})
        return readings_of(cursor.fetchall()[::-1])


def upto(wanted: Sequence[Wanted]) -> dict[int, Readings]:
    """The readings of each chart up to its place, `reach` of them at most; charts without any are left out."""
    return {chart: readings_of(sorted(rows, key=ORDER)) for chart, rows in _fetch(wanted)[0].items()}


def joined(before: Readings, after: Readings) -> Readings:
    """Readings that overlap as one series, each once."""
    first = (after.at[0], after.seq[0])
    kept = sum(place < first for place in zip(before.at, before.seq, strict=True))
    return Readings(
        [*before.at[:kept], *after.at], [*before.seq[:kept], *after.seq],
        np.concatenate([before.values[:kept], after.values]),
    )


def sampled(chart: ControlChart, from_at: datetime, to_at: datetime) -> Readings:
    """The readings of a stretch among which a chart's samples are: of intervals only the beginnings."""
    every = chart.every_seconds
    width = (chart.subgroup_size + 1.5) * chart.stream.period_ms / 1000
    asked = Wanted(chart, to_at, LAST, MOST_SAMPLED, False, from_at, every, width)
    return upto([asked]).get(chart.pk, Readings([], [], np.empty(0)))


def until(stream: Stream, at: datetime, seq: int, most: int) -> Readings:
    """The last `most` readings of a stream up to one of them, in order."""
    since = at - max(NEAR, timedelta(milliseconds=8 * most * stream.period_ms))
    with connection.cursor() as cursor:
        cursor.execute(UNTIL, {"stream": stream.pk, "since": since, "at": at, "seq": seq, "most": most})
        return readings_of(cursor.fetchall()[::-1])


def steps(stream_id: int, from_at: datetime, to_at: datetime, most: int) -> tuple[Readings, Readings]:
    """The readings of a window, thinned evenly to about `most`, and the one that came before each of them."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS, [stream_id, from_at, to_at, most])
        rows = cursor.fetchall()
    return readings_of([row[:4] for row in rows]), readings_of([row[4:] for row in rows])


def advance(marks: Iterable[Mark]) -> None:
    """Move the marks of charts on, never back."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [list(column) for column in zip(*marks, strict=True)])


def readings_of(rows: Sequence[Row]) -> Readings:
    """Rows in order, with NaN for every value that is not good."""
    at, seq, values, quality = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers = np.array(values, np.float64)
    numbers[np.array(quality, int) != Quality.GOOD] = np.nan
    return Readings(at, seq, numbers)


def _window(before: list[Row], after: list[Row], gaps: list[datetime]) -> Window:
    rows = sorted(before, key=ORDER) + sorted(after, key=ORDER)
    first = rows[0][0]
    breaks: list[Row] = [(end, -1, None, Quality.BAD) for end in gaps if first < end <= rows[-1][0]]
    if not breaks:
        return Window(readings_of(rows), len(after))
    start = ORDER(min(after, key=ORDER))
    merged = sorted(rows + breaks, key=ORDER)
    return Window(readings_of(merged), sum(ORDER(row) >= start for row in merged))


def _gaps(
    wanted: Sequence[Wanted], before: dict[int, list[Row]], after: dict[int, list[Row]]
) -> dict[int, list[datetime]]:
    """Where each stream began again after a gap, inside the windows."""
    if not wanted:
        return {}
    times = [row[0] for w in wanted for row in (*before.get(w.chart.pk, ()), *after[w.chart.pk])]
    streams = list({w.chart.stream_id for w in wanted})
    found: dict[int, list[datetime]] = {}
    with connection.cursor() as cursor:
        cursor.execute(GAPS, [streams, min(times), max(times)])
        for stream, end in cursor.fetchall():
            found.setdefault(stream, []).append(end)
    return found
