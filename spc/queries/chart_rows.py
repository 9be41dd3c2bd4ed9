"""The numbers of a chart as rows of a file: exactly what is drawn, and every point of it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plant.lists.looks import Plain
from spc import rulebook
from spc.models import ControlChart, LimitSet
from spc.queries import chart_data, ghosts, marks


def head(chart: ControlChart) -> list[str]:
    """The columns."""
    unit = chart.stream.parameter.unit.symbol
    return [
        _("At"), _("Sequence"), f"{_('Value')} [{unit}]", f"{_('Range')} [{unit}]", _("Limit version"), _("LCL"),
        _("Centre line"), _("UCL"), _("UCL of the range"), _("Rules broken"), _("Left out"), _("Marks"),
    ]


def rows(chart: ControlChart, from_at: datetime, to_at: datetime) -> Iterator[list[Plain]]:
    """One row a point, oldest first; what happened between two points stands beside the later one."""
    points, _whole = chart_data.load(chart, from_at, to_at)
    left_out, among = ghosts.places(chart, from_at, to_at), rulebook.parse(chart.rules)
    fired: dict[chart_data.Place, list[str]] = {}
    for hit in chart_data.hits(chart, from_at, to_at):
        fired.setdefault((hit.at, hit.seq), []).append(rulebook.headline(among, hit.rule))
    versions = chart_data.limits_between(chart, from_at, to_at)
    waiting = marks.between(chart, from_at, to_at)
    columns = zip(points.at, points.seq, chart_data.told(points.values), chart_data.told(points.ranges), strict=True)
    for at, seq, value, spread in columns:
        while len(versions) > 1 and versions[1].valid_from <= at:
            versions.pop(0)
        said = []
        while waiting and waiting[0].at <= at:
            said.append(waiting.pop(0).title)
        here = versions[0] if versions and versions[0].valid_from <= at else None
        yield [
            localtime(at).replace(tzinfo=None), seq, value, spread, *_limits(here),
            "; ".join(fired.get((at, seq), [])), _("yes") if (at, seq) in left_out else "", "; ".join(said),
        ]


def _limits(limits: LimitSet | None) -> list[Plain]:
    if limits is None:
        return [None] * 5
    return [limits.version, limits.lower, limits.center, limits.upper, limits.range_upper]
