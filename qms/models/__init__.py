"""What quality decides: plans, inspections, nonconformances, corrective actions."""

from qms.models.characteristic import (
    Characteristic,
    CharacteristicClass,
    CheckMethod,
    ControlPlan,
    ControlPlanLine,
    ReactionPlan,
    StopsWhat,
)
from qms.models.corrective_action import CapaAction, CapaActionKind, CapaStatus, CorrectiveAction
from qms.models.inspection import (
    Inspection,
    InspectionCount,
    InspectionDefect,
    InspectionItem,
    InspectionKind,
    InspectionResult,
    InspectionStatus,
    Verdict,
)
from qms.models.nonconformance import (
    Decision,
    Disposition,
    Nonconformance,
    NonconformanceLot,
    NonconformanceSource,
    NonconformanceStatus,
    Severity,
)
from qms.models.reaction_step import ReactionStep
from qms.models.sampling import Sampling, SamplingSeries, SeriesStage
from qms.models.sensor import Calibration, CalibrationResult, Sensor

__all__ = [
    "Calibration", "CalibrationResult", "CapaAction", "CapaActionKind", "CapaStatus", "Characteristic",
    "CharacteristicClass", "CheckMethod", "ControlPlan", "ControlPlanLine", "CorrectiveAction", "Decision",
    "Disposition", "Inspection", "InspectionCount", "InspectionDefect", "InspectionItem", "InspectionKind",
    "InspectionResult", "InspectionStatus", "Nonconformance", "NonconformanceLot", "NonconformanceSource",
    "NonconformanceStatus", "ReactionPlan", "ReactionStep", "Sampling", "SamplingSeries", "Sensor", "SeriesStage",
    "Severity", "StopsWhat", "Verdict",
]
