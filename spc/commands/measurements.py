"""Judging new readings: from each chart's mark to its newest reading, each point once, nothing skipped."""

from collections.abc import Iterable
from datetime import datetime

from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from spc import judging, live
from spc.commands import episodes
from spc.commands.alarms import Track
from spc.models import ControlChart, Violation
from spc.queries import cases, checkpoints, limits, windows


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
    charts = lock(rows.select_related("stream__parameter", "line__plan"))
    if not charts:
        return []
    versions = limits.by_chart(chart.pk for chart in charts)
    if since is not None:
        checkpoints.forget((chart.pk for chart in charts if chart.is_remembered), since)
    loaded = cases.load(charts, versions, since, at)
    findings = judging.judge(loaded.cases)
    tracks = [Track(*track) for track in zip(loaded.charts, loaded.cases, findings, strict=True)]
    touched = episodes.follow(tracks, by=by, at=at) if tracks else []
    if loaded.marks:
        windows.advance(loaded.marks)
    for track in tracks:
        live.points(track.chart, track.case, track.findings)
    return touched
