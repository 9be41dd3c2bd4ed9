"""The six pictures of a process: both charts, the newest points, histogram, probability and capability. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, pi, sqrt
from statistics import NormalDist

import numpy as np

from spc.drawing import Ink, Level, Picture, short
from spc.engine.statistics import descriptive
from spc.points import Floats

NEWEST = 25
Titled = tuple[str, str]  # a title and its SVG
PERCENT = (1, 5, 10, 25, 50, 75, 90, 95, 99)


@dataclass(frozen=True, slots=True)
class Lines:
    """Centre and limits of one statistic, and the sigma of its zones; None where there is none."""

    center: float | None = None
    lower: float | None = None
    upper: float | None = None
    sigma: float | None = None


def control(
    title: str, values: Floats, lines: Lines, flagged: set[int], ink: Ink, said: Callable[[float], str] | None = None
) -> str:
    """A control chart by the number of the point from 0, or by what `said` makes of it; zones where a sigma is told."""
    known = values[~np.isnan(values)]
    levels = [level for level in (lines.lower, lines.upper) if level is not None]
    picture = Picture(ink, (0, max(len(values) - 1, 1)), (min([*known, *levels]), max([*known, *levels])), title)
    picture.axes(said or (lambda place: short(place + 1)))
    if lines.center is not None and lines.sigma:
        for zone in (-2, -1, 1, 2):
            picture.across(Level(lines.center + zone * lines.sigma, "", ink.grid, "2 3"), quiet=True)
    picture.line([(place, value) for place, value in enumerate(values.tolist())], ink.line, 1.1)
    if len(values) <= 120:
        for place, value in enumerate(values.tolist()):
            if not np.isnan(value) and place not in flagged:
                picture.dot(place, value, ink.line, 1.6, short(value))
    for place in sorted(flagged):
        picture.dot(place, float(values[place]), ink.flagged, 3, short(float(values[place])))
    _across(picture, lines, ink)
    return picture.drawn()


def newest(title: str, values: Floats, center: float | None, ink: Ink) -> str:
    """The last points one by one."""
    last = values[-NEWEST:]
    known = last[~np.isnan(last)]
    picture = Picture(ink, (len(values) - len(last), len(values) - 1), (known.min(), known.max()), title)
    picture.axes(lambda place: short(place + 1))
    for place, value in enumerate(last.tolist(), len(values) - len(last)):
        if not np.isnan(value):
            picture.dot(place, value, ink.line, 2.4, short(value))
    picture.across(Level(center, "CL", ink.center, ""))
    return picture.drawn()


def histogram(title: str, values: Floats, sigma: float | None, spec: Lines, ink: Ink) -> str:
    """How often which value came, the normal curves of the overall and the within sigma, and the tolerance."""
    found = descriptive.histogram(values)
    mean, overall = float(values.mean()), float(values.std(ddof=1)) or 1e-12
    marks = [value for value in (spec.lower, spec.center, spec.upper) if value is not None]
    low, high = min([found.edges[0], mean - 4 * overall, *marks]), max([found.edges[-1], mean + 4 * overall, *marks])
    size = len(values) * (found.edges[1] - found.edges[0])
    peak = max(max(found.counts), size * _density(0, min(overall, sigma or overall)))
    picture = Picture(ink, (low - (high - low) * 0.03, high + (high - low) * 0.03), (0, peak), title)
    picture.axes()
    for begin, end, count in zip(found.edges, found.edges[1:], found.counts, strict=False):
        picture.bar(begin, end, count, f"{short(begin)} – {short(end)}: {count}")
    x = np.linspace(picture.x_from, picture.x_to, 160).tolist()
    picture.line([(at, size * _density((at - mean) / overall, overall)) for at in x], ink.line, 1.6)
    if sigma:
        picture.line([(at, size * _density((at - mean) / sigma, sigma)) for at in x], ink.center, 1.4, "4 3")
    for value, label in ((spec.lower, "LSL"), (spec.center, "T"), (spec.upper, "USL")):
        picture.down(Level(value, label, ink.limit))
    return picture.drawn()


def probability(title: str, values: Floats, ink: Ink) -> str:
    """Sorted values against normal quantiles at (i - 0.3) / (n + 0.4) (Benard): straight where they are normal."""
    x, normal = np.sort(values), NormalDist()
    z = [normal.inv_cdf((i + 0.7) / (len(x) + 0.4)) for i in range(len(x))]
    picture = Picture(ink, (float(x[0]), float(x[-1])), (min(z[0], -2.4), max(z[-1], 2.4)), title)
    for percent in PERCENT:
        level = normal.inv_cdf(percent / 100)
        picture.line([(picture.x_from, level), (picture.x_to, level)], ink.grid, 1)
        picture.text(42, picture.y(level) + 3, f"{percent}", "end", size=8)
    picture.axes(y_said=lambda _value: "")
    mean, s = float(x.mean()), float(x.std(ddof=1))
    picture.line([(picture.x_from, (picture.x_from - mean) / s), (picture.x_to, (picture.x_to - mean) / s)], ink.center)
    every = max(1, len(x) // 400)
    for at, level in zip(x[::every].tolist(), z[::every], strict=True):
        picture.dot(at, level, ink.line, 1.6, short(at))
    return picture.drawn()


def capability(title: str, mean: float, sigmas: Sequence[tuple[str, float]], spec: Lines, ink: Ink) -> str:
    """Six sigma of each kind as a bar beside the tolerance."""
    ends = [mean + side * 3 * sigma for _label, sigma in sigmas for side in (-1, 1)]
    ends += [value for value in (spec.lower, spec.upper) if value is not None]
    room = (max(ends) - min(ends)) * 0.04
    picture = Picture(ink, (min(ends) - room, max(ends) + room), (0, len(sigmas) + 1), title)
    picture.axes(y_said=lambda _value: "")
    for place, (label, sigma) in enumerate(sigmas):
        level = len(sigmas) - place
        low, high = mean - 3 * sigma, mean + 3 * sigma
        picture.line([(low, level), (high, level)], ink.line, 2)
        for at in (low, mean, high):
            picture.line([(at, level - 0.14), (at, level + 0.14)], ink.line, 2)
        picture.text(picture.x(mean), picture.y(level) - 9, f"{label}  σ = {short(sigma)}", "middle")
    for value, label in ((spec.lower, "LSL"), (spec.upper, "USL")):
        picture.down(Level(value, f"{label} {short(value)}" if value is not None else "", ink.limit))
    return picture.drawn()


def _across(picture: Picture, lines: Lines, ink: Ink) -> None:
    picture.across(Level(lines.upper, "UCL", ink.limit))
    picture.across(Level(lines.center, "CL", ink.center, ""))
    picture.across(Level(lines.lower, "LCL", ink.limit))


def _density(z: float, sigma: float) -> float:
    return exp(-z * z / 2) / (sigma * sqrt(2 * pi))
