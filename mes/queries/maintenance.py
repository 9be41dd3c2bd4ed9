"""Maintenance: what is due where, which work orders wait, and what a checklist still asks for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from mes.models import MaintenanceDue, MaintenanceOrder, MaintenanceStatus, SparePart
from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.queries import reaction_steps
from plant.queries.reaction_steps import Line

ALIVE = (MaintenanceStatus.OPEN, MaintenanceStatus.STARTED)
URGENCY = Case(
    When(status=MaintenanceStatus.STARTED, then=Value(0)), When(status=MaintenanceStatus.OPEN, then=Value(1)),
    When(status=MaintenanceStatus.DONE, then=Value(2)), default=Value(3), output_field=IntegerField(),
)


class UnknownMaintenance(Refusal):
    """A number that no work order of maintenance, or a code that no spare part, carries."""

    code = "unknown-maintenance"


def related() -> QuerySet[MaintenanceOrder]:
    return MaintenanceOrder.objects.select_related(
        "equipment__parent", "plan", "andon__kind", "owner", "opened_by", "done_by", "closed_by", "cause_kind"
    )


def by_number(number: str) -> MaintenanceOrder:
    """One work order with all that a page says of it."""
    found = related().filter(number=number).first()
    if found is None:
        raise UnknownMaintenance(_("There is no maintenance order %(number)s.") % {"number": number})
    return found


def listing() -> QuerySet[MaintenanceOrder]:
    """Work orders with how pressing they are."""
    return related().annotate(urgency=URGENCY)


def url(order: MaintenanceOrder) -> str:
    return reverse("mes:maintenance-detail", args=[order.number])


def steps(order: MaintenanceOrder) -> list[Line]:
    """The checklist of a work order's plan, with what was ticked off."""
    plan = list(order.plan.steps.order_by("position")) if order.plan else []
    return reaction_steps.lines(plan, order.ticks.select_related("by"))


STOPPING = """EXISTS (SELECT 1 FROM mes_maintenancedue d JOIN mes_maintenanceplan p ON p.id = d.plan_id
  WHERE d.equipment_id = ANY(%(places)s) AND d.used >= 1 AND p.active AND p.when_due = 'STOP')
OR EXISTS (SELECT 1 FROM mes_maintenanceorder o WHERE o.equipment_id = ANY(%(places)s) AND o.status = 'STARTED')"""


def worked_on(places: Sequence[Equipment]) -> QuerySet[MaintenanceOrder]:
    """The work orders that somebody works on at these places."""
    return MaintenanceOrder.objects.filter(equipment__in=places, status=MaintenanceStatus.STARTED)


def overdue(places: Sequence[Equipment]) -> QuerySet[MaintenanceDue]:
    """What is overdue at these places."""
    rows = MaintenanceDue.objects.filter(equipment__in=places, used__gte=1, plan__active=True)
    return rows.select_related("plan", "equipment")


def coming() -> QuerySet[MaintenanceDue]:
    """What has used up so much of its interval that a work order is to be there."""
    rows = MaintenanceDue.objects.filter(used__gte=F("plan__warn_percent") / 100.0)
    return rows.select_related("plan", "equipment__parent").order_by("pk")


def dues() -> QuerySet[MaintenanceDue]:
    """Every plan at every machine, the most used up first."""
    return MaintenanceDue.objects.select_related("plan", "equipment__parent")


def of_machine(equipment: Equipment) -> dict[str, Any]:
    """The dues of a machine, and its work orders, the newest first."""
    return {
        "dues": list(dues().filter(equipment=equipment).order_by("-used")),
        "orders": list(related().filter(equipment=equipment).order_by("-opened_at")[:30]),
    }


def waiting(person: Person) -> list[MaintenanceOrder]:
    """The work orders that wait for a person: theirs, and those of their roles that nobody has."""
    mine = Q(owner=person) | Q(owner__isnull=True, owner_role__in=list(person.roles))
    rows = MaintenanceOrder.objects.select_related("equipment").filter(mine, status__in=ALIVE)
    rows = rows.order_by(F("due_at").asc(nulls_last=True), "pk")
    return list(scoping.visible(rows, person)[:50])


def unsigned(person: Person) -> list[MaintenanceOrder]:
    """What is done and waits for a signature of somebody else."""
    rows = MaintenanceOrder.objects.select_related("equipment").filter(status=MaintenanceStatus.DONE)
    rows = rows.exclude(done_by=person).order_by("done_at")
    return list(scoping.visible(rows, person)[:50])


def seen(order: MaintenanceOrder) -> dict[str, Any]:
    """What is signed: the work as its page shows it."""
    return {
        "number": order.number, "equipment": order.equipment.code, "title": order.title,
        "findings": order.findings, "hours": "" if order.hours is None else f"{order.hours:.2f}",
        "done_by": order.done_by.number if order.done_by else "", "done_at": order.done_at,
        "steps": [
            [one.step.position, one.step.text, one.is_done, one.remark]
            for one in order.ticks.select_related("step").order_by("step__position")
        ],
        "parts": [[one.part.code, -one.quantity] for one in order.parts.select_related("part").order_by("pk")],
    }


def part(code: str) -> SparePart:
    """One spare part."""
    found = SparePart.objects.filter(code=code).first()
    if found is None:
        raise UnknownMaintenance(_("There is no spare part “%(code)s”.") % {"code": code[:40]})
    return found
