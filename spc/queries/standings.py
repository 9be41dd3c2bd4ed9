"""How good every process is of late: one statement for all charts, the sums made in the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from django.db import connection
from django.db.models import Q

from spc.engine import grade
from spc.models import COUNTED, ControlChart, Sampling, ViolationPoint
from spc.queries import capability, ghosts, windows
from spc.queries.capability import FEWEST, NEWEST
from traceability.queries import few

A_DAY = timedelta(days=1)
KEPT = """r.quality = 0 AND NOT EXISTS (
  SELECT FROM spc_ghostpoint g WHERE g.chart_id = c.id AND g.restored_at IS NULL
  AND g.at >= r.at AND g.seq BETWEEN r.seq AND r.seq + c.subgroup_size - 1
)"""
NEWEST_READ = few.newest(stream="c.stream_id", since="%(oldest)s", until="'infinity'", limit="%(most)s", where=KEPT)
NEWEST_OF_ALL = f"""
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
    SELECT count(*) AS n, avg(value) AS mean, stddev_samp(value) AS s, min(at) AS since FROM {NEWEST_READ} AS newest
) AS t
WHERE c.active AND c.sampling = 'IN_A_ROW' AND NOT c.only_its_product
  AND c.kind IN ('I_MR', 'XBAR_R', 'XBAR_S', 'EWMA', 'CUSUM') AND t.n > 0
"""
SAMPLED = Q(active=True, stream__last_at__isnull=False) & (~Q(sampling=Sampling.IN_A_ROW) | Q(only_its_product=True))


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
    rows += [_of_samples(chart, at) for chart in ControlChart.objects.filter(SAMPLED).exclude(kind__in=COUNTED)
             .select_related("stream", "line__characteristic", "line__plan")]
    for chart_id, size, sigma, lower, upper, n, mean, overall, flagged in rows:
        if not n:
            continue
        within = sigma * sqrt(size) if sigma is not None else None
        enough = n >= FEWEST
        cpk = _index(mean, within, lower, upper) if enough else None
        ppk = _index(mean, overall, lower, upper) if enough else None
        yield Measured(chart_id, n, flagged, cpk, ppk, grade.of(cpk, flagged, n) if cpk is not None else "")


def _of_samples(chart: ControlChart, at: datetime) -> tuple[Any, ...]:
    """The same row for a chart that takes only some of the readings of its stream."""
    left_out = ghosts.places(chart, at - A_DAY, at)
    values = capability.kept(chart, windows.sampled(chart, at - A_DAY, at), left_out)[-NEWEST:]
    limits = chart.limit_sets.filter(valid_from__lte=at).order_by("-valid_from").first()
    flags = ViolationPoint.objects.filter(chart=chart, at__gt=at - A_DAY)
    characteristic, many = chart.line.characteristic, len(values) > 1
    return (
        chart.pk, chart.subgroup_size, limits.sigma if limits else None, characteristic.lower, characteristic.upper,
        len(values), float(values.mean()) if many else None, float(values.std(ddof=1)) if many else None,
        flags.values("at", "seq").distinct().count(),
    )


def _index(mean: float, sigma: float | None, lower: float | None, upper: float | None) -> float | None:
    """How many times three sigma fit between the mean and the nearer limit."""
    sides = [mean - lower] if lower is not None else []
    sides += [upper - mean] if upper is not None else []
    return min(sides) / (3 * sigma) if sides and sigma else None
