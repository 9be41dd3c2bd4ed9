"""What exists and what happened to it."""

from traceability.models.genealogy import ActualKind, Certainty, Link, MaterialActual, Visit
from traceability.models.hold import CauseKind, Hold, TargetKind
from traceability.models.lot import SINKS, SOURCES, Bucket, LotBalance, LotKind, LotStatus, MaterialLot, Move
from traceability.models.reading import Gap, Quality, Reading, ReadingBlock, ReadingHour, Source, Stream

__all__ = [
    "SINKS", "SOURCES", "ActualKind", "Bucket", "CauseKind", "Certainty", "Gap", "Hold", "Link", "LotBalance",
    "LotKind", "LotStatus", "MaterialActual", "MaterialLot", "Move", "Quality", "Reading", "ReadingBlock",
    "ReadingHour", "Source", "Stream", "TargetKind", "Visit",
]
