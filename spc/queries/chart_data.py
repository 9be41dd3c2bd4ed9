"""A chart over a stretch of time as the screen draws it: columns of points, limits by version, hits, gaps, marks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from spc import rulebook
from spc.models import ChartKind, ControlChart, LimitSet, ViolationPoint
from spc.points import Floats, Points
from spc.queries import chart_lines, ghosts, marks
from spc.queries.marks import moment
from spc.varying import TOLD, Lines
from traceability.queries import readings
from traceability.queries.readings import Point

MOST_HITS = 20_000  # the newest: several rules fire at one point
Place = tuple[datetime, int]
Row = tuple[datetime, int, float | None, float | None]


class Hit(NamedTuple):
    """A rule that fired at a point, and where its pattern began."""

    at: datetime
    seq: int
    value: float
    rule: str
    window_from: datetime
    violation: int


def title(chart: ControlChart) -> str:
    """What the chart shows, in the reader's language."""
    return chart.line.characteristic.title


def unit(chart: ControlChart) -> str:
    """The unit of what is plotted; shares and sums in sigma have none."""
    has_none = chart.kind == ChartKind.CUSUM or (chart.is_counted and chart.kind not in (ChartKind.NP, ChartKind.C))
    return "" if has_none else str(chart.stream.parameter.unit.symbol)


def data(chart: ControlChart, from_at: datetime, to_at: datetime) -> dict[str, Any]:
    """What the script draws: moments as milliseconds since 1970, one column each for values and ranges."""
    points, lines, is_whole = chart_lines.load(chart, from_at, to_at)
    found, left_out = hits(chart, from_at, to_at), ghosts.places(chart, from_at, to_at)
    breaks = [gap.to_at for gap in readings.gaps(chart.stream, from_at, to_at)]
    has_hours = not (chart.is_counted or chart.is_remembered)
    hours = readings.hours(chart.stream_id, from_at, to_at) if has_hours else []
    rows = merged(points, found, breaks, left_out, hours)
    places = {(at, seq): index for index, (at, seq, _value, _range) in enumerate(rows)}
    among = rulebook.parse(chart.rules)
    rules = sorted({hit.rule for hit in found} | {rule.id for rule in among})
    return {
        "title": title(chart), "unit": unit(chart), "names": names(chart, is_hourly=bool(hours)),
        "from": moment(from_at), "to": moment(to_at), "size": chart.subgroup_size,
        "at": [moment(row[0]) for row in rows], "value": [row[2] for row in rows], "range": [row[3] for row in rows],
        "limits": [_limits(limits) for limits in limits_between(chart, from_at, to_at)],
        "rules": {rule: [rulebook.headline(among, rule), rulebook.sentence(among, rule)] for rule in rules},
        "hits": [[places[hit.at, hit.seq], hit.rule, moment(hit.window_from), hit.violation] for hit in found],
        "ghosts": sorted(places[place] for place in left_out if place in places),
        "marks": [mark.drawn() for mark in marks.between(chart, from_at, to_at)], "thinned": not is_whole,
        **(_varying(chart, points, lines, rows) if chart.is_varying else {}),
    }


def _varying(chart: ControlChart, points: Points, lines: Lines | None, rows: list[Row]) -> dict[str, Any]:
    """What a chart of one panel shows beside its points: a column for each line, empty where a row is no point."""
    columns = {} if lines is None else {name: told(getattr(lines, name)) for name in TOLD}
    index = {place: i for i, place in enumerate(zip(points.at, points.seq, strict=True))}
    where = [index.get((at, seq)) for at, seq, _value, _range in rows]
    return {"kind": chart.kind, "lines": {
        name: [None if i is None else column[i] for i in where] for name, column in columns.items()
    }}


def names(chart: ControlChart, *, is_hourly: bool = False) -> list[str]:
    """What the two charts show; of a chart of one panel its points, and the readings behind them.

    Where readings are gone, the first chart goes on with the means of hours.
    """
    first, second = _names(chart)
    return [_("%(name)s (hourly values)") % {"name": first} if is_hourly else first, second]


def _names(chart: ControlChart) -> tuple[str, str]:
    if chart.is_remembered:
        return chart.get_kind_display(), _("Single values")
    if chart.is_counted:
        return chart.get_kind_display(), _("Sample size")
    if chart.subgroup_size == 1:
        return _("Single values"), _("Moving range")
    is_deviation = chart.kind == ChartKind.MEAN_DEVIATION
    second = _("Standard deviation of the subgroup") if is_deviation else _("Range of the subgroup")
    return _("Mean of the subgroup"), second


def hits(chart: ControlChart, from_at: datetime, to_at: datetime) -> list[Hit]:
    """The rules that fired at the points of a stretch, in order."""
    rows = ViolationPoint.objects.filter(chart=chart, at__gte=from_at, at__lte=to_at).order_by("-at", "-seq", "-pk")
    newest = rows.values_list("at", "seq", "value", "rule", "window_from", "violation_id")[:MOST_HITS]
    return [Hit(*row) for row in reversed(newest)]


def limits_between(chart: ControlChart, from_at: datetime, to_at: datetime) -> list[LimitSet]:
    """The versions in force at some time of a stretch, oldest first."""
    versions = list(chart.limit_sets.filter(valid_from__lte=to_at).order_by("valid_from"))
    later = [version for version in versions if version.valid_from > from_at]
    return versions[-len(later) - 1 :] if len(later) < len(versions) else versions


def merged(
    points: Points, found: list[Hit], breaks: list[datetime], left_out: set[Place], hours: Sequence[Point] = ()
) -> list[Row]:
    """Points in order, thinned evenly but for those flagged or left out, with a hole where readings are missing."""
    every = max(1, -(-len(points.at) // chart_lines.MOST))
    flagged = {(hit.at, hit.seq): hit.value for hit in found}
    values, ranges = told(points.values), told(points.ranges)
    places = list(zip(points.at, points.seq, strict=True))
    rows = [
        (*place, values[i], ranges[i])
        for i, place in enumerate(places)
        if i % every == 0 or place in flagged or place in left_out
    ]
    rows += [(*place, flagged[place], None) for place in set(flagged) - set(places)]
    rows += [(at, -1, None, None) for at in breaks] + [(one.at, one.seq, one.value, None) for one in hours]
    return sorted(rows, key=lambda row: row[:2])


def told(column: Floats) -> list[float | None]:
    """A column as JSON can say it: nothing where there is no number, and no more digits than mean something."""
    return [None if np.isnan(value) else float(f"{value:.10g}") for value in column.tolist()]


def _limits(limits: LimitSet) -> dict[str, Any]:
    return {
        "version": limits.version, "from": moment(limits.valid_from), "center": limits.center, "ucl": limits.upper,
        "lcl": limits.lower, "sigma": limits.sigma, "range_center": limits.range_center,
        "range_ucl": limits.range_upper, "provisional": limits.provisional,
    }
