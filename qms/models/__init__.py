"""What quality decides: plans, inspections, nonconformances, corrective actions."""
# ruff: noqa: I001 (several names a line: one file with every model stays readable)

from qms.models.aftermath import (
    CaseCost, CostKind, MaterialCost, Recheck, RepeatRule, Responsibility, Responsible, ReturnLine, ReturnStatus,
    Sorting, SupplierReturn,
)
from qms.models.apqp import (
    DELIVERED, ApqpDeliverable, ApqpPhase, ApqpProject, DeliverableStatus, PhaseStatus, ProjectStatus, ReportKind,
    ReportResult, ValidationReport,
)
from qms.models.audit import Answer, Audit, AuditAnswer, AuditChecklist, AuditQuestion, AuditStatus, Scheme
from qms.models.characteristic import Characteristic, CharacteristicClass, ReactionPlan, StopsWhat
from qms.models.complaint import (
    Complaint, ComplaintSource, ComplaintStatus, Rma, RmaDecision, RmaStatus, Satisfaction, Topic,
)
from qms.models.concession import Concession, ConcessionKind, ConcessionLot, ConcessionStatus, ConcessionUse
from qms.models.control_plan import (
    AT_STATIONS, COUNTED_TRIGGERS, OF_INSPECTIONS, CheckMethod, ControlPlan, ControlPlanLine, FloorTrigger,
    PlanStage,
)
from qms.models.corrective_action import (
    CapaAction, CapaActionKind, CapaMethod, CapaSource, CapaStatus, CorrectiveAction,
)
from qms.models.document import (
    Document, DocumentDemand, DocumentKind, DocumentReview, DocumentShare, DocumentStatus, DocumentTraining,
    TrainingHow,
)
from qms.models.drawing import Balloon, Drawing, FirstArticleReport
from qms.models.eight_d import (
    Aspect, Bone, CapaCase, CapaCause, CapaChange, CapaComparison, CapaEvidence, CapaMember, CapaStage,
    CapaStageRevision, CapaWhy, CauseVerdict, StageCode, StageStatus, TeamRole, WhyTrack,
)
from qms.models.fmea import (
    Fmea, FmeaAction, FmeaActionKind, FmeaActionStatus, FmeaKind, FmeaLine, ProductFamily, SpecialMark,
)
from qms.models.gauge import Gauge, GaugeLoan, GaugeStatus, GaugeType
from qms.models.impact import ImpactDecision, ImpactItem, ImpactReview, ImpactStatus
from qms.models.inspection import (
    DefectMark,
    Inspection, InspectionCount, InspectionDefect, InspectionItem, InspectionResult, InspectionStatus, Verdict,
)
from qms.models.nonconformance import (
    Decision, Disposition, Nonconformance, NonconformanceLot, NonconformanceSource, NonconformanceStatus, Severity,
)
from qms.models.quality_cost import CostRate, Metric, QualityObjective, RateOf
from qms.models.reaction_step import ReactionStep
from qms.models.recall import (
    Recall, RecallAnswer, RecallKind, RecallMessage, RecallStatus, RecallTask, Way,
)
from qms.models.recall_letter import CustomerContact, PostStatus, RecallLetter
from qms.models.review_board import BoardLine, BoardReview, BoardSeat, BoardVote, ReviewBoard, ReviewStatus
from qms.models.revision_opening import RevisionOpening
from qms.models.sampling import Sampling, SamplingSeries, SeriesStage
from qms.models.scorecard import DeliveryPromise, Figure, ScoreRule
from qms.models.sensor import FOUND_OUT, HOLDS, Calibration, CalibrationPoint, CalibrationResult, Instrument, Sensor
from qms.models.source import ApprovedSource, SourcePolicy, SourceStatus, Unlisted
from qms.models.supplier import (
    AssessmentAnswer, AssessmentKind, AssessmentStatus, Supplier, SupplierAssessment, SupplierPaper,
    SupplierQuestion, SupplierStatus,
)
from qms.models.supplier_request import (
    AnswerFile, LetterStatus, RequestKind, RequestStatus, RequestStep, StepAnswer, StepStatus, StepVerdict,
    SupplierLetter, SupplierRequest,
)
from qms.models.trigger import InspectionKind

