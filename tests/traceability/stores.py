"""Places of a small store, and what lies there."""

from decimal import Decimal
from typing import Any

from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Role
from tests import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, LotBalance, MaterialLot, PlaceKind, StoragePlace


def place(
    code: str, kind: str = PlaceKind.STORE, *, material: MaterialDefinition | None = None,
    parent: Equipment | None = None, level: str = EquipmentLevel.WORK_UNIT,
) -> Equipment:
    fields: dict[str, Any] = {"name": code, "level": level, "parent": parent or factories.site()}
    made = Equipment.objects.create(code=code, stores_material=True, **fields)
    if kind != PlaceKind.STORE or material:
        StoragePlace.objects.create(equipment=made, kind=kind, material=material)
    return found(code)


def found(code: str) -> Equipment:
    return Equipment.objects.select_related("storage__material").get(code=code)


def amounts(lot: MaterialLot) -> dict[tuple[str, str], Decimal]:
    rows = LotBalance.objects.filter(lot=lot, quantity__gt=0)
    return {(row.bucket, row.place): row.quantity for row in rows}


def hold(lot: MaterialLot) -> None:
    cause, engineer = Cause(CauseKind.PERSON, "P1"), factories.person("QE", Role.QUALITY_ENGINEER)
    holds.place(target=Target.lot(lot), cause=cause, reason="scratched", by=engineer, at=factories.NOW)
