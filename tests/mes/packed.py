"""Finished boards that wait to be packed, and whoever packs and ships them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from mes.commands import packing, picks, shipments, unpacking
from plant.models import Equipment, MaterialUse, Partner, PartnerKind, Person, Role
from tests import factories as ground
from tests.factories import NOW
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import (
    CauseKind,
    HandlingUnit,
    Hold,
    MaterialLot,
    Mixing,
    PackingRule,
    Shipment,
    SsccSeries,
    UnitKind,
)

PREFIX = "4012345"


def packer() -> Person:
    return ground.person("PACK", Role.WAREHOUSE, Role.TEAM_LEADER, language="en")


def rule(capacity: int = 10, mixing: str = Mixing.ONE_LOT, kind: str = UnitKind.CARTON, code: str = "BOARD") -> None:
    fields = {"capacity": capacity, "mixing": mixing}
    PackingRule.objects.update_or_create(material=board(code), kind=kind, defaults=fields)


def board(code: str = "BOARD") -> Any:
    return ground.material(code, use=MaterialUse.FINISHED)


def goods(number: str, quantity: int = 10, code: str = "BOARD", **fields: Any) -> MaterialLot:
    """A finished lot in stock."""
    return ground.received(number, quantity, material=board(code), **fields)


def unit(kind: str = UnitKind.CARTON) -> HandlingUnit:
    SsccSeries.objects.get_or_create(prefix=PREFIX)
    return packing.open_unit(kind=kind, site=ground.site(), by=packer(), at=NOW)


def pack(carton: HandlingUnit, lot: MaterialLot, quantity: int | None = None) -> Any:
    amount = None if quantity is None else Decimal(quantity)
    return packing.pack(unit=carton, lot=lot, quantity=amount, by=packer(), at=NOW)


def carton(*lots: MaterialLot) -> HandlingUnit:
    """A closed carton with these lots."""
    made = unit()
    for lot in lots:
        pack(made, lot)
    return unpacking.close(unit=made, by=packer(), at=NOW)


def customer(code: str = "C-NORTH") -> Partner:
    return Partner.objects.get_or_create(code=code, defaults={"name": code, "kind": PartnerKind.CUSTOMER})[0]


def shipment(quantity: int = 10, number: str = "SH-1", code: str = "BOARD", to: str = "C-NORTH") -> Shipment:
    return shipments.plan(
        number=number, customer=customer(to), due_at=NOW + timedelta(days=1), site=ground.site(), by=packer(), at=NOW,
        lines=[(10, board(code), Decimal(quantity))],
    )


def pick(to: Shipment, code: str, quantity: int | None = None) -> Any:
    amount = None if quantity is None else Decimal(quantity)
    return picks.pick(shipment=to, code=code, quantity=amount, by=packer(), at=NOW)


def ship(one: Shipment, **more: Any) -> Shipment:
    return shipments.ship(shipment=one, vehicle="沪A·12345", by=packer(), at=NOW, **more)


def hold(lot: MaterialLot) -> Hold:
    cause = Cause(CauseKind.PERSON, "H")
    return holds.place(target=Target.lot(lot), cause=cause, reason="Scratch", by=packer(), at=NOW)


def store() -> Equipment:
    place = ground.station("FG")
    Equipment.objects.filter(pk=place.pk).update(stores_material=True)
    return place


def load(pallet: HandlingUnit, one: HandlingUnit) -> HandlingUnit:
    return packing.load(pallet=pallet, carton=one, by=packer(), at=NOW)


def scan(into: HandlingUnit, code: str) -> packing.Scanned:
    return packing.scan(unit=into, code=code, by=packer(), at=NOW)


def try_pick(to: Shipment, code: str) -> packing.Scanned:
    return picks.scan(shipment=to, code=code, by=packer(), at=NOW)
