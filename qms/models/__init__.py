"""What quality decides: plans, inspections, nonconformances, corrective actions."""

from qms.models.apqp import (
    DELIVERED,
    ApqpDeliverable,
    ApqpPhase,
    ApqpProject,
    DeliverableStatus,
    PhaseStatus,
    ProjectStatus,
    ReportKind,
    ReportResult,
    ValidationReport,
)
from qms.models.characteristic import (
    Characteristic,
    CharacteristicClass,
    ReactionPlan,
    StopsWhat,
)
from qms.models.complaint import (
    Complaint,
    ComplaintSource,
    ComplaintStatus,
    Rma,
    RmaDecision,
    RmaStatus,
    Satisfaction,
    Topic,
)
from qms.models.control_plan import (
    AT_STATIONS,
    COUNTED_TRIGGERS,
    OF_INSPECTIONS,
    CheckMethod,
    ControlPlan,
    ControlPlanLine,
    FloorTrigger,
    PlanStage,
)
from qms.models.corrective_action import CapaAction, CapaActionKind, CapaStatus, CorrectiveAction
from qms.models.document import (
    Document,
    DocumentDemand,
    DocumentKind,
    DocumentReview,
    DocumentShare,
    DocumentStatus,
    DocumentTraining,
    TrainingHow,
)
from qms.models.drawing import Balloon, Drawing
from qms.models.fmea import (
    Fmea,
    FmeaAction,
    FmeaActionKind,
    FmeaActionStatus,
    FmeaKind,
    FmeaLine,
    ProductFamily,
    SpecialMark,
)
from qms.models.gauge import Gauge, GaugeLoan, GaugeStatus, GaugeType
from qms.models.impact import ImpactDecision, ImpactItem, ImpactReview, ImpactStatus
from qms.models.inspection import (
    Inspection,
    InspectionCount,
    InspectionDefect,
    InspectionItem,
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
from qms.models.revision_opening import RevisionOpening
from qms.models.sampling import Sampling, SamplingSeries, SeriesStage
from qms.models.scorecard import DeliveryPromise, Figure, ScoreRule
from qms.models.sensor import (
    FOUND_OUT,
    HOLDS,
    Calibration,
    CalibrationPoint,
    CalibrationResult,
    Instrument,
    Sensor,
)
from qms.models.source import ApprovedSource, SourcePolicy, SourceStatus, Unlisted
from qms.models.supplier import (
    AssessmentAnswer,
    AssessmentKind,
    AssessmentStatus,
    Supplier,
    SupplierAssessment,
    SupplierPaper,
    SupplierQuestion,
    SupplierStatus,
)
from qms.models.supplier_request import (
    AnswerFile,
    LetterStatus,
    RequestKind,
    RequestStatus,
    RequestStep,
    StepAnswer,
    StepStatus,
    StepVerdict,
    SupplierLetter,
    SupplierRequest,
)
from qms.models.trigger import InspectionKind

__all__ = [
    "AT_STATIONS", "FOUND_OUT", "HOLDS", "AnswerFile", "ApprovedSource", "AssessmentAnswer", "AssessmentKind",
    "AssessmentStatus", "Calibration", "CalibrationPoint", "CalibrationResult", "CapaAction", "CapaActionKind",
    "CapaStatus", "Characteristic", "CharacteristicClass", "CheckMethod", "ControlPlan", "ControlPlanLine",
    "CorrectiveAction", "Decision", "Disposition", "Gauge", "GaugeLoan", "GaugeStatus", "GaugeType", "ImpactDecision",
    "ImpactItem", "ImpactReview", "ImpactStatus", "Inspection", "InspectionCount", "InspectionDefect",
    "InspectionItem", "InspectionKind", "InspectionResult", "InspectionStatus", "Instrument", "Nonconformance",
    "NonconformanceLot", "NonconformanceSource", "NonconformanceStatus", "ReactionPlan", "ReactionStep", "Sampling",
    "SamplingSeries", "Sensor", "SeriesStage", "Severity", "StopsWhat", "Verdict",
]
__all__ += [
    "Document", "DocumentDemand", "DocumentKind", "DocumentReview", "DocumentShare", "DocumentStatus",
    "DocumentTraining", "TrainingHow",
]
__all__ += [
    "AT_STATIONS",
    "COUNTED_TRIGGERS",
    "DELIVERED",
    "OF_INSPECTIONS",
    "AnswerFile",
    "ApprovedSource",
    "ApqpDeliverable",
    "ApqpPhase",
    "ApqpProject",
    "AssessmentAnswer",
    "AssessmentKind",
    "AssessmentStatus",
    "Balloon",
    "DeliverableStatus",
    "DeliveryPromise",
    "Drawing",
    "Figure",
    "FloorTrigger",
    "Fmea",
    "FmeaAction",
    "FmeaActionKind",
    "FmeaActionStatus",
    "FmeaKind",
    "FmeaLine",
    "LetterStatus",
    "PhaseStatus",
    "PlanStage",
    "ProductFamily",
    "ProjectStatus",
    "ReportKind",
    "ReportResult",
    "RequestKind",
    "RequestStatus",
    "RequestStep",
    "RevisionOpening",
    "ScoreRule",
    "SourcePolicy",
    "SourceStatus",
    "SpecialMark",
    "StepAnswer",
    "StepStatus",
    "StepVerdict",
    "Supplier",
    "SupplierAssessment",
    "SupplierLetter",
    "SupplierPaper",
    "SupplierQuestion",
    "SupplierRequest",
    "SupplierStatus",
    "Unlisted",
    "ValidationReport",
]
__all__ += [
    "Complaint", "ComplaintSource", "ComplaintStatus", "Rma", "RmaDecision", "RmaStatus", "Satisfaction", "Topic",
]
