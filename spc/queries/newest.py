"""The newest points of many charts, as many as a small drawing shows, each as its chart takes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

import numpy as np

from spc import judging
from spc.judging import Limits
from spc.models import ControlChart, Sampling
from spc.points import Floats, Readings
from spc.queries import cases, checkpoints, limits, samples, windows
from spc.queries.checkpoints import Behind
from spc.queries.windows import LAST, Wanted
from traceability.queries.readings import Point

MOST_READINGS = 2_000


class Newest(NamedTuple):
    """Plotted values, oldest first, and the limits of the last one where they differ from point to point."""

    values: Floats
    band: tuple[float, float] | None = None


def points(charts: Sequence[ControlChart], tails: Mapping[int, Sequence[Point]], most: int) -> dict[int, Newest]:
    """The newest points of each chart; `tails` are the last readings of their streams."""
    versions = limits.by_chart(one.pk for one in charts if one.is_varying)
    memory = _memory(charts, tails, versions, most)
    apart = [one for one in charts if one.pk in memory or one.is_counted or one.sampling != Sampling.IN_A_ROW]
    found = windows.upto([_wanted(one, memory.get(one.pk), most) for one in apart if one.stream.last_at])
    return {
        one.pk: _shown(
            one, found.get(one.pk) or of_tail(tails.get(one.stream_id, [])), versions.get(one.pk, []),
            memory.get(one.pk), most,
        )
        for one in charts
    }


def _memory(
    charts: Sequence[ControlChart], tails: Mapping[int, Sequence[Point]], versions: Mapping[int, Sequence[Limits]],
    most: int,
) -> dict[int, Behind]:
    """What each chart that remembers goes on from, before its newest points."""
    found: dict[int, Behind] = {}
    places = []
    for one in charts:
        first = next(iter(tails.get(one.stream_id, [])[-most:]), None)
        if first is None or not one.is_remembered:
            continue
        begun = first.at if one.sampling == Sampling.IN_A_ROW else _begun(one, most)
        here = judging.limits_at(versions.get(one.pk, []), begun)
        if here is not None:
            found[one.pk] = Behind(here.valid_from, here.id, None, None)
            places.append((one.pk, here.id, begun, -1))
    return found | checkpoints.stored(places, is_before_drift=False)


def of_tail(tail: Sequence[Point]) -> Readings:
    """The last readings of a stream, NaN where they may not be trusted."""
    values = np.array([point.value if point.good else None for point in tail], np.float64)
    return Readings([point.at for point in tail], [point.seq for point in tail], values)


def _wanted(chart: ControlChart, behind: Behind | None, most: int) -> Wanted:
    """The readings of the newest points: the beginnings of samples, or all that follows a kept state."""
    width = (chart.subgroup_size + samples.SLACK) * chart.stream.period_ms / 1000
    since = behind.since if behind else _begun(chart, most)
    last = cast(datetime, chart.stream.last_at)
    return Wanted(chart, last, LAST, MOST_READINGS, False, since, chart.every_seconds, width)


def _begun(chart: ControlChart, most: int) -> datetime:
    """A moment before which so many of the newest points hardly lie."""
    last = cast(datetime, chart.stream.last_at)
    if chart.sampling == Sampling.IN_A_ROW:
        return last - timedelta(milliseconds=2 * most * chart.stream.period_ms)
    return samples.since(chart, last, 2 * most)


def _shown(
    chart: ControlChart, read: Readings, versions: Sequence[Limits], behind: Behind | None, most: int
) -> Newest:
    shown = cases.plotted(chart, read)
    if not chart.is_varying or not len(shown.at):
        return Newest(shown.values[-most:])
    traced = cases.traced(chart, shown, versions, behind)
    known = np.flatnonzero(~np.isnan(traced.lines.upper))
    if not len(known):
        return Newest(traced.points.values[-most:])
    last = int(known[-1])
    band = float(traced.lines.lower[last]), float(traced.lines.upper[last])
    return Newest(traced.points.values[-most:], band)
