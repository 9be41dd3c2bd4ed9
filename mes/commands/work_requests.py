"""Production orders: taken from the planner or the ERP, and turned into work orders."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.commands import job_orders
from mes.models import JobOrder, WorkRequest, WorkRequestStatus
from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands.moves import positive


class OrderSettled(Refusal):
    """A production order that is no longer open to change."""

    code = "order-settled"


@command
def receive(
    *, number: str, material: MaterialDefinition, quantity: Decimal, due_at: datetime, by: Person, at: datetime,
    priority: int = 50, customer: Partner | None = None, site: Equipment | None = None,
) -> WorkRequest:
    """Take a production order; the same number again changes it for as long as it is open."""
    policies.check(by, "order.receive")
    fields = {
        "material": material, "quantity": positive(quantity), "due_at": due_at, "priority": priority,
        "customer": customer, "site": site or places.home(by),
    }
    order, is_new = WorkRequest.objects.get_or_create(
        number=number or numbering.next_number("work_request"), defaults={**fields, "created_at": at}
    )
    if is_new:
        journal.record("workrequest.received", subject=order, by=by, data=told(order))
        return order
    return change(order, fields, by=by)


def change(order: WorkRequest, fields: dict[str, object], *, by: Person) -> WorkRequest:
    """Change an open order; nothing is written when it says the same."""
    locked = lock(WorkRequest.objects.filter(pk=order.pk))[0]
    before = {name: getattr(locked, name) for name in fields}
    if before == fields:
        return locked
    if locked.status != WorkRequestStatus.OPEN:
        message = _("Production order %(number)s is “%(state)s” and can't be changed. Send a new order number.")
        words = {"number": locked.number, "state": locked.get_status_display()}
        raise OrderSettled(message % words, facts={"work_request": locked.number, "status": locked.status})
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    journal.record("workrequest.changed", subject=locked, by=by, data=told(locked))
    return locked


@command
def release(*, work_request: WorkRequest, by: Person, at: datetime) -> WorkRequest:
    """Let an order be made: it gets one work order for what is not planned yet."""
    policies.check(by, "order.release")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    journal.move(order, to=WorkRequestStatus.RELEASED, by=by)
    left = order.quantity - job_orders.planned(order)
    if left > 0:
        job_orders.plan(work_request=order, quantity=left, due_at=order.due_at, by=by, at=at)
    return order


@command
def explode(
    *, work_request: WorkRequest, quantity_each: Decimal, start_at: datetime, by: Person, at: datetime,
    every: timedelta = timedelta(days=1), line: Equipment | None = None,
) -> list[JobOrder]:
    """Cut what is not planned yet into work orders of so many pieces, one a day or as often as said."""
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    left = order.quantity - job_orders.planned(order)
    made: list[JobOrder] = []
    while left > 0:
        part = min(left, positive(quantity_each))
        start = start_at + every * len(made)
        made.append(
            job_orders.plan(
                work_request=order, quantity=part, line=line, planned_start_at=start, due_at=start + every, by=by, at=at
            )
        )
        left -= part
    return made


@command
def cancel(*, work_request: WorkRequest, reason: str, by: Person, at: datetime) -> WorkRequest:
    """Give an order up; its work orders have to be cancelled or completed before."""
    policies.check(by, "order.cancel")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    running = JobOrder.objects.filter(work_request=order).exclude(status__in=job_orders.ENDED).order_by("number")
    if running:
        message = _("Work order %(job)s of this order is not finished. Complete or cancel it first.")
        raise OrderSettled(message % {"job": running[0].number}, facts={"job_order": running[0].number})
    journal.move(order, to=WorkRequestStatus.CANCELLED, by=by, reason=reason)
    return order


def told(order: WorkRequest) -> dict[str, object]:
    """What the journal keeps of an order."""
    return {
        "material": order.material.code, "quantity": order.quantity, "due_at": order.due_at, "priority": order.priority,
    }
