"""What is being made now: routings, orders, stations."""

from mes.models.andon import Andon, AndonAbout, AndonKind, AndonStatus
from mes.models.bill import JobMaterial, Substitute
from mes.models.calendar import CalendarException, CalendarShift, DayKind, LineCalendar, ShiftBreak, WorkCalendar
from mes.models.capture import CaptureDay
from mes.models.carrier import CarriedLot, Carrier
from mes.models.completeness import CompletenessRule, GapKind, LotScore
from mes.models.completeness_change import RuleChange, RuleChangeStatus
from mes.models.data_value import DataItem, DataKind, DataValue
from mes.models.deviation import Deviation, DeviationLot, DeviationStatus, GoldenMark, Side
from mes.models.deviation_step import DeviationStep, GoldenStep
from mes.models.due_revision import DueRevision
from mes.models.instruction import InstructionMedia, MediaLanguage
from mes.models.job_order import (
    NOT_ENDED,
    ON_LINE,
    OPEN_JOBS,
    JobOrder,
    JobOrderStatus,
    JobResponse,
    JobSegment,
    WorkRequest,
    WorkRequestStatus,
)
from mes.models.late_refusal import LateRefusal
from mes.models.maintenance import (
    DueBy,
    EquipmentClass,
    MaintenanceDue,
    MaintenancePlan,
    MaintenanceStep,
    WhenDue,
)
from mes.models.maintenance_order import (
    MaintenanceKind,
    MaintenanceOrder,
    MaintenanceStatus,
    MaintenanceTick,
    SpareMove,
    SparePart,
)
from mes.models.operator_check import CheckOccasion, CheckRule, CheckStatus, CheckTrigger, CheckValue, OperatorCheck
from mes.models.reject_rate import RejectKind, RejectLimit, RejectReminder, RejectStatus
from mes.models.roster import HandoverNote, RosterEntry
from mes.models.route_step import RouteStep, StepKind
from mes.models.segment_group import GroupKind, LotWay, SegmentGroup
from mes.models.setup import FeedPosition, Mount, PositionKind, SetupLine
from mes.models.spot_check import (
    SpotCheck,
    SpotCheckPlan,
    SpotCheckStatus,
    SpotFinding,
    SpotFindingStatus,
    SpotLot,
    Weekday,
)
from mes.models.station import MachineCount, MachineState, ScanQueue, StationSession
from mes.models.stop import StopReason
from mes.models.stoppage import (
    Rectification,
    RectificationStatus,
    Stoppage,
    StoppageSource,
    StoppageStatus,
    StopScope,
)
from mes.models.tool import Tool, ToolLife, ToolMount, ToolReset
from mes.models.tool_change import ToolChange
from mes.models.wall_screen import Board, WallScreen
from mes.models.work_master import (
    EndItem,
    GoldenReaction,
    MaterialSpecification,
    ParameterSpecification,
    Segment,
    WorkMaster,
)
from traceability.models import CaptureWay

__all__ = [
    "NOT_ENDED", "ON_LINE", "OPEN_JOBS", "Andon", "AndonAbout", "AndonKind", "AndonStatus", "Board",
    "CalendarException", "CalendarShift", "CaptureDay", "CaptureWay", "CarriedLot", "Carrier", "CheckOccasion",
    "CheckRule", "CheckStatus",
    "CheckTrigger", "CheckValue", "CompletenessRule", "DataItem", "DataKind", "DataValue", "DayKind", "Deviation",
    "DeviationLot", "DeviationStatus", "DeviationStep", "DueBy", "DueRevision", "EndItem",
    "EquipmentClass", "FeedPosition",
    "GapKind", "GoldenMark", "GoldenReaction", "GoldenStep", "GroupKind", "HandoverNote", "InstructionMedia",
    "JobMaterial", "JobOrder", "JobOrderStatus", "JobResponse", "JobSegment", "LateRefusal", "LineCalendar",
    "LotScore", "LotWay", "MachineCount", "MachineState", "MaintenanceDue", "MaintenanceKind", "MaintenanceOrder",
    "MaintenancePlan", "MaintenanceStatus", "MaintenanceStep", "MaintenanceTick", "MaterialSpecification",
    "MediaLanguage", "Mount", "OperatorCheck", "ParameterSpecification", "PositionKind", "Rectification",
    "RectificationStatus", "RejectKind", "RejectLimit", "RejectReminder", "RejectStatus", "RosterEntry", "RouteStep",
    "RuleChange", "RuleChangeStatus",
    "ScanQueue", "Segment", "SegmentGroup", "SetupLine", "ShiftBreak", "Side", "SpareMove", "SparePart",
    "SpotCheck", "SpotCheckPlan", "SpotCheckStatus", "SpotFinding", "SpotFindingStatus", "SpotLot",
    "StationSession", "StepKind", "StopReason", "StopScope", "Stoppage", "StoppageSource", "StoppageStatus",
    "Substitute", "Tool", "ToolChange", "ToolLife", "ToolMount", "ToolReset", "WallScreen", "Weekday", "WhenDue",
    "WorkCalendar", "WorkMaster", "WorkRequest", "WorkRequestStatus",
]
