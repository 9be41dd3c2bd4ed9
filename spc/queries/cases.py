"""What is to be judged of some charts: their new points with as many before them as their rules look back at."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from spc import judging, points, rulebook, varying
from spc.judging import Case, Limits
from spc.models import ChartKind, ControlChart, Sampling
from spc.points import Points, Readings
from spc.queries import checkpoints, counts, ghosts, samples, windows
from spc.queries.checkpoints import Behind
from spc.queries.windows import Mark, Wanted, Window
from spc.varying import Traced

UNWATCHED = timedelta(days=1)  # a chart without limits only keeps its mark up to date
MOST_BEFORE = 100_000  # readings that samples far apart are looked for among


class Loaded(NamedTuple):
    """The charts with new points, each as a case, and how far every chart has been looked at."""

    charts: list[ControlChart]
    cases: list[Case]
    marks: list[Mark]


def load(
    charts: Sequence[ControlChart], versions: dict[int, list[Limits]], since: datetime | None, at: datetime
) -> Loaded:
    """From each chart's mark, or from the oldest late reading, to its newest reading."""
    asked = {chart.pk: wanted(chart, versions.get(chart.pk, []), since, at) for chart in charts}
    memory = checkpoints.before([(asked[one.pk], versions.get(one.pk, [])) for one in charts if one.is_remembered])
    asked |= {pk: from_memory(asked[pk], behind) for pk, behind in memory.items()}
    found = windows.load(list(asked.values()))
    marks = [mark(chart, found[chart.pk]) for chart in charts if chart.pk in found]
    sampled = [chart for chart in charts if chart.pk in found and chart.sampling != Sampling.IN_A_ROW]
    due = [chart for chart in sampled if has_new_sample(chart, found.pop(chart.pk))]
    found |= windows.load([far(asked[one.pk], memory.get(one.pk)) for one in due]) if due else {}
    moving = [chart for chart in charts if chart.pk in found]
    if not moving:
        return Loaded([], [], marks)
    left_out = ghosts.since([chart.pk for chart in moving], min(found[chart.pk].readings.at[0] for chart in moving))
    cases = [
        case(one, found[one.pk], versions.get(one.pk, []), left_out.get(one.pk, set()), memory.get(one.pk))
        for one in moving
    ]
    return Loaded(moving, cases, marks)


def wanted(chart: ControlChart, versions: Sequence[Limits], since: datetime | None, at: datetime) -> Wanted:
    """From where to judge; a new chart begins with its first limits, one used again when it was taken up."""
    start = chart.evaluated_at or (versions[0].valid_from if versions else at - UNWATCHED)
    seq = -1 if chart.evaluated_seq is None else chart.evaluated_seq
    if since is not None and since <= start:
        start, seq = max(since, chart.judged_from or since), -1
    among, size = rulebook.parse(chart.rules), chart.subgroup_size
    here = judging.limits_at(versions, start)
    bridges = any(rule.missing == "bridge" for rule in among)
    back = judging.reach(among, size) if chart.sampling == Sampling.IN_A_ROW else 2 * size
    return Wanted(chart, start, seq, back, bridges, here.valid_from if here else start)


def from_memory(near: Wanted, behind: Behind) -> Wanted:
    """The same with all readings behind the state that the chart goes on from."""
    reach = MOST_BEFORE if near.chart.sampling == Sampling.IN_A_ROW else near.reach
    return near._replace(reach=reach, since=min(behind.since, near.at))


def far(near: Wanted, behind: Behind | None = None) -> Wanted:
    """The same with as many whole samples before the mark as the rules look back at, or as its memory asks for."""
    chart = near.chart
    count = judging.reach(rulebook.parse(chart.rules)) + 1
    start = behind.since if behind else max(near.since, samples.since(chart, near.at, count))
    width = (chart.subgroup_size + samples.SLACK) * chart.stream.period_ms / 1000
    every = chart.every_seconds if chart.sampling == Sampling.TIME else None
    return near._replace(reach=MOST_BEFORE, since=min(start, near.at), every=every, width=width)


def has_new_sample(chart: ControlChart, window: Window) -> bool:
    """Whether one of the new readings completes a sample."""
    shown = plotted(chart, window.readings)
    return bool(shown.at) and fresh(shown, window) > 0


def case(
    chart: ControlChart, window: Window, versions: Sequence[Limits], left_out: set[ghosts.Place],
    behind: Behind | None = None,
) -> Case:
    """The points of a chart without those left out, and how many of them are new."""
    shown = ghosts.without(plotted(chart, window.readings), left_out)
    is_each = chart.subgroup_size == 1 and chart.sampling == Sampling.IN_A_ROW and not left_out
    new = window.fresh if is_each else fresh(shown, window)
    among = rulebook.parse(chart.rules)
    if not chart.is_varying:
        return Case(shown, new, versions, among)
    found = traced(chart, shown, versions, behind)
    if behind:
        checkpoints.keep(chart, found, versions)
    return Case(found.points, min(new, len(found.points.at)), versions, among, found.lines, found.signals)


def traced(chart: ControlChart, shown: Points, versions: Sequence[Limits], behind: Behind | None = None) -> Traced:
    """What a chart of varying lines shows of its readings: those before its memory begins are left away."""
    if chart.is_remembered:
        return checkpoints.traced(chart, shown, versions, behind)
    return varying.counted(
        chart.kind, shown, counts.sizes(chart, shown),
        [(first, last, judging.frozen(limits)) for first, last, limits in judging.stages(shown, versions)],
    )


def plotted(chart: ControlChart, readings: Readings) -> Points:
    """What the chart shows of some readings."""
    return points.plotted(
        samples.taken(chart, readings), size=chart.subgroup_size, resolution=step(chart),
        deviations=chart.kind == ChartKind.MEAN_DEVIATION,
    )


def subgroups(chart: ControlChart, readings: Readings) -> points.Floats:
    """The readings that each point is made of (points, size)."""
    size = chart.subgroup_size
    return points.subgroups(samples.taken(chart, readings), size=size, resolution=step(chart))[1]


def step(chart: ControlChart) -> float | None:
    """How finely the chart's instrument tells values apart."""
    resolution = chart.stream.parameter.resolution
    return float(resolution) if resolution else None


def fresh(shown: Points, window: Window) -> int:
    """How many points end with a new reading."""
    first = len(window.readings.at) - window.fresh
    start = (window.readings.at[first], window.readings.seq[first])
    return sum(place >= start for place in zip(shown.at, shown.seq, strict=True))


def mark(chart: ControlChart, window: Window) -> Mark:
    """The newest reading that was looked at."""
    return chart.pk, window.readings.at[-1], window.readings.seq[-1]
