"""Charts that stand quietly at their mark, and moving the marks of those that stay so."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from spc import rulebook
from spc.engine import rules
from spc.engine.rule import Rule
from traceability.queries import few

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEAR, NEAR_BY = "10 minutes", timedelta(minutes=10)  # a chart whose tail lies farther back is not followed in memory
# Times as whole microseconds since 1970, exactly.
MICROSECONDS = "(extract(epoch FROM %s) * 1000000)::bigint"
CHARTED = "SELECT stream_id, array_agg(id) FROM spc_controlchart WHERE active GROUP BY stream_id"
QUIET = f"""
SELECT c.id, c.stream_id, c.xmin::text || c.ctid::text, c.rules::text, p.resolution,
       {MICROSECONDS % "c.evaluated_at"}, c.evaluated_seq, l.id, l.center, l.sigma,
       l.valid_from >= c.evaluated_at - interval '{NEAR}'
FROM spc_controlchart c JOIN traceability_stream s ON s.id = c.stream_id
JOIN plant_parameter p ON p.id = s.parameter_id
CROSS JOIN LATERAL (
  SELECT id, center, sigma, valid_from FROM spc_limitset WHERE chart_id = c.id ORDER BY id DESC LIMIT 1
) AS l
WHERE c.stream_id = ANY(%s) AND c.active AND c.kind = 'I_MR' AND c.sampling = 'IN_A_ROW' AND NOT c.only_its_product
  AND l.valid_from <= c.evaluated_at
  AND NOT EXISTS (SELECT FROM spc_limitset x WHERE x.chart_id = c.id AND x.valid_from > l.valid_from)
  AND NOT EXISTS (SELECT FROM spc_violation v WHERE v.chart_id = c.id AND v.ended_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM spc_ghostpoint g
    WHERE g.chart_id = c.id AND g.restored_at IS NULL AND g.at > c.evaluated_at - interval '{NEAR}'
  )
"""
BEFORE = few.newest(
    stream="c.stream_id", since="l.valid_from", until="c.evaluated_at", limit="w.count",
    where="at >= %(oldest)s AND at <= %(newest)s AND (at, seq) <= (c.evaluated_at, c.evaluated_seq)",
)
TAILS = f"""
SELECT c.id, {MICROSECONDS % "r.at"}, CASE WHEN r.quality = 0 THEN r.value END,
       EXISTS (SELECT FROM traceability_gap g WHERE g.stream_id = c.stream_id AND g.to_at > r.at
               AND g.to_at <= c.evaluated_at)
FROM unnest(%(id)s::bigint[], %(count)s::int[]) AS w(id, count) JOIN spc_controlchart c ON c.id = w.id
CROSS JOIN LATERAL (SELECT max(valid_from) AS valid_from FROM spc_limitset WHERE chart_id = c.id) AS l
CROSS JOIN LATERAL {BEFORE} AS r ORDER BY c.id, r.at, r.seq
"""
# Only where nothing but these readings came since the chart was looked at, whoever wrote it: an update of the row
# changes its xmin and ctid.
MOVE = """
UPDATE spc_controlchart c SET evaluated_at = m.at, evaluated_seq = m.seq
FROM unnest(%(id)s::bigint[], %(token)s::text[], %(limits)s::bigint[], %(at)s::timestamptz[], %(seq)s::bigint[],
            %(fresh)s::int[]) AS m(id, token, limits, at, seq, fresh)
WHERE c.id = m.id AND c.xmin::text || c.ctid::text = m.token
  AND NOT EXISTS (SELECT FROM spc_limitset l WHERE l.chart_id = c.id AND l.id > m.limits)
  AND NOT EXISTS (SELECT FROM spc_violation v WHERE v.chart_id = c.id AND v.ended_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM spc_ghostpoint g WHERE g.chart_id = c.id AND g.restored_at IS NULL AND g.at > %(near)s
  )
  AND m.fresh = (
    SELECT count(*) FROM zz_readings(c.stream_id, c.evaluated_at, m.at) r
    WHERE r.at >= %(oldest)s AND r.at <= %(newest)s
      AND (r.at, r.seq) > (c.evaluated_at, c.evaluated_seq) AND (r.at, r.seq) <= (m.at, m.seq)
  )
RETURNING c.id, c.xmin::text || c.ctid::text
"""


class Followed(NamedTuple):
    """A chart at its mark (µs since 1970, sequence): rules, limits, and the values that the next point is seen with."""

    chart: int
    stream: int
    token: str
    rules: tuple[Rule, ...]
    resolution: float | None
    at_us: int
    seq: int
    limits: int
    center: float
    sigma: float
    tail: NDArray[np.float64]


class Moved(NamedTuple):
    """Where a quiet chart is to stand next, and by how many readings."""

    followed: Followed
    at_us: int
    seq: int
    fresh: int


def charted() -> dict[int, set[int]]:
    """The active charts of each stream that has any."""
    with connection.cursor() as cursor:
        cursor.execute(CHARTED)
        return {stream: set(charts) for stream, charts in cursor.fetchall()}


def quiet(stream_ids: Iterable[int]) -> list[Followed]:
    """The charts of these streams that one can follow in memory from their mark on."""
    with connection.cursor() as cursor:
        cursor.execute(QUIET, [list(stream_ids)])
        rows = cursor.fetchall()
    found = [
        (Followed(chart, stream, token, rulebook.parsed(said), float(resolution) if resolution else None, at_us, seq,
                  limits, center, sigma, np.empty(0)), young)
        for chart, stream, token, said, resolution, at_us, seq, limits, center, sigma, young in rows
    ]
    tails = _tails([followed for followed, _ in found])
    return [
        followed._replace(tail=tails[followed.chart]) for followed, young in found
        if followed.chart in tails and (young or len(tails[followed.chart]) == rules.span(followed.rules) - 1)
    ]


def _tails(charts: Sequence[Followed]) -> dict[int, NDArray[np.float64]]:
    """The values before each mark that rules look back at; a chart with a gap among them is left out."""
    if not charts:
        return {}
    marks = [followed.at_us for followed in charts]
    values: dict[int, list[float]] = {followed.chart: [] for followed in charts}
    broken = set()
    with connection.cursor() as cursor:
        cursor.execute(TAILS, {
            "id": list(values), "count": [rules.span(followed.rules) - 1 for followed in charts],
            "oldest": moment(min(marks)) - NEAR_BY, "newest": moment(max(marks)),
        })
        for chart, _at, value, is_broken in cursor.fetchall():
            values[chart].append(np.nan if value is None else value)
            if is_broken:
                broken.add(chart)
    return {chart: np.array(tail, np.float64) for chart, tail in values.items() if chart not in broken}


def move(moved: Sequence[Moved]) -> dict[int, str]:
    """Move the marks of quiet charts that nobody touched meanwhile; the new token of each that moved."""
    if not moved:
        return {}
    oldest = moment(min(one.followed.at_us for one in moved))
    given: dict[str, Any] = {
        "id": [one.followed.chart for one in moved], "token": [one.followed.token for one in moved],
        "limits": [one.followed.limits for one in moved], "at": [moment(one.at_us) for one in moved],
        "seq": [one.seq for one in moved], "fresh": [one.fresh for one in moved],
        "near": oldest - NEAR_BY, "oldest": oldest, "newest": moment(max(one.at_us for one in moved)),
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE, given)
        return dict(cursor.fetchall())


def moment(at_us: int) -> datetime:
    """A time as the database has it."""
    return EPOCH + timedelta(microseconds=at_us)
