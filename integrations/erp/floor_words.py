"""The shop floor in the words of the API: calls for help, work on machines, tools."""

from typing import Any

from integrations.erp.words import when
from mes.amounts import plain as amount
from mes.models import Andon, MaintenanceDue, MaintenanceOrder, MaintenancePlan, Tool, ToolMount, ToolReset
from plant.models import Person
from plant.queries.reaction_steps import Line


def number_of(person: Person | None) -> str | None:
    return person.number if person else None


def used(value: float) -> str:
    """What a tool has done, as text: whole for pieces and shots, two decimals for hours."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def andon(row: Andon) -> dict[str, Any]:
    return {
        "id": row.pk, "station": row.station.code, "kind": row.kind.code, "about": row.kind.about,
        "status": row.status, "note": row.note, "job_order": row.job_order.number if row.job_order else None,
        "called_by": row.called_by.number, "called_at": when(row.called_at), "owner_role": row.owner_role,
        "owner": number_of(row.owner), "respond_by": when(row.respond_by),
        "acknowledged_by": number_of(row.acknowledged_by), "acknowledged_at": when(row.acknowledged_at),
        "kind_of_cause": row.cause_kind.code if row.cause_kind else None, "cause": row.cause,
        "action_taken": row.action_taken, "closed_at": when(row.closed_at),
        "maintenance_orders": [one.number for one in row.maintenance_orders.all()],
    }


def maintenance(row: MaintenanceOrder) -> dict[str, Any]:
    return {
        "number": row.number, "equipment": row.equipment.code, "kind": row.kind, "title": row.title,
        "status": row.status, "plan": row.plan.code if row.plan else None, "andon": row.andon_id,
        "owner_role": row.owner_role, "owner": number_of(row.owner), "opened_by": row.opened_by.number,
        "opened_at": when(row.opened_at), "due_at": when(row.due_at), "started_at": when(row.started_at),
        "done_by": number_of(row.done_by), "done_at": when(row.done_at),
        "hours": None if row.hours is None else amount(row.hours), "findings": row.findings,
        "kind_of_cause": row.cause_kind.code if row.cause_kind else None, "closed_at": when(row.closed_at),
    }


def step(line: Line) -> dict[str, Any]:
    """A step of the checklist; `done` is nothing while nobody said so."""
    return {
        "step": line.step.position, "text": line.step.text, "required": line.step.required,
        "done": line.taken.is_done if line.taken else None, "remark": line.taken.remark if line.taken else "",
    }


def due(row: MaintenanceDue) -> dict[str, Any]:
    return {
        "id": row.pk, "plan": row.plan.code, "equipment": row.equipment.code, "by": row.by,
        "used_percent": row.percent, "overdue": row.is_overdue, "last_done_at": when(row.last_at),
        "judged_at": when(row.judged_at),
    }


def plan(row: MaintenancePlan) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "equipment": row.equipment.code if row.equipment else None,
        "equipment_class": row.equipment_class.code if row.equipment_class else None, "every_days": row.every_days,
        "every_hours": row.every_hours, "every_count": row.every_count,
        "parameter": row.parameter.code if row.parameter else None,
        "above": None if row.above is None else repr(row.above), "when_due": row.when_due,
        "owner_role": row.owner_role, "active": row.active,
    }


def tool(row: Tool, mounted: str | None) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "worn_by": row.life_by, "life": row.life, "pieces_a_shot": row.per_shot,
        "used": used(row.used), "used_percent": row.percent, "worn_out": row.is_over, "when_over": row.when_over,
        "equipment_class": row.equipment_class.code if row.equipment_class else None, "mounted_at": mounted,
        "judged_at": when(row.judged_at), "active": row.active,
    }


def life(row: ToolReset) -> dict[str, Any]:
    return {"used": used(row.used), "reason": row.reason, "by": row.by.number, "ended_at": when(row.at)}


def mounting(row: ToolMount) -> dict[str, Any]:
    return {
        "station": row.station.code, "from_at": when(row.from_at), "to_at": when(row.to_at),
        "used_before": used(row.used_before), "used_after": None if row.used_after is None else used(row.used_after),
        "reason": row.reason,
    }
