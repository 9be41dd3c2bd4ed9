"""Places that store material, and what is moved between them, in the words of the API."""

from typing import Any

from rest_framework import serializers as s

from integrations.erp.answers import amount, maybe, text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import Code, Number, Quantity
from integrations.erp.fields import text as said
from integrations.erp.words import when
from mes.amounts import plain
from plant.models import Equipment, MaterialDefinition, Unit
from plant.models.location_number import check_gln
from traceability.models import Move, PlaceKind


class StoragePlaceIn(s.Serializer):
    """A store, or a bin of a store: which of the two, its parent says."""

    code = Number(40)
    name = said(120)
    parent = Code(Equipment.objects.all())
    kind = s.ChoiceField(PlaceKind.choices, default=PlaceKind.STORE)
    material = Code(MaterialDefinition.objects.all(), allow_null=True, default=None)
    gln = s.RegexField(r"^(\d{13})?$", allow_blank=True, default="", validators=[check_gln])
    active = s.BooleanField(default=True)


class StoragePlace(s.Serializer):
    code, name, parent, kind, gln = text(), text(), text(), text(), text()
    material = maybe()
    active = s.BooleanField()


class StockMoveIn(s.Serializer):
    """That an amount of a lot was brought somewhere; all that lies there unless a quantity is said."""

    lot = said(80)
    from_place = said(40, allow_blank=True, default="")
    to_place = Code(Equipment.objects.filter(active=True))
    quantity = Quantity(allow_null=True, default=None)
    unit = Code(Unit.objects.all(), allow_null=True, default=None)
    reason = said(200, allow_blank=True, default="")


class StockMove(s.Serializer):
    id = s.IntegerField()
    lot, material, unit = text(), text(), text()
    from_bucket, from_place, to_bucket, to_place = text(), text(), text(), text()
    quantity = amount()
    job_order, operation, person, reason = text(), text(), text(), text()
    at = time()


def place(row: Equipment) -> dict[str, Any]:
    storage = getattr(row, "storage", None)
    kept = storage.material.code if storage and storage.material else None
    return {
        "code": row.code, "name": row.name, "parent": row.parent.code if row.parent else "",
        "kind": storage.kind if storage else PlaceKind.STORE, "gln": row.gln, "material": kept, "active": row.active,
    }


def move(row: Move) -> dict[str, Any]:
    return {
        "id": row.pk, "lot": row.lot.number, "material": row.lot.material.code, "unit": row.lot.material.unit_id,
        "from_bucket": row.from_bucket, "from_place": row.from_place, "to_bucket": row.to_bucket,
        "to_place": row.to_place, "quantity": plain(row.quantity), "job_order": row.job_order,
        "operation": row.operation, "person": row.person.number, "reason": row.reason, "at": when(row.at),
    }


PLACE_IN: Example = {"code": "A-01-03", "name": "Rack A, row 1, bin 3", "parent": "STORE-A", "material": "PCB-100"}
PLACE: Example = {**PLACE_IN, "kind": "STORE", "gln": "", "active": True}
MOVE_IN: Example = {"lot": "L-000123", "from_place": "DOCK-1", "to_place": "A-01-03", "quantity": "480"}
MOVE: Example = {
    "id": 9001, **MOVE_IN, "material": "PCB-100", "unit": "C62", "from_bucket": "STOCK", "to_bucket": "STOCK",
    "job_order": "", "operation": "", "person": "api:wms", "reason": "", "at": AT,
}
