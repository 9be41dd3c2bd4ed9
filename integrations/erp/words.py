"""Our facts in the words of the API: decimals and times as strings, references as codes."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from mes.amounts import plain as amount
from mes.models import JobOrder, WorkRequest
from mes.queries.kitting import Kit, Line
from mes.queries.orders import OperationRow
from plant.models import Equipment, JournalEntry, MaterialDefinition
from qms.models import Nonconformance
from spc.models import Violation
from traceability.models import Hold, LotBalance, MaterialLot, Shipment, ShipmentPick
from traceability.queries.genealogy import Trace
from traceability.queries.shipments import LineRow


def when(at: datetime | None) -> str | None:
    """A time in ISO 8601."""
    return at.isoformat() if at else None


def number(value: float | None) -> str | None:
    """A reading as text, so that nobody rounds it on the way."""
    return None if value is None else repr(float(value))


def material(row: MaterialDefinition) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "use": row.use, "tracking": row.tracking, "unit": row.unit_id,
        "shelf_life_days": row.shelf_life_days, "gtin": row.gtin, "active": row.active,
    }


def equipment(row: Equipment) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "level": row.level, "parent": row.parent.code if row.parent else None,
        "state": row.state, "state_at": when(row.state_at), "active": row.active,
    }


def work_request(
    row: WorkRequest, jobs: Iterable[JobOrder], operations: dict[int, list[OperationRow]]
) -> dict[str, Any]:
    return {
        "number": row.number, "material": row.material.code, "quantity": amount(row.quantity),
        "unit": row.material.unit_id, "status": row.status, "priority": row.priority, "due_at": when(row.due_at),
        "customer": row.customer.code if row.customer else None,
        "job_orders": [job_order(job, operations[job.pk]) for job in jobs],
    }


def job_order(row: JobOrder, operations: list[OperationRow]) -> dict[str, Any]:
    return {
        "number": row.number, "quantity": amount(row.quantity), "status": row.status,
        "line": row.line.code if row.line else None, "due_at": when(row.due_at), "started_at": when(row.started_at),
        "ended_at": when(row.ended_at), "good": amount(operations[-1].row.good) if operations else "0",
        "scrap": amount(sum((one.row.scrap for one in operations), Decimal(0))),
        "operations": [operation(one) for one in operations],
    }


def operation(one: OperationRow) -> dict[str, Any]:
    row = one.row
    return {
        "operation": row.segment.code, "station": row.station.code if row.station else None, "good": amount(row.good),
        "scrap": amount(row.scrap), "rework": amount(row.rework), "wip": amount(one.wip),
    }


def kit(job: JobOrder, found: Kit | None) -> dict[str, Any]:
    """A closed work order needs nothing any more."""
    lines = found.lines if found else []
    return {
        "job_order": job.number, "status": job.status, "quantity": amount(found.quantity if found else job.quantity),
        "needed_at": when(found.at if found else None), "complete": not (found and found.short),
        "lines": [kit_line(line) for line in lines],
    }


def kit_line(line: Line) -> dict[str, Any]:
    return {
        "operation": line.operation, "material": line.material.code, "unit": line.material.unit_id,
        "needed": amount(line.needed), "free": amount(line.covered), "short": amount(line.short),
        "substitutes": [
            {
                "material": one.material.code, "unit": one.material.unit_id, "free": amount(one.free),
                "quantity": amount(one.amount), "covers": amount(round(one.covers, 6)),
            }
            for one in line.offers
        ],
    }


def lot(row: MaterialLot, balances: Iterable[LotBalance], holds: Iterable[Hold]) -> dict[str, Any]:
    return {
        "number": row.number, "kind": row.kind, "material": row.material.code, "unit": row.material.unit_id,
        "status": row.status, "supplier": row.supplier.code if row.supplier else None,
        "supplier_lot": row.supplier_lot, "job_order": row.job_order, "expires_at": when(row.expires_at),
        "created_at": when(row.created_at),
        "balances": [
            {"bucket": balance.bucket, "place": balance.place, "quantity": amount(balance.quantity)}
            for balance in balances
        ],
        "holds": [hold(one) for one in holds],
    }


def trace(found: Trace, root: str, direction: str) -> dict[str, Any]:
    numbers = {node.id: node.number or f"elsewhere-{node.id}" for node in found.nodes}
    return {
        "lot": root, "direction": direction,
        "nodes": [
            {"number": numbers[node.id], "kind": node.kind, "material": node.material, "status": node.status}
            for node in found.nodes
        ],
        "edges": [
            {
                "parent": numbers[edge.parent], "child": numbers[edge.child], "quantity": amount(edge.quantity),
                "job_order": edge.job_order, "operation": edge.operation, "at": when(edge.at),
            }
            for edge in found.edges
        ],
    }


def hold(row: Hold) -> dict[str, Any]:
    is_nonconformance = row.cause_kind == "NONCONFORMANCE"
    return {
        "id": row.pk, "target_kind": row.target_kind, "target": row.target_label, "cause_kind": row.cause_kind,
        "cause": row.cause_id, "nonconformance": row.cause_id if is_nonconformance else None, "reason": row.reason,
        "placed_at": when(row.placed_at), "placed_by": row.placed_by.number, "released_at": when(row.released_at),
        "release_reason": row.release_reason, "spread_from": row.spread_from_id,
    }


def spread(row: Hold) -> dict[str, Any]:
    return {"id": row.pk, "target": row.target_label}


def violation(row: Violation) -> dict[str, Any]:
    return {
        "id": row.pk, "chart": row.chart.code, "rule": row.rule, "status": row.status, "at": when(row.at),
        "value": number(row.value), "last_good_at": when(row.last_good_at), "ended_at": when(row.ended_at),
        "detected_at": when(row.detected_at), "respond_by": when(row.respond_by),
        "nonconformance": row.nonconformance.number if row.nonconformance else None,
        "snoozed_until": when(row.snoozed_until), "cause": row.cause.code if row.cause else None,
        "assignable_cause": row.assignable_cause, "action_taken": row.action_taken, "closed_at": when(row.closed_at),
    }


def nonconformance(row: Nonconformance) -> dict[str, Any]:
    return {
        "number": row.number, "status": row.status, "severity": row.severity, "title": row.title,
        "source_kind": row.source_kind, "source": row.source_id, "opened_at": when(row.opened_at),
        "closed_at": when(row.closed_at), "suspect_from": when(row.suspect_from), "suspect_to": when(row.suspect_to),
        "equipment": row.equipment.code if row.equipment else None,
        "lots": [
            {
                "lot": line.lot.number, "status": line.lot.status, "quantity": amount(line.quantity),
                "disposed": amount(line.disposed), "direct": line.direct,
            }
            for line in row.lots.all()
        ],
        "dispositions": [
            {
                "lot": one.lot.number, "decision": one.decision, "quantity": amount(one.quantity),
                "reason": one.reason, "by": one.by.number, "at": when(one.at),
            }
            for one in row.dispositions.all()
        ],
    }


def entry(row: JournalEntry) -> dict[str, Any]:
    return {
        "id": row.pk, "stream": row.stream, "seq": row.seq, "kind": row.kind, "subject_kind": row.subject_kind,
        "subject_id": row.subject_id, "subject": row.subject_label, "actor": row.actor, "at": when(row.at),
        "reason": row.reason, "data": row.data,
    }


def shipment(row: Shipment, lines: Iterable[LineRow], picks: Iterable[ShipmentPick]) -> dict[str, Any]:
    return {
        "number": row.number, "customer": row.customer.code, "status": row.status, "address": row.address,
        "vehicle": row.vehicle, "due_at": when(row.due_at), "shipped_at": when(row.shipped_at),
        "lines": [
            {
                "line": one.line.position, "material": one.line.material.code, "unit": one.line.material.unit_id,
                "quantity": amount(one.line.quantity), "picked": amount(one.picked),
            }
            for one in lines
        ],
        "lots": [
            {
                "line": one.line.position, "lot": one.lot.number, "material": one.lot.material.code,
                "sscc": one.unit.number if one.unit else None,
                "pallet": one.unit.pallet.number if one.unit and one.unit.pallet else None,
                "quantity": amount(one.quantity),
            }
            for one in picks
        ],
    }
