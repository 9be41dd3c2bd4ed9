"""What the numbers say: charts, limits, violations."""

from spc.models.alarm import ViolationStep
from spc.models.annotation import Annotation
from spc.models.chart import ChartKind, ControlChart, LimitSet, Sampling, Violation, ViolationPoint, ViolationStatus
from spc.models.duty import MissedSample, MissedStatus, SampleDuty
from spc.models.ghost import GhostPoint
from spc.models.standing import Standing
from spc.models.study import Study, StudyMethod, StudyReading, StudyStatus, Verdict

__all__ = [
    "Annotation", "ChartKind", "ControlChart", "GhostPoint", "LimitSet", "MissedSample", "MissedStatus",
    "SampleDuty", "Sampling", "Standing", "Study", "StudyMethod", "StudyReading", "StudyStatus", "Verdict",
    "Violation", "ViolationPoint", "ViolationStatus", "ViolationStep",
]
