"""What exists and what happened to it."""

from traceability.models.archive import ArchiveMark, ArchiveRule, DossierFile
from traceability.models.capture import CaptureWay
from traceability.models.correction import Correction, CorrectionKind, CorrectionStatus
from traceability.models.genealogy import ActualKind, Certainty, Link, MaterialActual, Visit
from traceability.models.hold import CauseKind, Hold, TargetKind
from traceability.models.label import LabelKind, LabelPrint, LabelTemplate, Symbology
from traceability.models.lot import SINKS, SOURCES, Bucket, LotBalance, LotKind, LotStatus, MaterialLot, Move
from traceability.models.packing import (
    HandlingUnit,
    Mixing,
    PackedLot,
    PackingRule,
    SsccSeries,
    UnitKind,
    UnitStatus,
)
from traceability.models.picking import CallStatus, MaterialCall, OtherLot, PickOrder, PickRule
from traceability.models.public import PublicEpoch, PublicPage, PublicScan, PublicView, ScanDoubt
from traceability.models.reading import Gap, Quality, Reading, ReadingBlock, ReadingHour, Source, Stream
from traceability.models.recall import RecalledLot, RecallNotice
from traceability.models.replacement import Replacement, Went
from traceability.models.shipment import Shipment, ShipmentLine, ShipmentPick, ShipmentReturn, ShipmentStatus
from traceability.models.steward import DataSteward
from traceability.models.stock import (
    CountLine,
    CountState,
    CountStatus,
    GoodsReceipt,
    GoodsReceiptLine,
    PlaceKind,
    StockCount,
    StoragePlace,
)

__all__ = [
    "SINKS",
    "SOURCES",
    "ActualKind",
    "ArchiveMark",
    "ArchiveRule",
    "Bucket",
    "CallStatus",
    "CaptureWay",
    "CauseKind",
    "Certainty",
    "Correction",
    "CorrectionKind",
    "CorrectionStatus",
    "CountLine",
    "CountState",
    "CountStatus",
    "DataSteward",
    "DossierFile",
    "Gap",
    "GoodsReceipt",
    "GoodsReceiptLine",
    "HandlingUnit",
    "Hold",
    "LabelKind",
    "LabelPrint",
    "LabelTemplate",
    "Link",
    "LotBalance",
    "LotKind",
    "LotStatus",
    "MaterialActual",
    "MaterialCall",
    "MaterialLot",
    "Mixing",
    "Move",
    "OtherLot",
    "PackedLot",
    "PackingRule",
    "PickOrder",
    "PickRule",
    "PlaceKind",
    "PublicEpoch",
    "PublicPage",
    "PublicScan",
    "PublicView",
    "Quality",
    "Reading",
    "ReadingBlock",
    "ReadingHour",
    "RecallNotice",
    "RecalledLot",
    "Replacement",
    "ScanDoubt",
    "Shipment",
    "ShipmentLine",
    "ShipmentPick",
    "ShipmentReturn",
    "ShipmentStatus",
    "Source",
    "SsccSeries",
    "StockCount",
    "StoragePlace",
    "Stream",
    "Symbology",
    "TargetKind",
    "UnitKind",
    "UnitStatus",
    "Visit",
    "Went",
]
