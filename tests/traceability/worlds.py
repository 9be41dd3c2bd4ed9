"""A small plant to read about: a site, a line, two stations, materials, people, and lots made from lots."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from plant.models import (
    Equipment,
    EquipmentLevel,
    MaterialDefinition,
    MaterialUse,
    Partner,
    PartnerKind,
    Person,
    PersonRole,
    Role,
    Unit,
)
from traceability.models import Bucket, Link, LotKind, MaterialLot, Move, Visit

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class World:
    """What the tests stand on."""

    site: Equipment
    line: Equipment
    oven: Equipment
    aoi: Equipment
    pcb: MaterialDefinition
    board: MaterialDefinition
    supplier: Partner
    operator: Person
    administrator: Person


def world() -> World:
    """Build the plant."""
    piece, _ = Unit.objects.get_or_create(code="C62", defaults={"name": "piece", "symbol": "pcs"})
    site = Equipment.objects.create(code="SZ1", name="Suzhou", level=EquipmentLevel.SITE)
    line = Equipment.objects.create(code="SMT1", name="Line 1", level=EquipmentLevel.WORK_CENTER, parent=site)
    oven = Equipment.objects.create(code="OVEN1", name="Oven", level=EquipmentLevel.WORK_UNIT, parent=line)
    aoi = Equipment.objects.create(code="AOI1", name="Inspection", level=EquipmentLevel.WORK_UNIT, parent=line)
    pcb = MaterialDefinition.objects.create(code="PCB-1", name="Bare board", unit=piece)
    board = MaterialDefinition.objects.create(code="CB-1", name="控制板", unit=piece, use=MaterialUse.FINISHED)
    supplier = Partner.objects.create(code="S1", name="Shennan Circuits", kind=PartnerKind.SUPPLIER)
    return World(
        site, line, oven, aoi, pcb, board, supplier, person("1007", Role.OPERATOR), person("1", Role.ADMINISTRATOR)
    )


def person(number: str, *roles: str) -> Person:
    """Somebody with roles."""
    someone = Person.objects.create(number=number, name=f"Wang {number}", language="en")
    PersonRole.objects.bulk_create(PersonRole(person=someone, role=role) for role in roles)
    return someone


def raw(here: World, number: str, quantity: int = 100, supplier_lot: str = "SL-1") -> MaterialLot:
    """A received lot in stock."""
    lot = MaterialLot.objects.create(
        number=number, material=here.pcb, site=here.site, supplier=here.supplier, supplier_lot=supplier_lot,
        created_at=NOON,
    )
    move(here, lot, quantity, Bucket.RECEIVED, Bucket.STOCK)
    return lot


def made(here: World, number: str, quantity: int = 1, kind: str = LotKind.LOT) -> MaterialLot:
    """A lot that stands in process."""
    lot = MaterialLot.objects.create(
        number=number, material=here.board, site=here.site, kind=kind, job_order="WO1", created_at=NOON
    )
    move(here, lot, quantity, Bucket.MADE, Bucket.WIP)
    return lot


def move(here: World, lot: MaterialLot, quantity: int, source: str, to: str) -> Move:
    """A line of the ledger."""
    return Move.objects.create(
        lot=lot, from_bucket=source, to_bucket=to, quantity=quantity, person=here.operator, at=NOON
    )


def link(parent: MaterialLot, child: MaterialLot, minutes: int = 0, **fields: object) -> Link:
    """The child holds some of the parent."""
    values = {"quantity": Decimal(1), "operation": "SMT", "job_order": "WO1", "at": NOON + timedelta(minutes=minutes)}
    return Link.objects.create(parent=parent, child=child, **values | fields)


def levels(root: MaterialLot, wide: int, deep: int) -> list[MaterialLot]:
    """So many lots a level below a lot, each made from one of the level above."""
    number, now = root.number, timezone.now()
    lots = MaterialLot.objects.bulk_create(
        MaterialLot(number=f"{number}-{at}", material=root.material, site=root.site, created_at=now)
        for at in range(wide * deep)
    )
    parents = [root] * wide + lots[: wide * (deep - 1)]
    Link.objects.bulk_create(
        Link(parent=parent, child=child, quantity=1, at=now) for parent, child in zip(parents, lots, strict=True)
    )
    return lots


def undo(wrong: Link, minutes: int = 30) -> Link:
    """The reverse link of a mistake."""
    return link(wrong.parent, wrong.child, minutes, reverses=wrong, reason="scanned by mistake")


def visit(here: World, lot: MaterialLot, equipment: Equipment, start: int, minutes: int | None = 10) -> Visit:
    """A stay at a machine, in minutes after noon; without a length it goes on."""
    begin = NOON + timedelta(minutes=start)
    end = None if minutes is None else begin + timedelta(minutes=minutes)
    return Visit.objects.create(
        lot=lot, is_serial=lot.kind == LotKind.SERIAL, equipment=equipment, during=(begin, end), job_order="WO1",
        operation="REFLOW", person=here.operator,
    )


def again() -> World:
    """The plant that this test has already built."""
    equipment = {one.code: one for one in Equipment.objects.all()}
    material = {one.code: one for one in MaterialDefinition.objects.all()}
    people = {one.number: one for one in Person.objects.all()}
    return World(
        equipment["SZ1"], equipment["SMT1"], equipment["OVEN1"], equipment["AOI1"], material["PCB-1"],
        material["CB-1"], Partner.objects.get(code="S1"), people["1007"], people["1"],
    )
