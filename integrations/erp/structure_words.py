"""How things are made, in the words of the API: routings with their bills of materials, and end items."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange
from rest_framework import serializers as s

from integrations.erp.answers import amount, text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import Code, Number, Quantity, Whole
from integrations.erp.fields import text as said
from integrations.erp.words import when
from mes.amounts import plain
from mes.models import EndItem as EndItemRow
from mes.models import WorkMaster as WorkMasterRow
from plant.models import Equipment, MaterialDefinition


class PeriodIn(s.Serializer):
    """From when to when; without an end, for good."""

    effective_from = s.DateTimeField(allow_null=True, default=None)
    effective_to = s.DateTimeField(allow_null=True, default=None)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """The beginning before the end; both as one range."""
        since, until = words.pop("effective_from"), words.pop("effective_to")
        if since is not None and until is not None and until <= since:
            raise s.ValidationError({"effective_to": [_("This ends before it begins. Correct the times.")]})
        bounds = "[)" if since is not None else "()"  # as the database gives them back
        return {**words, "effective": DateTimeTZRange(since, until, bounds)}


class BomLineIn(PeriodIn):
    """What one piece takes of a material."""

    material = Code(MaterialDefinition.objects.all())
    quantity = Quantity()


class OperationIn(s.Serializer):
    """One operation, where it can be done, and what it takes."""

    sequence = Whole(min_value=0, max_value=2**31 - 1)
    code = Number(40)
    name = said(120)
    stations = s.ListField(child=Code(Equipment.objects.filter(level="WORK_UNIT")), max_length=200, default=list)
    materials = s.ListField(child=BomLineIn(), max_length=500, default=list)


class WorkMasterIn(s.Serializer):
    """The routing of a material with its bill of materials; its code is the material's."""

    code = Code(MaterialDefinition.objects.all())
    operations = s.ListField(child=OperationIn(), min_length=1, max_length=200)

    def validate_operations(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each sequence and each code once."""
        for name in ("sequence", "code"):
            if len({row[name] for row in operations}) != len(operations):
                raise s.ValidationError(_("Two operations carry one sequence or code. Give each its own."))
        return operations


class BomLine(s.Serializer):
    material, unit, quantity = text(), text(), amount()
    effective_from, effective_to = time(), time()


class RoutedOperation(s.Serializer):
    sequence, code, name = s.IntegerField(), text(), text()
    stations = s.ListField(child=s.CharField())
    materials = BomLine(many=True)


class WorkMaster(s.Serializer):
    code, material, name, status = text(), text(), text(), text()
    revision, lot_size = s.IntegerField(), s.IntegerField()
    operations = RoutedOperation(many=True)


class EndItemIn(PeriodIn):
    """A product that leaves the plant as it is, and when it does."""

    material = Code(MaterialDefinition.objects.all())


class EndItem(s.Serializer):
    material = text()
    effective_from, effective_to = time(), time()


def period(effective: Any) -> dict[str, Any]:
    return {"effective_from": when(effective.lower), "effective_to": when(effective.upper)}


def work_master(row: WorkMasterRow) -> dict[str, Any]:
    return {
        "code": row.code, "material": row.material.code, "name": row.name, "status": row.status,
        "revision": row.revision, "lot_size": row.lot_size,
        "operations": [
            {
                "sequence": step.sequence, "code": step.code, "name": step.name,
                "stations": sorted(station.code for station in step.stations.all()),
                "materials": [
                    {
                        "material": line.material.code, "unit": line.material.unit_id,
                        "quantity": plain(line.quantity_per), **period(line.effective),
                    }
                    for line in step.materials.all()
                ],
            }
            for step in sorted(row.segments.all(), key=lambda step: step.sequence)
        ],
    }


def end_item(row: EndItemRow) -> dict[str, Any]:
    return {"material": row.material.code, **period(row.effective)}


LINE_IN: Example = {"material": "PCB-100", "quantity": "1"}
OPERATION_IN: Example = {
    "sequence": 10, "code": "PLACE", "name": "Place parts", "stations": ["L1-PLACE"], "materials": [LINE_IN],
}
WORK_MASTER_IN: Example = {"code": "CB-100", "operations": [OPERATION_IN]}
WORK_MASTER: Example = {
    "code": "CB-100", "material": "CB-100", "name": "Controller board", "status": "EFFECTIVE", "revision": 1,
    "lot_size": 1,
    "operations": [{
        **OPERATION_IN, "materials": [{**LINE_IN, "unit": "C62", "effective_from": None, "effective_to": None}],
    }],
}  # fmt: skip
END_ITEM: Example = {"material": "CB-100", "effective_from": AT, "effective_to": None}
