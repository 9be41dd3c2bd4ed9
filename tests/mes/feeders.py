"""A first station whose screws come from two feeders, with somebody signed on; scans come a second apart."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from mes.commands import sessions
from mes.commands.scan_outcomes import ScanOutcome
from mes.models import FeedPosition, MaterialSpecification, Mount, Segment, SetupLine
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.models import Link, LotBalance, MaterialLot


def described() -> None:
    """How the board is made at its stations; another order knows it already."""
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    factories.order(number="PO0")


def feeder(code: str = "F1", material: str = "SCREW", station: str = "MOUNT", **more: Any) -> FeedPosition:
    """A position that the set-up list of the first operation names."""
    made = FeedPosition.objects.create(station=ground.station(station), code=code, **more)
    segment = Segment.objects.get(work_master__code="BOARD", code="MOUNT")
    SetupLine.objects.create(segment=segment, position=made, material=ground.material(material))
    return made


def backflush(material: str = "SCREW") -> None:
    """The material is taken with the report."""
    rows = MaterialSpecification.objects.filter(segment__code="MOUNT", material__code=material)
    rows.update(is_backflushed=True)


def reel(number: str, quantity: int = 1000, material: str = "SCREW", **more: Any) -> MaterialLot:
    return ground.received(number, quantity, material=ground.material(material), **more)


class Line:
    """The station, its work order, and who works there."""

    def __init__(self, pieces: int = 10, **more: Any) -> None:
        self.world = factories.world(pieces, **more)
        self.at = NOW
        self.begin()

    def begin(self) -> None:
        station = self.world.stations["MOUNT"]
        sessions.sign_on(station=station, person=self.world.operator, at=self.at, device="T1")
        self.scan(self.world.job.number)

    def scan(self, *codes: str, **more: Any) -> ScanOutcome:
        for code in codes:
            self.at += timedelta(seconds=1)
            outcome = self.world.scan(code, at=self.at, job_order="", **more)
        return outcome

    def blanks(self, pieces: int = 10) -> None:
        self.scan(f"CMD:QTY:{pieces}", self.world.blank.number)

    @property
    def pieces(self) -> list[MaterialLot]:
        return self.world.outputs


def mounted() -> dict[str, str]:
    """Position → the lot that is mounted there."""
    rows = Mount.objects.filter(taken_at__isnull=True).select_related("position", "lot")
    return {row.position.code: row.lot.number for row in rows}


def inside(piece: MaterialLot, material: str = "SCREW") -> dict[str, tuple[Decimal, str]]:
    """Lot → how much of it went into a piece, and how certain that is; what was taken back does not count."""
    rows = Link.objects.filter(
        child=piece, parent__material__code=material, reverses__isnull=True, reversed_by__isnull=True
    )
    return {row.parent.number: (row.quantity.normalize(), row.certainty) for row in rows.select_related("parent")}


def lying(lot: MaterialLot, bucket: str = "ISSUED") -> Decimal:
    return sum((row.quantity for row in LotBalance.objects.filter(lot=lot, bucket=bucket)), Decimal(0))
