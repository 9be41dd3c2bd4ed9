"""A process on one page: what is drawn, and the figures beside it."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from spc import sixpack
from spc.drawing import Ink
from spc.models import ControlChart, LimitSet
from spc.points import Floats, Points
from spc.queries import capability, chart_data, chart_lines
from spc.sixpack import Lines

SHOWN = 100  # points on each control chart
FEWEST = 8  # readings that tell a shape


@dataclass(frozen=True, slots=True)
class Page:
    """Six titled pictures, the figures, the limits and how many readings they show; no picture without readings."""

    pictures: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    answer: capability.Answer
    limits: LimitSet | None
    readings: int


def of(chart: ControlChart, from_at: datetime, to_at: datetime, ink: Ink) -> Page:
    """The newest readings of a stretch."""
    values = capability.values_of(chart, from_at, to_at)
    answer = capability.of(chart, from_at, to_at)
    limits = next(iter(reversed(chart_data.limits_between(chart, from_at, to_at))), None)
    if chart.is_counted or len(values) < FEWEST or not values.std():
        return Page([], [], answer, limits, len(values))
    if chart.is_remembered:
        return remembered(chart, from_at, to_at, ink, values, answer, limits)
    points = newest(chart_lines.load(chart, from_at, to_at).points)
    places = {place: index for index, place in enumerate(zip(points.at, points.seq, strict=True))}
    flagged = {places[hit.at, hit.seq] for hit in chart_data.hits(chart, from_at, to_at) if (hit.at, hit.seq) in places}
    return Page(drawn(chart, points, flagged, values, limits, ink), facts(answer, values), answer, limits, len(values))


def remembered(
    chart: ControlChart, from_at: datetime, to_at: datetime, ink: Ink, values: Floats, answer: capability.Answer,
    limits: LimitSet | None,
) -> Page:
    """The same of a chart that remembers: its own points above, the readings behind them below."""
    found = chart_lines.load(chart, from_at, to_at)
    points, raw = newest(found.points), found.lines.raw[-SHOWN:] if found.lines else found.points.values[-SHOWN:]
    pictures = drawn(chart, points._replace(values=raw), set(), values, limits, ink)
    band = Lines()
    if found.lines is not None:
        told = (getattr(found.lines, name)[-SHOWN:] for name in ("center", "lower", "upper"))
        band = Lines(*(float(line[~np.isnan(line)][-1]) if (~np.isnan(line)).any() else None for line in told))
    title, single = str(chart.get_kind_display()), Lines()
    if limits:
        single = Lines(limits.center, limits.center - 3 * limits.sigma, limits.center + 3 * limits.sigma)
    pictures[0] = (title, sixpack.control(title, points.values, band, set(), ink))
    pictures[2] = (_("Single values"), sixpack.control(_("Single values"), raw, single, set(), ink))
    return Page(pictures, facts(answer, values), answer, limits, len(values))


def histogram(chart: ControlChart, from_at: datetime, to_at: datetime, ink: Ink) -> str:
    """The histogram alone; nothing where too few readings tell a shape."""
    values = capability.values_of(chart, from_at, to_at)
    limits = next(iter(reversed(chart_data.limits_between(chart, from_at, to_at))), None)
    if len(values) < FEWEST or not values.std():
        return ""
    return sixpack.histogram(_("Histogram"), values, within_of(chart, limits), tolerance(chart), ink)


def within_of(chart: ControlChart, limits: LimitSet | None) -> float | None:
    """Sigma of single readings by the limits."""
    return limits.sigma * float(np.sqrt(chart.subgroup_size)) if limits else None


def tolerance(chart: ControlChart) -> Lines:
    """Target and specification limits."""
    return Lines(*(getattr(chart.line.characteristic, name) for name in ("target", "lower", "upper")))


def newest(points: Points) -> Points:
    """The last of the points."""
    at, seq = points.at[-SHOWN:], points.seq[-SHOWN:]
    return Points(at, seq, points.values[-SHOWN:], points.ranges[-SHOWN:])


def drawn(
    chart: ControlChart, points: Points, flagged: set[int], values: Floats, limits: LimitSet | None, ink: Ink
) -> list[tuple[str, str]]:
    """The six pictures with their titles."""
    spec = tolerance(chart)
    lines = Lines(limits.center, limits.lower, limits.upper) if limits else Lines()
    ranges = Lines(limits.range_center, None, limits.range_upper) if limits else Lines()
    within = within_of(chart, limits)
    single = chart.subgroup_size == 1
    first, second = chart_data.names(chart)
    last = _("Last 25 points") if single else _("Last 25 subgroups")
    sigmas = [(_("within"), within)] if within else []
    sigmas.append((_("overall"), float(values.std(ddof=1))))
    titles = [_("Histogram"), _("Normal probability, %"), _("Capability")]
    return [
        (first, sixpack.control(first, points.values, lines, flagged, ink)),
        (titles[0], sixpack.histogram(titles[0], values, within, spec, ink)),
        (second, sixpack.control(second, points.ranges, ranges, set(), ink)),
        (titles[1], sixpack.probability(titles[1], values, ink)),
        (last, sixpack.newest(last, points.values, lines.center, ink)),
        (titles[2], sixpack.capability(titles[2], float(values.mean()), sigmas, spec, ink)),
    ]


def named(estimator: str) -> str:
    """How a sigma was found."""
    return _("Entered by hand") if estimator == "entered" else estimator


def facts(answer: capability.Answer, values: Floats) -> list[tuple[str, str]]:
    """The figures in words."""
    test: Any = import_module("spc.engine.normality").anderson_darling(values)  # the half second that scipy takes
    likely = "p < 0.005" if test.p < 0.005 else f"p = {test.p:.3f}"
    found = [("n", str(len(values))), (_("Mean"), f"{values.mean():.6g}")]
    found.append((_("Anderson–Darling"), f"{test.statistic:.3f}, {likely}"))
    it = answer.indices
    if it is None:
        return found
    pairs = [
        (_("Sigma within"), f"{it.sigma_within:.5g} ({named(it.within)})"),
        (_("Sigma overall"), f"{it.sigma_overall:.5g}"),
        ("Cp", it.cp), ("Cpk", it.cpk), ("Pp", it.pp), ("Ppk", it.ppk),
    ]
    return found + [(name, one if isinstance(one, str) else f"{one:.2f}") for name, one in pairs if one is not None]
