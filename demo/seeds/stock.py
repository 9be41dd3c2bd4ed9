"""Raw material in the store, as it came with deliveries, and a bin that was counted."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from demo.seeds.process import site
from plant.models import Equipment, MaterialDefinition, Partner, Person
from traceability.commands import counts, receipts, stock
from traceability.commands.receipts import Entry
from traceability.models import Bucket, GoodsReceipt, MaterialLot, StockCount
from traceability.spots import Spot

PER_LOT = {"PASTE-SAC": 10_000, "SCREW-M3": 60_000, "CAP-10U": 40_000}
DEFAULT = 8_000
STORE, BIN, MISSING = "WH-RAW", "WH-A02", 12


def receive_all(batch: int, by: Person, at: datetime) -> dict[str, MaterialLot]:
    """One lot of everything that is bought, by material code; what one supplier sent is one delivery."""
    deliveries: dict[str, GoodsReceipt] = {}
    return {code: receive(code, batch, deliveries, by, at) for code in ground.SOURCES}


def receive(
    code: str, batch: int, deliveries: dict[str, GoodsReceipt], by: Person, at: datetime
) -> MaterialLot:
    """One lot from the usual supplier."""
    material, supplier = MaterialDefinition.objects.get(code=code), ground.SOURCES[code]
    days = material.shelf_life_days
    entry = Entry(
        number=f"{code}-{batch:03d}", material=material, quantity=Decimal(PER_LOT.get(code, DEFAULT)),
        supplier=Partner.objects.get(code=supplier), supplier_lot=f"{supplier[2:5]}{batch:05d}",
        expires_at=at + timedelta(days=days) if days else None, place=STORE,
        delivery_note=f"DN-{supplier[2:]}-{batch:03d}",
    )
    lot, receipt = receipts.take(entry=entry, site=site(), by=by, at=at, receipt=deliveries.get(supplier))
    if receipt is not None:
        deliveries[supplier] = receipt
    return lot


def count_a_bin(lot: MaterialLot, by: Person, at: datetime) -> StockCount:
    """Cartons are put into a bin and counted there: a few are missing, and somebody has to approve it."""
    place = Equipment.objects.select_related("storage").get(code=BIN)
    stock.relocate(lot=lot, source=Spot(Bucket.STOCK, STORE), to=place, by=by, at=at)
    count = counts.ask(place=place, by=by, at=at)
    counts.record(count=count, code=lot.number, quantity=Decimal(DEFAULT - MISSING), by=by, at=at)
    return counts.finish(count=count, by=by, at=at)
