"""How good every process is of late: one statement for all charts, the sums made in the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from django.db import connection

from spc.engine import grade
from spc.queries.capability import FEWEST, NEWEST

A_DAY = timedelta(days=1)
NEWEST_OF_ALL = """
SELECT c.id, c.subgroup_size, l.sigma, k.lower, k.upper, t.n, t.mean, t.s, (
    SELECT count(DISTINCT (p.at, p.seq)) FROM spc_violationpoint p WHERE p.chart_id = c.id AND p.at >= t.since
)
FROM spc_controlchart c
JOIN qms_controlplanline pl ON pl.id = c.line_id
JOIN qms_characteristic k ON k.id = pl.characteristic_id
LEFT JOIN LATERAL (
    SELECT sigma FROM spc_limitset WHERE chart_id = c.id AND valid_from <= %(at)s ORDER BY valid_from DESC LIMIT 1
) AS l ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS n, avg(value) AS mean, stddev_samp(value) AS s, min(at) AS since FROM (
        SELECT r.value, r.at FROM traceability_reading r
        WHERE r.stream_id = c.stream_id AND r.at > %(oldest)s AND r.quality = 0 AND NOT EXISTS (
            SELECT FROM spc_ghostpoint g WHERE g.chart_id = c.id AND g.restored_at IS NULL
            AND g.at >= r.at AND g.seq BETWEEN r.seq AND r.seq + c.subgroup_size - 1
        )
        ORDER BY at DESC, seq DESC LIMIT %(most)s
    ) AS newest
) AS t
WHERE c.active AND t.n > 0
"""


@dataclass
class Measured:
    """What a chart's newest readings say; no index where they are few, do not spread, or have no tolerance."""

    chart_id: int
    points: int
    flagged: int
    cpk: float | None
    ppk: float | None
    grade: str


def measured(at: datetime) -> Iterator[Measured]:
    """Every active chart that has readings of the last day."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_OF_ALL, {"at": at, "oldest": at - A_DAY, "most": NEWEST})
        rows = cursor.fetchall()
    for chart_id, size, sigma, lower, upper, n, mean, overall, flagged in rows:
        within = sigma * sqrt(size) if sigma is not None else None
        enough = n >= FEWEST
        cpk = _index(mean, within, lower, upper) if enough else None
        ppk = _index(mean, overall, lower, upper) if enough else None
        yield Measured(chart_id, n, flagged, cpk, ppk, grade.of(cpk, flagged, n) if cpk is not None else "")


def _index(mean: float, sigma: float | None, lower: float | None, upper: float | None) -> float | None:
    """How many times three sigma fit between the mean and the nearer limit."""
    sides = [mean - lower] if lower is not None else []
    sides += [upper - mean] if upper is not None else []
    return min(sides) / (3 * sigma) if sides and sigma else None
