"""Judging new readings: from each chart's mark to its newest reading, each point once, nothing skipped."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from spc import judging, live, points, rulebook
from spc.commands import episodes
from spc.commands.alarms import Track
from spc.judging import Case, Limits
from spc.models import ControlChart, Violation
from spc.queries import ghosts, limits, windows
from spc.queries.windows import Wanted, Window

UNWATCHED = timedelta(days=1)  # a chart without limits only keeps its mark up to date


@command
def evaluate(
    *, stream_ids: Iterable[int], by: Person, at: datetime, since: datetime | None = None
) -> list[Violation]:
    """Judge what the active charts of these streams have not judged yet; the violations that it opened or extended.

    Call it in the transaction that stored the readings, or later: the mark of each chart says where to go on. Give
    `since`, the time of the oldest of them, when readings may have come late: what they change is judged again; what
    was flagged stays flagged.
    """
    rows = ControlChart.objects.filter(stream__in=list(stream_ids), active=True)
    charts = lock(rows.select_related("stream__parameter"))
    if not charts:
        return []
    versions = limits.by_chart(chart.pk for chart in charts)
    loaded = windows.load([wanted(chart, versions.get(chart.pk, []), since, at) for chart in charts])
    moving = [chart for chart in charts if chart.pk in loaded]
    if not moving:
        return []
    left_out = ghosts.since([chart.pk for chart in moving], min(one.readings.at[0] for one in loaded.values()))
    cases = [
        case_of(chart, loaded[chart.pk], versions.get(chart.pk, []), left_out.get(chart.pk, set())) for chart in moving
    ]
    findings = judging.judge(cases)
    tracks = [Track(*track) for track in zip(moving, cases, findings, strict=True)]
    touched = episodes.follow(tracks, by=by, at=at)
    windows.advance(mark(chart, loaded[chart.pk]) for chart in moving)
    for track in tracks:
        live.points(track.chart, track.case, track.findings)
    return touched


def wanted(chart: ControlChart, versions: Sequence[Limits], since: datetime | None, at: datetime) -> Wanted:
    """From where to judge: the mark, or the oldest late reading; a new chart begins with its first limits."""
    start = chart.evaluated_at or (versions[0].valid_from if versions else at - UNWATCHED)
    seq = -1 if chart.evaluated_seq is None else chart.evaluated_seq
    if since is not None and since <= start:
        start, seq = since, -1
    among = rulebook.parse(chart.rules)
    here = judging.limits_at(versions, start)
    bridges = any(rule.missing == "bridge" for rule in among)
    return Wanted(
        chart, start, seq, judging.reach(among, chart.subgroup_size), bridges, here.valid_from if here else start
    )


def case_of(
    chart: ControlChart, window: Window, versions: Sequence[Limits], left_out: set[ghosts.Place]
) -> Case:
    """The points of a chart without those left out, and how many of them are new."""
    readings, resolution = window.readings, chart.stream.parameter.resolution
    plotted = points.plotted(
        readings, size=chart.subgroup_size, resolution=float(resolution) if resolution else None
    )
    if chart.subgroup_size == 1 and not left_out:
        return Case(plotted, window.fresh, versions, rulebook.parse(chart.rules))
    plotted = ghosts.without(plotted, left_out)
    first = len(readings.at) - window.fresh
    start = (readings.at[first], readings.seq[first])
    fresh = sum((a, s) >= start for a, s in zip(plotted.at, plotted.seq, strict=True))
    return Case(plotted, fresh, versions, rulebook.parse(chart.rules))


def mark(chart: ControlChart, window: Window) -> tuple[int, datetime, int]:
    """The newest reading that was looked at."""
    return chart.pk, window.readings.at[-1], window.readings.seq[-1]
