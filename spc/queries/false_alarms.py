"""What a set of rules costs on a chart before it is chosen: false alarms a week, and how soon it sees a shift."""

from collections.abc import Sequence
from dataclasses import dataclass

from spc.engine import arl
from spc.engine.rule import Rule
from spc.models import ControlChart, Sampling

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Mean points until an alarm in control and after a shift of one sigma; `a_week` is None where the pace varies."""

    in_control: float
    after_shift: float
    a_week: float | None


def of(chart: ControlChart, rules: Sequence[Rule]) -> Cost:
    """The cost of rules at the pace of a chart, for independent normal points and limits that are right."""
    still, shifted = arl.of_rules(rules), arl.of_rules(rules, shift=1.0)
    pace = points_per_hour(chart)
    return Cost(still.mean, shifted.mean, None if pace is None else still.false_alarms_per_week(pace))


def points_per_hour(chart: ControlChart) -> float | None:
    """How many points the chart gets in an hour in which its stream is read; None where lots set the pace."""
    if chart.sampling == Sampling.LOT:
        return None
    if chart.sampling == Sampling.TIME and chart.every_seconds:
        return 3600 / chart.every_seconds
    return HOUR_MS / chart.stream.period_ms / chart.subgroup_size
