"""What left the demonstration plant and what waits to: cartons, pallets, shipments."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from demo.seeds.floor import lots_of
from demo.seeds.process import site
from mes.commands import goods_receipts, packing, picks, shipments, unpacking
from mes.models import JobOrder
from plant.models import Equipment, MaterialDefinition, Partner, Person
from traceability.commands import labels as commands
from traceability.models import (
    HandlingUnit,
    LabelKind,
    LabelTemplate,
    Mixing,
    PackingRule,
    Shipment,
    SsccSeries,
    Symbology,
    UnitKind,
)
from traceability.queries import labels

PREFIX = "6901234"  # of nobody: an invented number for the demonstration
RULES = [
    ("CB-100", UnitKind.CARTON, 20, Mixing.ONE_LOT), ("CB-100", UnitKind.PALLET, 8, Mixing.ONE_MATERIAL),
    ("CB-200", UnitKind.CARTON, 4, Mixing.ONE_REVISION),
]
ADDRESSES = {"C-NORTH": "1 Harbour Road, Hall 3 港湾路1号3号库", "C-HAIYUN": "88 Pump Street 泵业街88号"}


def fill(jobs: Sequence[JobOrder], warehouse: Person, now: datetime) -> None:
    """Two orders have left, one stands packed in the store for a shipment of today."""
    SsccSeries.objects.create(prefix=PREFIX)
    for code, kind, capacity, mixing in RULES:
        material = MaterialDefinition.objects.get(code=code)
        PackingRule.objects.create(material=material, kind=kind, capacity=capacity, mixing=mixing)
    templates()
    for job, days in ((jobs[0], 20), (jobs[1], 17)):
        at = now - timedelta(days=days)
        shipment, pallet = plan(job, at + timedelta(days=1), warehouse, at), pack(job, warehouse, at)
        picks.pick(shipment=shipment, code=pallet.number, by=warehouse, at=at)
        shipments.ship(shipment=shipment, vehicle=f"苏E·{job.pk:05d}", by=warehouse, at=at + timedelta(hours=2))
    pack(jobs[4], warehouse, now - timedelta(days=2))
    plan(jobs[4], now + timedelta(hours=6), warehouse, now - timedelta(days=1))


def templates() -> None:
    """Cartons of the board are scanned back before they go on; a small label for the paste, whose expiry counts."""
    board, paste = (MaterialDefinition.objects.get(code=code) for code in ("CB-100", "PASTE-SAC"))
    LabelTemplate.objects.create(
        kind=LabelKind.CARTON, material=board, symbology=Symbology.GS1_128, width=105, height=74, needs_check=True
    )
    LabelTemplate.objects.create(
        kind=LabelKind.LOT, material=paste, symbology=Symbology.DATAMATRIX, width=50, height=25,
        lines="{number}\n{name}\n有效期至 {expires}", language="zh-hans",
    )


def pack(job: JobOrder, by: Person, at: datetime) -> HandlingUnit:
    """Every free lot of a work order in a carton of its own, all on one pallet, in the store."""
    pallet = packing.open_unit(kind=UnitKind.PALLET, site=site(), by=by, at=at)
    for lot in lots_of(job):
        if lot.open_holds:
            continue
        carton = packing.open_unit(kind=UnitKind.CARTON, site=site(), by=by, at=at)
        packing.pack(unit=carton, lot=lot, by=by, at=at)
        unpacking.close(unit=carton, by=by, at=at)
        label(carton, by, at)
        packing.load(pallet=pallet, carton=carton, by=by, at=at)
    unpacking.close(unit=pallet, by=by, at=at)
    goods_receipts.receive(code=pallet.number, store=Equipment.objects.get(code="WH-FG"), by=by, at=at)
    return pallet


def label(carton: HandlingUnit, by: Person, at: datetime) -> None:
    """Its label, printed and scanned back where it sticks."""
    thing = labels.unit(HandlingUnit.objects.get(pk=carton.pk))
    form = labels.template(thing)
    drawing = labels.drawing(thing, form, "http://localhost/")
    commands.record_print(thing=thing, drawing=drawing, template=form, by=by, at=at)
    commands.verify(thing=thing, code=f"]C100{carton.number}", by=by, at=at)


def plan(job: JobOrder, due_at: datetime, by: Person, at: datetime) -> Shipment:
    """What the order's customer is to get of it."""
    order = job.work_request
    customer: Partner = order.customer
    good = sum((row.quantity for lot in lots_of(job) for row in lot.balances.filter(bucket="STOCK")), Decimal(0))
    return shipments.plan(
        number="", customer=customer, due_at=due_at, address=ADDRESSES[customer.code], site=site(), by=by, at=at,
        lines=[(10, order.material, good)],
    )