__all__ = [
    "AT_STATIONS",
    "COUNTED_TRIGGERS",
    "DELIVERED",
    "FOUND_OUT",
    "HOLDS",
    "OF_INSPECTIONS",
    "Answer",
    "AnswerFile",
    "ApprovedSource",
    "ApqpDeliverable",
    "ApqpPhase",
    "ApqpProject",
    "Aspect",
    "AssessmentAnswer",
    "AssessmentKind",
    "AssessmentStatus",
    "Audit",
    "AuditAnswer",
    "AuditChecklist",
    "AuditQuestion",
    "AuditStatus",
    "Balloon",
    "BoardLine",
    "BoardReview",
    "BoardSeat",
    "BoardVote",
    "Bone",
    "Calibration",
    "CalibrationPoint",
    "CalibrationResult",
    "CapaAction",
    "CapaActionKind",
    "CapaCase",
    "CapaCause",
    "CapaChange",
    "CapaComparison",
    "CapaEvidence",
    "CapaMember",
    "CapaMethod",
    "CapaSource",
    "CapaStage",
    "CapaStageRevision",
    "CapaStatus",
    "CapaWhy",
    "CaseCost",
    "CauseVerdict",
    "Characteristic",
    "CharacteristicClass",
    "CheckMethod",
    "Complaint",
    "ComplaintSource",
    "ComplaintStatus",
    "Concession",
    "ConcessionKind",
    "ConcessionLot",
    "ConcessionStatus",
    "ConcessionUse",
    "ControlPlan",
    "ControlPlanLine",
    "CorrectiveAction",
    "CostKind",
    "CostRate",
    "CustomerContact",
    "Decision",
    "DefectMark",
    "DeliverableStatus",
    "DeliveryPromise",
    "Disposition",
    "Document",
    "DocumentDemand",
    "DocumentKind",
    "DocumentReview",
    "DocumentShare",
    "DocumentStatus",
    "DocumentTraining",
    "Drawing",
    "Figure",
    "FirstArticleReport",
    "FloorTrigger",
    "Fmea",
    "FmeaAction",
    "FmeaActionKind",
    "FmeaActionStatus",
    "FmeaKind",
    "FmeaLine",
    "Gauge",
    "GaugeLoan",
    "GaugeStatus",
    "GaugeType",
    "ImpactDecision",
    "ImpactItem",
    "ImpactReview",
    "ImpactStatus",
    "Inspection",
    "InspectionCount",
    "InspectionDefect",
    "InspectionItem",
    "InspectionKind",
    "InspectionResult",
    "InspectionStatus",
    "Instrument",
    "LetterStatus",
    "MaterialCost",
    "Metric",
    "Nonconformance",
    "NonconformanceLot",
    "NonconformanceSource",
    "NonconformanceStatus",
    "PhaseStatus",
    "PlanStage",
    "PostStatus",
    "ProductFamily",
    "ProjectStatus",
    "QualityObjective",
    "RateOf",
    "ReactionPlan",
    "ReactionStep",
    "Recall",
    "RecallAnswer",
    "RecallKind",
    "RecallLetter",
    "RecallMessage",
    "RecallStatus",
    "RecallTask",
    "Recheck",
    "RepeatRule",
    "ReportKind",
    "ReportResult",
    "RequestKind",
    "RequestStatus",
    "RequestStep",
    "Responsibility",
    "Responsible",
    "ReturnLine",
    "ReturnStatus",
    "ReviewBoard",
    "ReviewStatus",
    "RevisionOpening",
    "Rma",
    "RmaDecision",
    "RmaStatus",
    "Sampling",
    "SamplingSeries",
    "Satisfaction",
    "Scheme",
    "ScoreRule",
    "Sensor",
    "SeriesStage",
    "Severity",
    "Sorting",
    "SourcePolicy",
    "SourceStatus",
    "SpecialMark",
    "StageCode",
    "StageStatus",
    "StepAnswer",
    "StepStatus",
    "StepVerdict",
    "StopsWhat",
    "Supplier",
    "SupplierAssessment",
    "SupplierLetter",
    "SupplierPaper",
    "SupplierQuestion",
    "SupplierRequest",
    "SupplierReturn",
    "SupplierStatus",
    "TeamRole",
    "Topic",
    "TrainingHow",
    "Unlisted",
    "ValidationReport",
    "Verdict",
    "Way",
    "WhyTrack",
]
