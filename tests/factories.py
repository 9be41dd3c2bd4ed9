"""A small plant to test in, built by the plant's own commands."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from plant.models import (
    Equipment,
    EquipmentLevel,
    MaterialDefinition,
    MaterialUse,
    Partner,
    PartnerKind,
    Person,
    PersonRole,
    Tracking,
    Unit,
)
from traceability.commands import lots
from traceability.models import MaterialLot

PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def site() -> Equipment:
    return Equipment.objects.get_or_create(code="SITE", defaults={"name": "Site", "level": EquipmentLevel.SITE})[0]


def line(code: str = "LINE") -> Equipment:
    return Equipment.objects.get_or_create(
        code=code, defaults={"name": code, "level": EquipmentLevel.WORK_CENTER, "parent": site()}
    )[0]


def station(code: str = "OVEN", line_code: str = "LINE") -> Equipment:
    return Equipment.objects.get_or_create(
        code=code, defaults={"name": code, "level": EquipmentLevel.WORK_UNIT, "parent": line(line_code)}
    )[0]


@cache
def hashed() -> str:
    """The hash of PASSWORD, made once: it is slow on purpose."""
    return make_password(PASSWORD)


def person(number: str = "P1", *roles: str, **fields: Any) -> Person:
    """A person with these roles and the password "correct horse"."""
    defaults = {"name": f"Person {number}", "password": hashed(), **fields}
    someone, _ = Person.objects.get_or_create(number=number, defaults=defaults)
    for role in roles:
        PersonRole.objects.get_or_create(person=someone, role=role)
    return Person.objects.get(pk=someone.pk)


def material(code: str = "PCB", tracking: str = Tracking.LOT, use: str = MaterialUse.RAW) -> MaterialDefinition:
    pieces, _ = Unit.objects.get_or_create(code="C62", defaults={"name": "piece", "symbol": "pcs"})
    return MaterialDefinition.objects.get_or_create(
        code=code, defaults={"name": code, "tracking": tracking, "use": use, "unit": pieces}
    )[0]


def supplier(code: str = "ACME") -> Partner:
    return Partner.objects.get_or_create(code=code, defaults={"name": code, "kind": PartnerKind.SUPPLIER})[0]


def received(number: str, quantity: int = 100, **fields: Any) -> MaterialLot:
    """A lot in stock."""
    fields = {"material": material(), "site": site(), "by": person("WH", "WAREHOUSE"), "at": NOW, **fields}
    return lots.receive(number=number, quantity=Decimal(quantity), **fields)
