"""A chart over a stretch of time as the screen draws it: points, limits by version, flags, gaps."""

from datetime import datetime
from typing import Any

import numpy as np

from spc import rulebook
from spc.engine.charts import moving_ranges
from spc.engine.rule import Rule
from spc.models import ControlChart, LimitSet, Sampling, ViolationPoint
from spc.points import Points, Readings, rounded
from spc.queries import cases, ghosts, samples, windows
from traceability.queries import readings

MOST = 4000  # points drawn (a quarter of an hour of four readings a second); flagged ones always are
MOST_READINGS = 50_000
MOST_FLAGS = 5 * MOST  # the newest: several rules fire at one point
NONE: tuple[float, list[str]] = (0.0, [])
Flags = dict[tuple[datetime, int], tuple[float, list[str]]]


def title(chart: ControlChart) -> str:
    """What the chart shows, in the reader's language."""
    return chart.line.characteristic.title


def data(chart: ControlChart, from_at: datetime, to_at: datetime, *, ranges: bool = False) -> dict[str, Any]:
    """What `chart.js` draws: the plotted points, or the moving range or range below them."""
    flagged = {} if ranges else flags(chart, from_at, to_at)
    points, is_whole = (load_ranges if ranges else load)(chart, from_at, to_at)
    among = rulebook.parse(chart.rules)
    breaks = [gap.to_at for gap in readings.gaps(chart.stream, from_at, to_at)]
    rows = _rows(points, flagged, breaks, ghosts.places(chart, from_at, to_at))
    return {
        "title": title(chart), "unit": chart.stream.parameter.unit.symbol, "points": rows,
        "limits": [_limits(limits, ranges) for limits in limits_between(chart, from_at, to_at)],
        "violations": [hit for row in rows for hit in _hits(row, among)], "thinned": not is_whole,
    }


def load(chart: ControlChart, from_at: datetime, to_at: datetime) -> tuple[Points, bool]:
    """The plotted points of a stretch, and whether none was left out to draw fewer."""
    if chart.subgroup_size > 1 or chart.sampling != Sampling.IN_A_ROW:
        found = windows.between(chart.stream_id, from_at, to_at, MOST_READINGS)
        return cases.plotted(chart, found), len(found.at) < MOST_READINGS
    some = readings.series([chart.stream_id], from_at, to_at, MOST).get(chart.stream_id, [])
    values = np.array([point.value if point.good else None for point in some], np.float64)
    found = Readings([point.at for point in some], [point.seq for point in some], values)
    return cases.plotted(chart, found), len(some) < MOST


def load_ranges(chart: ControlChart, from_at: datetime, to_at: datetime) -> tuple[Points, bool]:
    """The ranges of subgroups, or the step to each single value from the one before it, drawn or not."""
    if chart.subgroup_size > 1:
        points, is_whole = load(chart, from_at, to_at)
        return points._replace(values=points.ranges), is_whole
    if not samples.is_plain(chart):
        points, is_whole = load(chart, from_at, to_at)
        return points._replace(values=moving_ranges(points.values)), is_whole
    found, before = windows.steps(chart.stream_id, from_at, to_at, MOST)
    ranges = np.abs(rounded(found.values, cases.step(chart)) - rounded(before.values, cases.step(chart)))
    return Points(found.at, found.seq, ranges, ranges), len(found.at) < MOST


def flags(chart: ControlChart, from_at: datetime, to_at: datetime) -> Flags:
    """The rules that fired at each flagged point of a stretch."""
    found: Flags = {}
    rows = ViolationPoint.objects.filter(chart=chart, at__gte=from_at, at__lte=to_at).order_by("-at", "-seq", "-pk")
    newest = list(rows.values_list("at", "seq", "value", "rule")[:MOST_FLAGS])
    for at, seq, value, rule in reversed(newest):
        found.setdefault((at, seq), (value, []))[1].append(rule)
    return found


def limits_between(chart: ControlChart, from_at: datetime, to_at: datetime) -> list[LimitSet]:
    """The versions in force at some time of a stretch, oldest first."""
    versions = list(chart.limit_sets.filter(valid_from__lte=to_at).order_by("valid_from"))
    later = [version for version in versions if version.valid_from > from_at]
    return versions[-len(later) - 1 :] if len(later) < len(versions) else versions


def _rows(
    points: Points, flagged: Flags, breaks: list[datetime], left_out: set[ghosts.Place]
) -> list[dict[str, Any]]:
    """Points in order, thinned evenly but for those flagged or left out, with a hole where readings are missing."""
    total = len(points.at)
    every = max(1, -(-total // MOST))
    kept = left_out | set(flagged)
    seen = set(zip(points.at, points.seq, strict=True))
    rows = [
        (points.at[i], points.seq[i], None if np.isnan(points.values[i]) else float(points.values[i]))
        for i in range(total)
        if i % every == 0 or (points.at[i], points.seq[i]) in kept
    ]
    rows += [(at, seq, value) for (at, seq), (value, _rules) in flagged.items() if (at, seq) not in seen]
    rows += [(at, -1, None) for at in breaks]
    rows.sort(key=lambda row: row[:2])
    return [
        {
            "id": f"{at.timestamp():.6f}-{seq}", "at": at.isoformat(), "value": value,
            "flags": flagged.get((at, seq), NONE)[1], **({"ghost": True} if (at, seq) in left_out else {}),
        }
        for at, seq, value in rows
    ]


def _limits(limits: LimitSet, ranges: bool) -> dict[str, Any]:
    if ranges and limits.range_center is None:
        return {"from": limits.valid_from.isoformat(), "center": None, "ucl": None, "lcl": None, "sigma": None}
    if ranges:
        return {
            "from": limits.valid_from.isoformat(), "center": limits.range_center, "ucl": limits.range_upper, "lcl": 0.0,
            "sigma": None,
        }
    return {
        "from": limits.valid_from.isoformat(), "center": limits.center, "ucl": limits.upper, "lcl": limits.lower,
        "sigma": limits.sigma, "version": limits.version,
    }


def _hits(row: dict[str, Any], among: tuple[Rule, ...]) -> list[dict[str, Any]]:
    """Why a point is flagged, in words."""
    return [{"point": row["id"], "rule": rule, "text": rulebook.sentence(among, rule)} for rule in row["flags"]]
