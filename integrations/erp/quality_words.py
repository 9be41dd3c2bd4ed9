"""Inspections in the words of the API: what is answered, what is sent, and an example of each."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers as s

from integrations.erp.answers import maybe, text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import Measured
from integrations.erp.fields import Whole as Number
from integrations.erp.words import when
from qms.models import Inspection as Row
from qms.queries.inspections import ItemState

LARGEST = 500


class Inspection(s.Serializer):
    number, kind, status, lot, material, operation = text(), text(), text(), text(), text(), text()
    verdict, computed, restrictions, job_order = text(), text(), text(), text()
    equipment, inspector = maybe(), maybe()
    blocking = s.BooleanField()
    due_at, created_at, decided_at = time(), time(), time()


class Inspections(s.Serializer):
    results = Inspection(many=True)
    next = maybe()


class Value(s.Serializer):
    sample = s.IntegerField()
    value = s.FloatField()
    passed = s.BooleanField()
    gauge = maybe()
    by = text()
    at = time()


class Characteristic(s.Serializer):
    characteristic, name = text(), text()
    by_eye = s.BooleanField()
    unit, gauge_type = maybe(), maybe()
    lower, upper = s.FloatField(allow_null=True), s.FloatField(allow_null=True)
    sample_size, acceptance, rejection, inspected, found = (s.IntegerField() for _number in range(5))
    values = Value(many=True)


class Whole(Inspection):
    characteristics = Characteristic(many=True)


class ResultIn(s.Serializer):
    """One value: of the sample that is named, or the next one that has none."""

    characteristic = s.CharField(max_length=60)
    value = s.FloatField()
    sample = Number(min_value=1, allow_null=True, default=None)


class HeardIn(s.Serializer):
    """One value of an instrument."""

    value = Measured()


class ResultsIn(s.Serializer):
    """Values that were measured with one gauge."""

    gauge = s.CharField(max_length=60, allow_blank=True, default="")
    reason = s.CharField(max_length=200, allow_blank=True, default="")
    results = s.ListField(child=ResultIn(), min_length=1, max_length=LARGEST)


def inspection(row: Row) -> dict[str, Any]:
    return {
        "number": row.number, "kind": row.kind, "status": row.status, "lot": row.lot.number,
        "material": row.lot.material.code, "operation": row.operation, "verdict": row.verdict,
        "computed": row.computed, "restrictions": row.restrictions, "job_order": row.job_order,
        "equipment": row.equipment.code if row.equipment else None,
        "inspector": row.inspector.number if row.inspector else None, "blocking": row.blocking,
        "due_at": when(row.due_at), "created_at": when(row.created_at), "decided_at": when(row.decided_at),
    }


def characteristic(state: ItemState) -> dict[str, Any]:
    item, one = state.item, state.item.characteristic
    return {
        "characteristic": one.code, "name": one.name, "by_eye": one.is_counted,
        "unit": None if one.is_counted else one.parameter.unit.symbol,
        "gauge_type": item.gauge_type.code if item.gauge_type else None, "lower": item.lower, "upper": item.upper,
        "sample_size": item.sample_size, "acceptance": item.ac, "rejection": item.re, "inspected": state.inspected,
        "found": state.found,
        "values": [
            {
                "sample": sample, "value": result.value, "passed": result.passed,
                "gauge": result.gauge.code if result.gauge else None, "by": result.by.number, "at": when(result.at),
            }
            for sample, result in state.samples
            if result is not None
        ],
    }


def whole(row: Row, states: Sequence[ItemState]) -> dict[str, Any]:
    return {**inspection(row), "characteristics": [characteristic(state) for state in states]}


LINE: Example = {
    "number": "INS001042", "kind": "IQC", "status": "OPEN", "lot": "R-2041", "material": "PCB-100",
    "operation": "RECEIPT", "verdict": "", "computed": "", "restrictions": "", "job_order": "", "equipment": None,
    "inspector": None, "blocking": True, "due_at": AT, "created_at": AT, "decided_at": None,
}
THICKNESS: Example = {
    "characteristic": "D-PCB", "name": "Thickness", "by_eye": False, "unit": "mm", "gauge_type": "MICROMETER",
    "lower": 1.5, "upper": 1.7, "sample_size": 2, "acceptance": 0, "rejection": 1, "inspected": 0, "found": 0,
    "values": [],
}
WHOLE: Example = {**LINE, "characteristics": [THICKNESS]}
RESULTS_IN: Example = {
    "gauge": "MIC-03", "reason": "", "results": [{"characteristic": "D-PCB", "value": 1.604, "sample": None}],
}
VALUE: Example = {"sample": 1, "value": 1.604, "passed": True, "gauge": "MIC-03", "by": "api:lab", "at": AT}
MEASURED: Example = {
    **LINE, "status": "IN_PROGRESS", "inspector": "api:lab",
    "characteristics": [{**THICKNESS, "inspected": 1, "values": [VALUE]}],
}
DECIDED: Example = {
    **LINE, "status": "DECIDED", "verdict": "PASS", "computed": "PASS", "inspector": "api:lab", "decided_at": AT,
    "characteristics": [{**THICKNESS, "inspected": 2, "values": [VALUE, {**VALUE, "sample": 2}]}],
}
