"""Which rules fire at the newest points of many charts: one matrix for all charts that share their rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.engine import acceleration, rules, tick
from spc.engine.rule import Rule
from spc.points import Points
from spc.varying import Frozen, Lines, Signal

Floats = NDArray[np.float64]
QUIET = 8  # points in a row without a flag after which a chart is back in control
FEW = 32  # new points up to which the newest are judged one by one, not the whole series
RANGE_RULE = "range-beyond-3s"


class Limits(NamedTuple):
    """A frozen limit version as the judge needs it."""

    id: int
    version: int
    valid_from: datetime
    center: float
    sigma: float
    range_upper: float | None
    provisional: bool
    settings: Mapping[str, Any] = {}


@dataclass(slots=True)
class Case:
    """A chart's points, of which the newest `fresh` are to be judged, its limit versions by time, and its rules.

    A chart whose lines vary has them for each point, and the verdicts that it gives by itself.
    """

    points: Points
    fresh: int
    versions: Sequence[Limits]
    rules: tuple[Rule, ...]
    lines: Lines | None = None
    signals: tuple[Signal, ...] = ()


class Finding(NamedTuple):
    """A point at which rules fire: its place, the rules' ids, where their pattern began, the limits."""

    point: int
    rules: tuple[str, ...]
    window_start: int
    limits: Limits


class _Row(NamedTuple):
    """Points of a chart under one limit version: runs don't straddle two versions."""

    case: int
    start: int
    stop: int
    fresh: int
    limits: Limits


def reach(among: Sequence[Rule], size: int = 1) -> int:
    """Readings before the newest that a chart needs: the longest pattern, a good point before it, the quiet after."""
    return (rules.span(among) + QUIET + 1) * size + size


def warm_up() -> bool:
    """Compile the rules, where numba is installed, before the first reading waits for them."""
    return acceleration.start()


def judge(cases: Sequence[Case]) -> list[list[Finding]]:
    """The findings of each chart among its fresh points, in order. A fresh point without limits is not judged."""
    found: list[list[Finding]] = [[] for _ in cases]
    for among, rows in _by_rules(cases).items():
        for few in (True, False):
            block = [row for row in rows if (row.fresh <= FEW) == few]
            if block:
                flags = _flags(cases, block, among, few)
                for row, masks in zip(block, flags, strict=True):
                    found[row.case] += _findings(cases[row.case], row, masks, among)
    return [sorted(findings) for findings in found]


def limits_at(versions: Sequence[Limits], at: datetime) -> Limits | None:
    """The limits in force at a moment."""
    return next((limits for limits in reversed(versions) if limits.valid_from <= at), None)


def frozen(limits: Limits) -> Frozen:
    """What a chart of varying lines needs of a version."""
    return Frozen(limits.center, limits.sigma, limits.settings)


def stages(points: Points, versions: Sequence[Limits]) -> list[tuple[int, int, Limits]]:
    """The points under each version, oldest first: (first, behind last, version); none where nothing was in force."""
    stop, found = len(points.values), []
    for limits in reversed(versions):
        start = _first_at(points, limits.valid_from, stop)
        if start < stop:
            found.append((start, stop, limits))
            stop = start
    return found[::-1]


def _by_rules(cases: Sequence[Case]) -> dict[tuple[Rule, ...], list[_Row]]:
    grouped: dict[tuple[Rule, ...], list[_Row]] = defaultdict(list)
    for number, case in enumerate(cases):
        grouped[case.rules] += _rows(number, case)
    return grouped


def _rows(number: int, case: Case) -> list[_Row]:
    """One row for each limit version that fresh points fall under."""
    total = len(case.points.values)
    first_fresh, stop, rows = total - case.fresh, total, []
    for limits in reversed(case.versions):
        if stop <= first_fresh:
            break
        start = _first_at(case.points, limits.valid_from, stop)
        if start < stop:
            rows.append(_Row(number, start, stop, stop - max(start, first_fresh), limits))
            stop = start
    return rows


def _first_at(points: Points, at: datetime, stop: int) -> int:
    low, high = 0, stop
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if points.at[middle] < at else (low, middle)
    return low


def _flags(cases: Sequence[Case], rows: Sequence[_Row], among: tuple[Rule, ...], few: bool) -> NDArray[np.uint32]:
    """The bit masks (rows, most fresh points), newest last."""
    new = max(row.fresh for row in rows)
    if not among:
        return np.zeros((len(rows), new), np.uint32)
    width = max(rules.span(among) + new - 1, max(row.stop - row.start for row in rows))
    columns = np.full((width, len(rows)), np.nan)
    for i, row in enumerate(rows):
        columns[width - (row.stop - row.start) :, i] = cases[row.case].points.values[row.start : row.stop]
    center, sigma = _lines(cases, rows, width)
    if few:
        return tick.evaluate(columns.T, center, sigma, among, new=new)
    return rules.evaluate(np.ascontiguousarray(columns.T), center, sigma, among)[:, -new:]


def _lines(cases: Sequence[Case], rows: Sequence[_Row], width: int) -> tuple[Floats, Floats]:
    """Centre and sigma of each row (rows,), or of each of its points (rows, width) where lines vary."""
    center = np.array([row.limits.center for row in rows])
    sigma = np.array([row.limits.sigma for row in rows])
    if all(cases[row.case].lines is None for row in rows):
        return center, sigma
    center, sigma = (np.repeat(column[:, None], width, axis=1) for column in (center, sigma))
    for i, row in enumerate(rows):
        if (lines := cases[row.case].lines) is not None:
            center[i, width - (row.stop - row.start) :] = lines.center[row.start : row.stop]
            sigma[i, width - (row.stop - row.start) :] = lines.sigma[row.start : row.stop]
    return center, sigma


def _findings(case: Case, row: _Row, masks: NDArray[np.uint32], among: tuple[Rule, ...]) -> list[Finding]:
    found = []
    first = row.stop - row.fresh
    for offset, mask in enumerate(masks[len(masks) - row.fresh :].tolist()):
        index = first + offset
        fired = [rule for bit, rule in enumerate(among) if mask >> bit & 1]
        names = [rule.id for rule in fired]
        if row.limits.range_upper is not None and case.points.ranges[index] > row.limits.range_upper:
            names.append(RANGE_RULE)
        own = [signal for signal in case.signals if signal.fired[index]]
        names += [signal.rule for signal in own]
        if names:
            starts = [_window_start(case.points, row, index, rule) for rule in fired]
            starts += [max(row.start, index + 1 - int(signal.reach[index])) for signal in own]
            start = min(starts or [index])
            found.append(Finding(index, tuple(names), start, row.limits))
    return found


def _window_start(points: Points, row: _Row, index: int, rule: Rule) -> int:
    """Where the pattern that ends at a point began: missing points don't count where the rule bridges them."""
    if rule.missing != "bridge":
        return max(row.start, index - rule.span + 1)
    counted = np.flatnonzero(points.known[row.start : index + 1])
    return row.start + int(counted[-rule.span :][0])
