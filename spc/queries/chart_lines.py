"""The points of a chart over a stretch of time, and their lines where these vary from point to point."""

from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc import judging
from spc.engine.charts import moving_ranges
from spc.models import ControlChart
from spc.points import Floats, Points, Readings, rounded
from spc.queries import cases, checkpoints, counts, ghosts, limits, samples, windows
from spc.varying import Lines, Traced, statistic

MOST = 10_000  # points drawn; flagged ones and those left out always are
MOST_READINGS = 50_000
MOST_BEFORE = 1_000  # readings between a kept state and the first one drawn


class Drawn(NamedTuple):
    """Points with the range beside them, their lines where they vary, and whether that is all of them."""

    points: Points
    lines: Lines | None
    is_whole: bool


def load(chart: ControlChart, from_at: datetime, to_at: datetime) -> Drawn:
    """The points of a stretch with their ranges (of the subgroup, or from the value before).

    Single values are thinned evenly in the database where there are more than `MOST`; of subgroups, and of charts whose
    points rest on one another, the newest are kept.
    """
    if chart.is_varying:
        return varying(chart, from_at, to_at)
    if samples.is_plain(chart) and chart.subgroup_size == 1:
        found, before = windows.steps(chart.stream_id, from_at, to_at, MOST)
        values = rounded(found.values, cases.step(chart))
        steps = np.abs(values - rounded(before.values, cases.step(chart)))
        return Drawn(Points(found.at, found.seq, values, steps), None, len(found.at) < MOST)
    read = windows.between(chart.stream_id, from_at, to_at, MOST_READINGS)
    points = cases.plotted(chart, read)
    if chart.subgroup_size == 1:
        points = points._replace(ranges=moving_ranges(points.values))
    return Drawn(points, None, len(read.at) < MOST_READINGS)


def varying(chart: ControlChart, from_at: datetime, to_at: datetime) -> Drawn:
    """The newest readings of a stretch, each with what it is compared with; points left out have no lines."""
    read = windows.between(chart.stream_id, from_at, to_at, MOST_READINGS)
    shown = cases.plotted(chart, read)
    if not len(shown.at):
        return Drawn(shown, None, len(read.at) < MOST_READINGS)
    found = traced(chart, read)
    places = {place: i for i, place in enumerate(zip(found.points.at, found.points.seq, strict=True))}
    index = np.array([places.get(place, -1) for place in zip(shown.at, shown.seq, strict=True)])
    lines = Lines(*(_placed(getattr(found.lines, name), index) for name in Lines.__slots__))
    lines.raw[:] = shown.values
    values = _placed(found.points.values, index)
    if chart.is_counted:
        lines.sizes[:] = counts.sizes(chart, shown)
        values = statistic(chart.kind, lines.raw, lines.sizes)
    ranges = np.full(len(values), np.nan)
    return Drawn(Points(shown.at, shown.seq, values, ranges), lines, len(read.at) < MOST_READINGS)


def _placed(column: Floats, index: NDArray[np.int64]) -> Floats:
    """The numbers at some places, NaN at -1."""
    return np.append(column, np.nan)[index]


def traced(chart: ControlChart, read: Readings) -> Traced:
    """The statistics of readings without those left out, by the versions in force then, going on from what was kept."""
    versions = limits.by_chart([chart.pk]).get(chart.pk, [])
    here = judging.limits_at(versions, read.at[0])
    behind = None
    if chart.is_remembered and here is not None:
        behind = checkpoints.at(chart, here, read.at[0])
        read = windows.joined(windows.between(chart.stream_id, behind.since, read.at[0], MOST_BEFORE), read)
    every = cases.plotted(chart, read)
    left_out = ghosts.places(chart, read.at[0], read.at[-1])
    return cases.traced(chart, ghosts.without(every, left_out), versions, behind)
