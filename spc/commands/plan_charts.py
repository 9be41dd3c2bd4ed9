"""Control charts that a control plan asks for: made, carried over and retired as it is released."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse

from plant.models import Equipment, Person
from plant.queries import places
from qms import floor
from qms.floor import Change, Made
from qms.models import CheckMethod, ControlPlan, ControlPlanLine
from spc.commands import charts, definitions
from spc.models import SUBGROUPED, ChartKind, ControlChart
from traceability.models import Stream

WIDEST_RANGE = 10  # above so many readings the range says little, and the standard deviation is charted
MOST = 25
PLAIN = (ChartKind.INDIVIDUALS, *SUBGROUPED)
Key = tuple[str, int]


@floor.register_changes
def changes(fresh: ControlPlan, former: ControlPlan | None, at: datetime) -> Iterator[Change]:
    """What a release does to the charts of a plan: those that go on, are made anew, are new, or are retired."""
    rows = fresh.lines.filter(method=CheckMethod.SPC).select_related("characteristic__parameter", "plan__material")
    wanted = {(line.operation, line.characteristic_id): line for line in rows.order_by("position", "pk")}
    standing = charts_of(fresh)
    for key, line in wanted.items():
        yield from _of_line(line, standing.pop(key, []), at)
    for old in standing.values():
        for chart in old:
            retire = partial(_retire, chart, str(fresh))
            yield Change("CHART", "DROPPED", chart.line.operation, chart.code, carry_out=retire)


def charts_of(plan: ControlPlan) -> dict[Key, list[ControlChart]]:
    """The charts in use that any revision of a plan asked for."""
    found: dict[Key, list[ControlChart]] = defaultdict(list)
    rows = ControlChart.objects.filter(active=True, line__plan__code=plan.code).order_by("code")
    for chart in rows.select_related("line__characteristic", "stream"):
        found[chart.line.operation, chart.line.characteristic_id].append(chart)
    return dict(found)


def _of_line(line: ControlPlanLine, standing: list[ControlChart], at: datetime) -> Iterator[Change]:
    for chart in standing:
        if _fits(chart, line):
            carry = partial(_carry, chart, line) if chart.line_id != line.pk else None
            yield Change("CHART", "KEPT", line.operation, chart.code, carry_out=carry)
        else:
            size = ("sample_size", str(chart.subgroup_size), str(line.sample_size))
            yield Change(
                "CHART", "CHANGED", line.operation, chart.code, (size,), partial(_replace, chart, line)
            )
    if standing:
        return
    streams = streams_of(line, at)
    for stream in streams:
        details = (("stream", "", stream.code), ("sample_size", "", str(line.sample_size)))
        make = partial(_make, line, stream)
        yield Change("CHART", "ADDED", line.operation, line.characteristic.code, details, make)
    if not streams:
        yield Change("CHART", "MISSING", line.operation, line.characteristic.code)


def _fits(chart: ControlChart, line: ControlPlanLine) -> bool:
    """A chart of an unusual kind was chosen by hand, and stays."""
    return chart.kind not in PLAIN or chart.subgroup_size == size_of(line)


def streams_of(line: ControlPlanLine, at: datetime) -> list[Stream]:
    """What measures the characteristic where its operation is done."""
    operations = floor.operations(line.plan.material, line.plan.routing, at)
    keys = {place for one in operations if one.code == line.operation for place in one.places}
    inside = {one.pk for place in Equipment.objects.filter(pk__in=keys) for one in places.within(place)}
    rows = Stream.objects.filter(
        Q(equipment__in=inside), parameter=line.characteristic.parameter_id, active=True
    )
    return list(rows.select_related("equipment").order_by("code"))


def _carry(chart: ControlChart, line: ControlPlanLine, by: Person, at: datetime) -> None:
    ControlChart.objects.filter(pk=chart.pk).update(line=line)


def _retire(chart: ControlChart, plan: str, by: Person, at: datetime) -> None:
    charts.retire(chart=chart, reason=plan, by=by, at=at)


def _replace(chart: ControlChart, line: ControlPlanLine, by: Person, at: datetime) -> None:
    _retire(chart, str(line.plan), by, at)
    _make(line, chart.stream, by, at)


def _make(line: ControlPlanLine, stream: Stream, by: Person, at: datetime) -> ControlChart:
    code = definitions.free_code(f"{line.plan.code}.{line.operation}.{stream.code}")
    size = size_of(line)
    return charts.create(
        code=code, stream=stream, line=line, by=by, at=at, kind=kind_of(size), subgroup_size=size,
    )


def size_of(line: ControlPlanLine) -> int:
    """Readings of a point: the sample of the plan, as far as a chart can show it."""
    return min(line.sample_size, MOST)


def kind_of(size: int) -> Any:
    """Single values, means with ranges, or means with standard deviations."""
    if size == 1:
        return ChartKind.INDIVIDUALS
    return ChartKind.MEAN_RANGE if size <= WIDEST_RANGE else ChartKind.MEAN_DEVIATION


@floor.register_made
def made(line: ControlPlanLine) -> list[Made]:
    """The charts that stand on the floor because of a line, in whichever revision they were made."""
    found = charts_of(line.plan).get((line.operation, line.characteristic_id), [])
    return [Made("CHART", chart.code, reverse("spc:chart-detail", args=[chart.code]), chart.stream.code)
            for chart in found]
