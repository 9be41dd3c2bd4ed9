"""Production orders: taken from the planner or the ERP, and turned into work orders."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count, islice

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import job_orders, plans
from mes.commands.plans import Part
from mes.models import JobOrder, JobOrderStatus, WorkRequest, WorkRequestStatus
from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands.moves import positive

MOST_PARTS, FRIDAY = 1000, 5
UNBEGUN = (JobOrderStatus.PLANNED, JobOrderStatus.RELEASED, JobOrderStatus.DISPATCHED)


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
    check_planned(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    journal.record("workrequest.changed", subject=locked, by=by, data=told(locked))
    return locked


def check_planned(order: WorkRequest, fields: dict[str, object]) -> None:
    """What is planned already stays of the same material and within the new quantity."""
    planned = plans.planned(order)
    if planned and (fields["material"] != order.material or Decimal(str(fields["quantity"])) < planned):
        message = _(
            "%(planned)s of production order %(number)s are planned as work orders already. Cancel those first, "
            "or leave the material and at least that quantity."
        )
        words = {"number": order.number, "planned": plain(planned)}
        raise OrderSettled(message % words, code="already-planned", facts={"planned": plain(planned)})


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
    every: timedelta = timedelta(days=1), lines: Sequence[Equipment] = (), without_weekends: bool = False,
) -> list[JobOrder]:
    """Cut what is not planned yet into work orders of so many pieces, one a day and line or as often as said.

    quantity_each    pieces that a line makes in one stretch of `every`; the last work order takes what is left
    lines            where, side by side; none: the lines are chosen when the work orders are dispatched
    """
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    left, each = order.quantity - plans.planned(order), positive(quantity_each)
    if left <= 0:
        plans.check_left(order, each)
    if left > each * MOST_PARTS:
        message = _("That would be more than %(most)s work orders. Put more pieces in each.")
        raise Refusal(message % {"most": MOST_PARTS}, code="too-many-parts")
    stretches = starts(start_at, every, without_weekends)
    side_by_side: Sequence[Equipment | None] = lines or [None]
    places = [(start, line) for start in islice(stretches, MOST_PARTS) for line in side_by_side]
    parts: list[Part] = []
    for start, line in places:
        if left > 0:
            parts.append(Part(min(left, each), start + every, line, start))
            left -= parts[-1].quantity
    return plans.plan_all(work_request=order, parts=parts, by=by, at=at)


def starts(first: datetime, every: timedelta, without_weekends: bool) -> Iterator[datetime]:
    """When the stretches begin, one after the other; those that begin on a Saturday or Sunday may be left out."""
    for number in count():
        start = first + every * number
        if not without_weekends or timezone.localtime(start).isoweekday() <= FRIDAY:
            yield start


@command
def expedite(*, work_request: WorkRequest, priority: int, reason: str, by: Person, at: datetime) -> WorkRequest:
    """Draw an order forward or put it back; its work orders wait and stand in the lines' queues accordingly."""
    policies.check(by, "order.release")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    if order.status not in plans.OPEN:
        raise settled(order)
    was, order.priority = order.priority, priority
    order.save(update_fields=["priority"])
    journal.record("workrequest.expedited", subject=order, by=by, reason=reason, data={"priority": [was, priority]})
    return order


@command
def close_short(*, work_request: WorkRequest, reason: str, by: Person, at: datetime) -> WorkRequest:
    """End an order with less than it asked for; work orders that nobody began are cancelled with it."""
    policies.check(by, "order.cancel")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    if order.status != WorkRequestStatus.RELEASED:
        raise settled(order)
    for job in JobOrder.objects.filter(work_request=order, status__in=UNBEGUN).order_by("pk"):
        job_orders.cancel(job_order=job, reason=reason, by=by, at=at)
    check_ended(order)
    data = {"quantity": order.quantity, "planned": plans.planned(order)}
    journal.move(order, to=WorkRequestStatus.COMPLETED, by=by, reason=reason, data=data)
    return order


@command
def cancel(*, work_request: WorkRequest, reason: str, by: Person, at: datetime) -> WorkRequest:
    """Give an order up; its work orders have to be cancelled or completed before."""
    policies.check(by, "order.cancel")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    check_ended(order)
    journal.move(order, to=WorkRequestStatus.CANCELLED, by=by, reason=reason)
    return order


def check_ended(order: WorkRequest) -> None:
    """No work order of an order may be open."""
    running = JobOrder.objects.filter(work_request=order).exclude(status__in=job_orders.ENDED).order_by("number")
    if running:
        message = _("Work order %(job)s of this order is not finished. Complete or cancel it first.")
        raise OrderSettled(message % {"job": running[0].number}, facts={"job_order": running[0].number})


def settled(order: WorkRequest) -> OrderSettled:
    """Say that an order stands where it can't be changed so any more."""
    message = _("Production order %(number)s is “%(state)s”, so this can't be done with it.")
    words = {"number": order.number, "state": order.get_status_display()}
    return OrderSettled(message % words, facts={"work_request": order.number, "status": order.status})


def told(order: WorkRequest) -> dict[str, object]:
    """What the journal keeps of an order."""
    return {
        "material": order.material.code, "quantity": order.quantity, "due_at": order.due_at, "priority": order.priority,
    }
