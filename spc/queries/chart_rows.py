"""The numbers of a chart as rows of a file: exactly what is drawn, and every point of it."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plant.lists.looks import Plain
from spc import rulebook
from spc.models import ControlChart, LimitSet
from spc.points import Points
from spc.queries import chart_data, chart_lines, ghosts, marks
from spc.varying import Lines


def head(chart: ControlChart) -> list[str]:
    """The columns."""
    unit = chart.stream.parameter.unit.symbol
    shown = [f"{_('Value')} [{unit}]", f"{_('Range')} [{unit}]"]
    if chart.is_varying:
        beside = _("Sample size") if chart.is_counted else _("Lower sum")
        shown = [str(chart.get_kind_display()), f"{_('Reading')} [{unit}]", beside]
    return [
        _("At"), _("Sequence"), *shown, _("Limit version"), _("LCL"),
        _("Centre line"), _("UCL"), _("UCL of the range"), _("Rules broken"), _("Left out"), _("Marks"),
    ]


def rows(chart: ControlChart, from_at: datetime, to_at: datetime) -> Iterator[list[Plain]]:
    """One row a point, oldest first; what happened between two points stands beside the later one."""
    points, lines, _whole = chart_lines.load(chart, from_at, to_at)
    left_out, among = ghosts.places(chart, from_at, to_at), rulebook.parse(chart.rules)
    fired: dict[chart_data.Place, list[str]] = {}
    for hit in chart_data.hits(chart, from_at, to_at):
        fired.setdefault((hit.at, hit.seq), []).append(rulebook.headline(among, hit.rule))
    versions = chart_data.limits_between(chart, from_at, to_at)
    waiting = marks.between(chart, from_at, to_at)
    columns = [chart_data.told(points.values), *_beside(chart, points, lines)]
    for i, (at, seq) in enumerate(zip(points.at, points.seq, strict=True)):
        while len(versions) > 1 and versions[1].valid_from <= at:
            versions.pop(0)
        said = []
        while waiting and waiting[0].at <= at:
            said.append(waiting.pop(0).title)
        here = versions[0] if versions and versions[0].valid_from <= at else None
        yield [
            localtime(at).replace(tzinfo=None), seq, *(column[i] for column in columns), *_own(here, lines, i),
            "; ".join(fired.get((at, seq), [])), _("yes") if (at, seq) in left_out else "", "; ".join(said),
        ]


def _beside(chart: ControlChart, points: Points, lines: Lines | None) -> list[list[float | None]]:
    """The range of each point; of a chart whose lines vary the reading, and its sample size or lower sum."""
    if lines is None:
        return [chart_data.told(points.ranges)] + ([chart_data.told(points.ranges)] if chart.is_varying else [])
    return [chart_data.told(lines.raw), chart_data.told(lines.sizes if chart.is_counted else lines.low)]


def _own(here: LimitSet | None, lines: Lines | None, i: int) -> list[Plain]:
    """The limits of one point."""
    if lines is None:
        return _limits(here)
    drawn = chart_data.told(np.array([lines.lower[i], lines.center[i], lines.upper[i]]))
    return [here.version if here else None, *drawn, None]


def _limits(limits: LimitSet | None) -> list[Plain]:
    if limits is None:
        return [None] * 5
    return [limits.version, limits.lower, limits.center, limits.upper, limits.range_upper]
