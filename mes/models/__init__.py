"""What is being made now: routings, orders, stations."""

from mes.models.job_order import (
    JobOrder,
    JobOrderStatus,
    JobResponse,
    JobSegment,
    WorkRequest,
    WorkRequestStatus,
)
from mes.models.station import MachineCount, MachineState, StationSession
from mes.models.work_master import MaterialSpecification, ParameterSpecification, Segment, WorkMaster

__all__ = [
    "JobOrder", "JobOrderStatus", "JobResponse", "JobSegment", "MachineCount", "MachineState",
    "MaterialSpecification", "ParameterSpecification", "Segment", "StationSession", "WorkMaster", "WorkRequest",
    "WorkRequestStatus",
]
