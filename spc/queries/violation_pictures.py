"""The control chart around a violation as a drawing: limits, zones, and the points flagged."""

from bisect import bisect_left
from datetime import timedelta
from math import isnan

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from qms.models import Nonconformance, NonconformanceSource
from spc import drawing, sixpack
from spc.models import Violation
from spc.points import Points
from spc.queries import chart_data, chart_lines, violations
from spc.sixpack import Lines, Titled

BEFORE, SHOWN = 40, 80  # points ahead of the first flagged one, and in all
SPANS = (timedelta(minutes=10), timedelta(hours=4), timedelta(days=7))  # tried until there are points enough


def of_nonconformance(case: Nonconformance) -> list[Titled]:
    """Both charts around the violation that opened it; nothing for what something else found."""
    if case.source_kind != NonconformanceSource.VIOLATION:
        return []
    violation = violations.of_nonconformance(case.number)
    return of(violation) if violation is not None else []


def of(violation: Violation) -> list[Titled]:
    """Values and ranges around a violation, with the limits by which it was judged."""
    chart = violation.chart
    for span in SPANS:
        from_at, to_at = violation.at - span, violation.at + span
        points, lines, _is_whole = chart_lines.load(chart, from_at, to_at)
        first = bisect_left(points.at, violation.at)
        if first >= BEFORE:
            break
    shown = slice(max(0, first - BEFORE), max(0, first - BEFORE) + SHOWN)
    near = Points(points.at[shown], points.seq[shown], points.values[shown], points.ranges[shown])
    if not len(near.at):
        return []
    hits = {(hit.at, hit.seq) for hit in chart_data.hits(chart, from_at, to_at) if hit.violation == violation.pk}
    flagged = {n for n, place in enumerate(zip(near.at, near.seq, strict=True)) if place in hits}
    if lines is not None:
        at = min(first, len(points.at) - 1)
        band = Lines(*(_known(getattr(lines, name)[at]) for name in ("center", "lower", "upper", "sigma")))
        return _drawn(violation, near, flagged, band, None, "")
    limits = next(iter(reversed(chart_data.limits_between(chart, from_at, violation.at))), None)
    if limits is None:
        return _drawn(violation, near, flagged, Lines(), Lines(), _("no limits"))
    values = Lines(limits.center, limits.lower, limits.upper, limits.sigma)
    ranges = Lines(limits.range_center, None, limits.range_upper)
    return _drawn(violation, near, flagged, values, ranges, _("limits version %(n)s") % {"n": limits.version})


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _drawn(
    violation: Violation, near: Points, flagged: set[int], values: Lines, ranges: Lines | None, version: str
) -> list[Titled]:
    """The chart of values, and that of ranges where the chart has one."""
    first, second = chart_data.names(violation.chart)
    place = f"{violation.chart.code} · {chart_data.title(violation.chart)}"

    def clock(at: float) -> str:
        return f"{localtime(near.at[min(len(near.at) - 1, max(0, round(at)))]):%H:%M:%S}"

    title = f"{place}: {first}" + (f" ({version})" if version else "")
    drawn = [(title, sixpack.control(title, near.values, values, flagged, drawing.PAPER, clock))]
    if ranges is not None:
        title = f"{place}: {second}"
        drawn.append((title, sixpack.control(title, near.ranges, ranges, set(), drawing.PAPER, clock)))
    return drawn
