"""Calls for help, and what keeps machines going: work orders of maintenance, plans and how far each is used, tools."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as own
from integrations.erp.floor_serializers import AndonIn, MaintenanceIn
from integrations.nouns.floor import by_id
from integrations.nouns.noun import Noun, Words, each
from mes.commands import andon as calls
from mes.commands import maintenance as work
from mes.models import Andon, MaintenanceDue, MaintenanceOrder, MaintenancePlan, Tool
from mes.queries import andon, maintenance, tools
from plant.models import Person


def take_call(fields: Words, by: Person, at: datetime) -> tuple[Andon, bool]:
    """Call for help; while a call of this kind is alive at the station, that one stands."""
    made = calls.call(by=by, at=at, **fields)
    return made, made.called_at == at


def take_order(fields: Words, by: Person, at: datetime) -> tuple[MaintenanceOrder, bool]:
    """Open a work order; a machine may have several, so only their own number tells two apart."""
    return work.open_order(by=by, at=at, **fields), True


def is_alive(is_open: bool) -> Q:
    """Calls, or work, that are not settled yet, or those that are; both have the same states for it."""
    alive = Q(status__in=[*andon.ALIVE, *maintenance.ALIVE])
    return alive if is_open else ~alive


def is_overdue(is_over: bool) -> Q:
    return Q(used__gte=1) if is_over else Q(used__lt=1)


def tell_order(row: MaintenanceOrder) -> Words:
    """A work order with its checklist."""
    return {**own.maintenance(row), "steps": [own.step(line) for line in maintenance.steps(row)]}


def tell_tool(row: Tool) -> Words:
    """A tool as worn as it is by now; the list tells what was last judged."""
    here = tools.mount_of(row)
    row.used = tools.worn(here, timezone.now()) if here else row.used
    return own.tool(row, here.station.code if here else None)


ANDONS = Noun(
    code="andon-calls", name=_("Andon call"), key="id", model=Andon, reads="andon:read", writes="andon:write",
    takes=AndonIn, take=take_call, once=True, by_key=by_id, key_of_row=lambda row: str(row.pk),
    every=lambda: andon.related().select_related("cause_kind").prefetch_related("maintenance_orders"),
    tell=each(own.andon), answer=answers.Andon, sent=examples.ANDON_IN, example=examples.ANDON,
    filters={
        "open": is_alive, "station": "station__code", "kind": "kind__code", "about": "kind__about", "status": "status",
        "job_order": "job_order__number", "called_from": "called_at__gte", "called_before": "called_at__lt",
    },
    orders={"called_at": "called_at", "closed_at": "closed_at"},
)
ORDERS = Noun(
    code="maintenance-orders", name=_("Maintenance order"), key="number", model=MaintenanceOrder,
    reads="maintenance:read", writes="maintenance:write", takes=MaintenanceIn, take=take_order, once=True,
    every=maintenance.related, tell=each(own.maintenance), tell_whole=tell_order, answer=answers.MaintenanceOrder,
    whole=answers.MaintenanceOrderWithSteps, sent=examples.MAINTENANCE_IN, example=examples.MAINTENANCE_LINE,
    example_whole=examples.MAINTENANCE,
    filters={
        "open": is_alive, "equipment": "equipment__code", "status": "status", "kind": "kind", "plan": "plan__code",
        "opened_from": "opened_at__gte", "opened_before": "opened_at__lt", "done_from": "done_at__gte",
        "done_before": "done_at__lt",
    },
    orders={"number": "number", "due_at": "due_at", "opened_at": "opened_at", "done_at": "done_at"},
)
PLANS = Noun(
    code="maintenance-plans", name=_("Maintenance plan"), key="code", model=MaintenancePlan, reads="maintenance:read",
    every=lambda: MaintenancePlan.objects.select_related("equipment", "equipment_class", "parameter"),
    tell=each(own.plan), answer=answers.MaintenancePlan, example=examples.PLAN,
    filters={
        "equipment": "equipment__code", "equipment_class": "equipment_class__code", "when_due": "when_due",
        "active": "active",
    },
    orders={"code": "code"},
)
DUES = Noun(
    code="maintenance-dues", name=_("Due maintenance"), key="id", model=MaintenanceDue, reads="maintenance:read",
    every=maintenance.dues, tell=each(own.due), answer=answers.MaintenanceDue, example=examples.DUE, by_key=by_id,
    filters={"plan": "plan__code", "equipment": "equipment__code", "overdue": is_overdue, "by": "by"},
    orders={"used_percent": "used"},
)
TOOLS = Noun(
    code="tools", name=_("Tool"), key="code", model=Tool, reads="tools:read", every=tools.listing,
    tell=lambda rows: [own.tool(row, row.mounted) for row in rows], tell_whole=tell_tool, answer=answers.Tool,
    example=examples.TOOL,
    filters={
        "station": "mounted", "equipment_class": "equipment_class__code", "worn_by": "life_by", "active": "active",
    },
    orders={"code": "code", "used": "used"},
)
NOUNS = (ANDONS, ORDERS, PLANS, DUES, TOOLS)
