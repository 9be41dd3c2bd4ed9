"""What the numbers say: charts, limits, violations."""

from spc.models.chart import ChartKind, ControlChart, LimitSet, Violation, ViolationPoint, ViolationStatus
from spc.models.ghost import GhostPoint

__all__ = ["ChartKind", "ControlChart", "GhostPoint", "LimitSet", "Violation", "ViolationPoint", "ViolationStatus"]
