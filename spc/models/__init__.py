"""What the numbers say: charts, limits, violations."""

from spc.models.chart import ChartKind, ControlChart, LimitSet, Violation, ViolationPoint, ViolationStatus

__all__ = ["ChartKind", "ControlChart", "LimitSet", "Violation", "ViolationPoint", "ViolationStatus"]
