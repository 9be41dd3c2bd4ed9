"""The sensor board: its routing with checks by rule, and its sensor, which each delivery brings into quarantine."""

from datetime import datetime, timedelta
from decimal import Decimal

from psycopg2.extras import DateTimeTZRange

from demo.data import shop_floor
from demo.seeds.floor import Floor
from demo.seeds.process import control_plan, operation, plan_line, site
from mes.models import CheckRule, DataItem, MaterialSpecification, Segment, WorkMaster
from plant.models import Equipment, MaterialDefinition, Parameter, Partner, Person, Unit
from qms.commands import inspections
from qms.models import Characteristic, Inspection
from traceability.commands import receipts, stock
from traceability.commands.receipts import Entry
from traceability.models import Bucket, MaterialLot, Mixing, PackingRule, Source, UnitKind
from traceability.spots import Spot

COMPONENT, DOCK, STORE = "SENSOR-N", "WH-DOCK", "WH-A03"
VALUES = ("9.98", "10.02", "10.01", "9.97", "10.03")


def product(at: datetime) -> None:
    """The board, its routing, and the checks of its operations."""
    code, name, lot_size = shop_floor.PRODUCT
    material = MaterialDefinition.objects.create(code=code, name=name, use="FINISHED", tracking="LOT", unit_id="C62")
    master = WorkMaster.objects.create(
        code=f"R-{code}", revision=1, material=material, name=name, lot_size=lot_size, status="EFFECTIVE",
        effective=DateTimeTZRange(at - timedelta(days=60), None),
    )
    for fields in shop_floor.ROUTE:
        operation(master, *fields)
    for kind, capacity in ((UnitKind.CARTON, 20), (UnitKind.PALLET, 8)):
        PackingRule.objects.create(material=material, kind=kind, capacity=capacity, mixing=Mixing.ONE_MATERIAL)
    for place, *fields in shop_floor.RULES:
        rule(Segment.objects.get(work_master=master, code=place), *fields)
    component(Segment.objects.get(work_master=master, code="PLACE"), at)


def rule(
    segment: Segment, name: str, name_zh: str, trigger: str, every: int | None, blocks: bool, approved: bool, todo: str,
    todo_zh: str, asked: tuple[str, str, str, str, str],
) -> None:
    """One check and the value that it asks for."""
    made = CheckRule.objects.create(
        segment=segment, name=name, name_zh=name_zh, trigger=trigger, every=every, is_blocking=blocks,
        by_inspector=approved, instruction=todo, instruction_zh=todo_zh,
    )
    english, chinese, unit, low, high = asked
    DataItem.objects.create(
        rule=made, name=english, name_zh=chinese, unit=Unit.objects.get(code=unit), low=Decimal(low), high=Decimal(high)
    )


def component(segment: Segment, at: datetime) -> None:
    """The sensor and the plan of its incoming inspection, which holds each lot until it is decided."""
    ohm, name, characteristic = shop_floor.OHM, shop_floor.COMPONENT, shop_floor.RESISTANCE
    Unit.objects.create(code=ohm[0], name=ohm[1], symbol=ohm[2])
    material = MaterialDefinition.objects.create(
        code=COMPONENT, name=name, use="COMPONENT", tracking="LOT", unit_id="C62"
    )
    MaterialSpecification.objects.create(segment=segment, material=material, quantity_per=Decimal(1))
    code, english, chinese, low, target, high = characteristic
    parameter = Parameter.objects.create(
        code="sensor_resistance", name=english, name_zh=chinese, kind="PRODUCT", unit_id=ohm[0],
        resolution=Decimal("0.01"),
    )
    Characteristic.objects.create(
        code=code, name=english, name_zh=chinese, parameter=parameter, importance="SIGNIFICANT", lower=low,
        target=target, upper=high,
    )
    plan = control_plan(COMPONENT, f"Incoming inspection 来料检验 {COMPONENT}", at)
    plan_line(plan, "RECEIPT", code, "INSPECTION", 5, "every lot 每批", True)


def deliver(floor: Floor, warehouse: Person, inspector: Person, now: datetime) -> None:
    """A lot that was inspected and put away days ago."""
    at = now - timedelta(days=4)
    floor.stock[COMPONENT] = lot = arrive(warehouse, at)
    task = Inspection.objects.get(lot=lot)
    item = task.items.get()
    for sample, value in enumerate(VALUES, start=1):
        inspections.record(
            inspection=task, item=item, sample=sample, value=float(value), source=Source.MANUAL, by=inspector, at=at
        )
    inspections.decide(inspection=task, by=inspector, at=at)
    place = Equipment.objects.select_related("storage").get(code=STORE)
    stock.relocate(lot=lot, source=Spot(Bucket.STOCK, DOCK), to=place, by=warehouse, at=at)


def arrive(by: Person, at: datetime) -> MaterialLot:
    """A delivery of sensors at the dock."""
    entry = Entry(
        number=f"{COMPONENT}-001", material=MaterialDefinition.objects.get(code=COMPONENT),
        quantity=Decimal(2_000), supplier=Partner.objects.get(code="S-LANXIN"), supplier_lot="NT-77001",
        place=DOCK, delivery_note="DN-NTC-001",
    )
    return receipts.take(entry=entry, site=site(), by=by, at=at)[0]
