"""What open pages are told: new points of a chart, and that a chart is out of control."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from plant import live
from plant.models import Equipment
from plant.statements import for_everyone
from spc.judging import Case, Finding
from spc.models import ControlChart, Violation
from spc.varying import TOLD

MOST = 200  # more points than this are fetched, not sent


def points(chart: ControlChart, case: Case, findings: Sequence[Finding]) -> None:
    """Send the points that were just judged; a page that is told of none fetches the chart anew."""
    flags = {finding.point: finding for finding in findings}
    total = len(case.points.values)
    if not case.fresh:
        return
    if case.fresh > MOST:
        live.push(f"chart.{chart.pk}", "changed", {})
        return
    fresh = range(total - case.fresh, total)
    sent = [_point(case, index, flags.get(index)) for index in fresh]
    live.push(f"chart.{chart.pk}", "points", {"points": sent})


def calm(fresh: Mapping[int, Any]) -> None:
    """The same for charts at which nothing fired, by chart; built only for those that somebody looks at."""
    live.push_heard("points", {f"chart.{chart}": partial(_calm, readings) for chart, readings in fresh.items()})


def _calm(readings: Any) -> dict[str, Any]:
    """Single values at which nothing fired; a page knows their steps from the value that it has before them."""
    return {"points": [
        {"at": us / 1000, "value": _told(value), "hits": []}
        for us, value in zip(readings.at_us.tolist(), readings.values.tolist(), strict=True)
    ]}


def _point(case: Case, index: int, finding: Finding | None) -> dict[str, Any]:
    """A point as a page appends it: its value and range, and which rules fired with where their pattern began."""
    found = case.points
    began = found.at[finding.window_start].timestamp() * 1000 if finding else 0
    step = abs(float(found.values[index] - found.values[index - 1])) if index else float("nan")
    known = float(found.ranges[index])
    point: dict[str, Any] = {
        "at": found.at[index].timestamp() * 1000, "value": _told(float(found.values[index])),
        "range": _told(step if np.isnan(known) else known),
        "hits": [[rule, began] for rule in finding.rules] if finding else [],
    }
    if case.lines is not None:
        columns = {name: getattr(case.lines, name) for name in TOLD}
        point |= {"range": None, "lines": {name: _told(float(one[index])) for name, one in columns.items()}}
    return point


def _told(value: float) -> float | None:
    return None if np.isnan(value) else value


def violation(subject: Violation, equipment: Equipment, event: str) -> None:
    """Tell the chart's page, the news and the wall that a violation opened, went on, ended or was answered."""
    data = {
        "violation": subject.pk, "chart": subject.chart.code, "rule": subject.rule,
        "equipment": equipment.code, "status": subject.status,
    }
    live.push(f"chart.{subject.chart_id}", event, data)
    live.push("news", f"violation-{event}", data)
    live.push(f"violation.{subject.pk}", event, data)
    live.push(f"violation.chart-{subject.chart_id}", event, data)
    if equipment.parent is not None:
        live.push(f"wall.{equipment.parent.code}", f"violation-{event}", data)
    live.push(f"wall.{equipment.code}", f"violation-{event}", data)


def alarm(equipment: Equipment, text: str) -> None:
    """Sound at the station when limits are too young to stop anything: look, nothing is held."""
    data = {
        **for_everyone("title", text), "equipment": equipment.code, "nonconformance": "", "instruction": "",
        "stopped": False, "held": False,
    }
    live.push(f"station.{equipment.code}", "alarm", data)
