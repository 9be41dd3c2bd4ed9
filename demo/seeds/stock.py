"""Raw material in the store."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from demo.seeds.process import site
from plant.models import MaterialDefinition, Partner, Person
from traceability.commands import lots
from traceability.models import MaterialLot

PER_LOT = {"PASTE-SAC": 10_000, "SCREW-M3": 60_000, "CAP-10U": 40_000}
DEFAULT = 8_000
STORE = "WH-RAW"


def receive_all(batch: int, by: Person, at: datetime) -> dict[str, MaterialLot]:
    """One lot of everything that is bought, by material code."""
    return {code: receive(code, batch, by, at) for code in ground.SOURCES}


def receive(code: str, batch: int, by: Person, at: datetime) -> MaterialLot:
    """One lot from the usual supplier."""
    material = MaterialDefinition.objects.get(code=code)
    days = material.shelf_life_days
    return lots.receive(
        number=f"{code}-{batch:03d}", material=material, quantity=Decimal(PER_LOT.get(code, DEFAULT)), site=site(),
        supplier=Partner.objects.get(code=ground.SOURCES[code]), supplier_lot=f"{ground.SOURCES[code][2:5]}{batch:05d}",
        expires_at=at + timedelta(days=days) if days else None, place=STORE, by=by, at=at,
    )
