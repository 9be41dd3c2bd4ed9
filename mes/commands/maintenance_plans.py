"""By the clock: how far every plan is used up, work orders for those that come due, and no work for what is overdue."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from mes.commands import maintenance, readiness
from mes.commands.readiness import CantDispatch
from mes.models import MaintenanceDue, MaintenancePlan, WhenDue
from mes.queries import maintenance as orders
from mes.queries import maintenance_use
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.transactions import command


@command
def judge(
    *, by: Person, at: datetime, plan: MaintenancePlan | None = None, equipment: Equipment | None = None
) -> int:
    """Judge every plan at its machines, or one; open a work order where one comes due. How many that made."""
    policies.check(by, "maintenance.judge")
    found = list(maintenance_use.used(
        at, plan=plan.pk if plan else None, equipment=equipment.pk if equipment else None
    ))
    rows = [
        MaintenanceDue(plan_id=one.plan, equipment_id=one.equipment, used=one.used, by=one.by, last_at=one.last_at,
                       judged_at=at)
        for one in found
    ]
    MaintenanceDue.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["plan", "equipment"],
        update_fields=["used", "by", "last_at", "judged_at"],
    )
    if plan is None and equipment is None:
        MaintenanceDue.objects.filter(judged_at__lt=at).delete()  # of plans and machines that are out of use
    return sum(_open(due, by=by, at=at) for due in orders.coming() if due.judged_at == at)


def _open(due: MaintenanceDue, *, by: Person, at: datetime) -> bool:
    interval, since = due.plan.interval, due.last_at
    due_at = at if due.is_overdue else since + interval if since and interval else None
    made = maintenance.open_order(
        equipment=due.equipment, plan=due.plan, title=due.plan.name, due_at=due_at, by=by, at=at
    )
    return made.opened_at == at


@readiness.register(orders.STOPPING)
def against(places: Sequence[Equipment], at: datetime) -> Iterator[Refusal]:
    """Machines whose maintenance is overdue, by a plan that says stop; and those that somebody works on."""
    for due in orders.overdue(places).filter(plan__when_due=WhenDue.STOP):
        words = {"place": due.equipment.code, "plan": due.plan.title, "percent": due.percent}
        message = _("Maintenance “%(plan)s” of %(place)s is overdue (%(percent)s %% of its interval). "
                    "Have it done first, or choose another place.")
        facts = {"equipment": due.equipment.code, "plan": due.plan.code}
        yield CantDispatch(message % words, code="maintenance-overdue", facts=facts)
    for order in orders.worked_on(places).select_related("equipment"):
        words = {"place": order.equipment.code, "order": order.number}
        message = _("Somebody works on %(place)s (%(order)s). Wait until that is done, or choose another place.")
        facts = {"equipment": order.equipment.code, "order": order.number}
        yield CantDispatch(message % words, code="in-maintenance", facts=facts)
