"""What the floor did, in the words of the API: work orders, reports, consumption, stock, measured values."""

from typing import Any

from rest_framework import serializers as s

from integrations.erp import answers, examples
from integrations.erp.answers import amount as number
from integrations.erp.answers import maybe, text, time
from integrations.erp.examples import AT, Example
from integrations.erp.master_words import reason_id
from integrations.erp.words import job_order, when
from mes.amounts import plain as amount
from mes.models import JobOrder, JobResponse
from mes.queries.orders import OperationRow
from qms.models import InspectionResult
from traceability.models import LotBalance, MaterialActual


class WorkOrder(answers.JobOrder):
    work_request, material, unit, site, routing = text(), text(), text(), text(), text()


class Report(s.Serializer):
    id = s.IntegerField()
    job_order, work_request, operation, station, person, lot = text(), text(), text(), text(), text(), text()
    material, unit = text(), text()
    good, scrap, rework = number(), number(), number()
    reason, nonconformance = maybe(), text()
    started_at, at = time(), time()


class Consumption(s.Serializer):
    id = s.IntegerField()
    kind, lot, material, unit, job_order, operation = text(), text(), text(), text(), text(), text()
    quantity = number()
    into, station, person = maybe(), maybe(), text()
    at = time()


class Stock(s.Serializer):
    id = s.IntegerField()
    lot, material, unit, status, bucket, place = text(), text(), text(), text(), text(), text()
    quantity = number()
    expires_at = time()


class MeasuredValue(s.Serializer):
    id, sample = s.IntegerField(), s.IntegerField()
    inspection, lot, characteristic = text(), text(), text()
    value = s.FloatField()
    passed, superseded = s.BooleanField(), s.BooleanField()
    gauge, reason, by = maybe(), text(), text()
    at = time()


def work_order(row: JobOrder, operations: list[OperationRow]) -> dict[str, Any]:
    request = row.work_request
    return {
        **job_order(row, operations), "work_request": request.number, "material": request.material.code,
        "unit": request.material.unit_id, "site": row.site.code, "routing": str(row.work_master),
    }


def report(row: JobResponse) -> dict[str, Any]:
    segment = row.job_segment
    request = segment.job_order.work_request
    return {
        "id": row.pk, "job_order": segment.job_order.number, "work_request": request.number,
        "operation": segment.segment.code, "station": row.station.code, "person": row.person.number,
        "lot": row.lot.number, "material": request.material.code, "unit": request.material.unit_id,
        "good": amount(row.good), "scrap": amount(row.scrap), "rework": amount(row.rework),
        "reason": reason_id(row.reason) if row.reason else None, "nonconformance": row.nonconformance,
        "started_at": when(row.started_at), "at": when(row.at),
    }


def consumption(row: MaterialActual) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "lot": row.lot.number, "material": row.lot.material.code,
        "unit": row.lot.material.unit_id, "job_order": row.job_order, "operation": row.operation,
        "quantity": amount(row.quantity), "into": row.link.child.number if row.link else None,
        "station": row.equipment.code if row.equipment else None, "person": row.person.number, "at": when(row.at),
    }


def stock(row: LotBalance) -> dict[str, Any]:
    return {
        "id": row.pk, "lot": row.lot.number, "material": row.lot.material.code, "unit": row.lot.material.unit_id,
        "status": row.lot.status, "bucket": row.bucket, "place": row.place, "quantity": amount(row.quantity),
        "expires_at": when(row.lot.expires_at),
    }


def measured(row: InspectionResult) -> dict[str, Any]:
    inspection = row.item.inspection
    return {
        "id": row.pk, "inspection": inspection.number, "lot": inspection.lot.number,
        "characteristic": row.item.characteristic.code, "sample": row.sample, "value": row.value,
        "passed": row.passed, "superseded": hasattr(row, "superseded_by"),
        "gauge": row.gauge.code if row.gauge else None, "reason": row.reason, "by": row.by.number, "at": when(row.at),
    }


WORK_ORDER: Example = {
    **examples.JOB_ORDER, "work_request": "ERP-2701", "material": "CB-100", "unit": "C62", "site": "SITE",
    "routing": "CB-100 / 1",
}
REPORT: Example = {
    "id": 4711, "job_order": "JO-000042", "work_request": "ERP-2701", "operation": "REFLOW", "station": "L1-REFLOW",
    "person": "100234", "lot": "JO-000042-01", "material": "CB-100", "unit": "C62", "good": "19", "scrap": "1",
    "rework": "0", "reason": "SCRAP:DENT", "nonconformance": "", "started_at": AT, "at": AT,
}
CONSUMPTION: Example = {
    "id": 815, "kind": "CONSUMED", "lot": "L-000123", "material": "PCB-100", "unit": "C62", "job_order": "JO-000042",
    "operation": "PLACE", "quantity": "20", "into": "JO-000042-01", "station": "L1-PLACE", "person": "100234",
    "at": AT,
}
STOCK: Example = {
    "id": 99, "lot": "L-000123", "material": "PCB-100", "unit": "C62", "status": "AVAILABLE", "bucket": "STOCK",
    "place": "A-01", "quantity": "480", "expires_at": None,
}
MEASURED: Example = {
    "id": 12, "sample": 1, "inspection": "INS001042", "lot": "R-2041", "characteristic": "D-PCB", "value": 1.604,
    "passed": True, "superseded": False, "gauge": "MIC-03", "reason": "", "by": "100311", "at": AT,
}
