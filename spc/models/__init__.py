"""What the numbers say: charts, limits, violations."""

from spc.models.alarm import ViolationStep
from spc.models.annotation import Annotation
from spc.models.chart import ControlChart, LimitSet, Violation, ViolationPoint, ViolationStatus
from spc.models.checkpoint import Checkpoint
from spc.models.counting import CountFeed, CountOf, CountPer, SampleSize
from spc.models.definition import KEYS, ChartDefinition
from spc.models.duty import MissedSample, MissedStatus, SampleDuty
from spc.models.ghost import GhostPoint
from spc.models.kinds import COUNTED, REMEMBERED, SHARES, SUBGROUPED, ChartKind, Sampling
from spc.models.standing import Standing
from spc.models.study import Study, StudyKind, StudyMethod, StudyPart, StudyReading, StudyStatus, Verdict

__all__ = [
    "COUNTED", "KEYS", "REMEMBERED", "SHARES", "SUBGROUPED", "Annotation", "ChartDefinition", "ChartKind", "Checkpoint",
    "ControlChart", "CountFeed", "CountOf", "CountPer", "GhostPoint", "LimitSet", "MissedSample", "MissedStatus",
    "SampleDuty", "SampleSize", "Sampling", "Standing", "Study", "StudyKind", "StudyMethod", "StudyPart",
    "StudyReading", "StudyStatus", "Verdict", "Violation", "ViolationPoint", "ViolationStatus", "ViolationStep",
]
