"""What is being made now: routings, orders, stations."""

from mes.models.bill import JobMaterial, Substitute
from mes.models.calendar import CalendarException, CalendarShift, DayKind, LineCalendar, ShiftBreak, WorkCalendar
from mes.models.data_value import DataItem, DataKind, DataValue
from mes.models.deviation import Deviation, DeviationLot, DeviationStatus, GoldenMark, Side
from mes.models.deviation_step import DeviationStep, GoldenStep
from mes.models.instruction import InstructionMedia, MediaLanguage
from mes.models.job_order import (
    JobOrder,
    JobOrderStatus,
    JobResponse,
    JobSegment,
    WorkRequest,
    WorkRequestStatus,
)
from mes.models.reject_rate import RejectKind, RejectLimit, RejectReminder, RejectStatus
from mes.models.station import MachineCount, MachineState, ScanQueue, StationSession
from mes.models.stop import StopReason
from mes.models.wall_screen import Board, WallScreen
from mes.models.work_master import (
    EndItem,
    GoldenReaction,
    MaterialSpecification,
    ParameterSpecification,
    Segment,
    WorkMaster,
)

__all__ = [
    "Board", "CalendarException", "CalendarShift", "DataItem", "DataKind", "DataValue", "DayKind", "Deviation",
    "DeviationLot", "DeviationStatus", "DeviationStep", "EndItem", "GoldenMark", "GoldenReaction", "GoldenStep",
    "InstructionMedia", "JobMaterial", "JobOrder", "JobOrderStatus", "JobResponse", "JobSegment", "LineCalendar",
    "MachineCount", "MachineState", "MaterialSpecification", "MediaLanguage", "ParameterSpecification",
    "RejectKind", "RejectLimit", "RejectReminder", "RejectStatus", "ScanQueue", "Segment", "ShiftBreak", "Side",
    "StationSession", "StopReason", "Substitute", "WallScreen", "WorkCalendar", "WorkMaster", "WorkRequest",
    "WorkRequestStatus",
]
