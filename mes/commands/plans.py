"""Planning: a production order becomes work orders that add up to it; those are cut, joined and drawn forward."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import requirements
from mes.models import JobMaterial, JobOrder, JobOrderStatus, WorkMaster, WorkRequest, WorkRequestStatus
from mes.queries import bills, routings
from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands.moves import positive

OPEN = (WorkRequestStatus.OPEN, WorkRequestStatus.RELEASED)


class TooMuch(Refusal):
    """More than the production order asks for."""

    code = "more-than-ordered"


class NoRouting(Refusal):
    """A material that nobody has said how to make."""

    code = "no-routing"


class CantReplan(Refusal):
    """A work order that can't be cut or joined as asked."""

    code = "cant-replan"


class Part(NamedTuple):
    """A part of a production order: how much, from when until when, and where."""

    quantity: Decimal
    due_at: datetime
    line: Equipment | None = None
    planned_start_at: datetime | None = None


@command
def plan(
    *, work_request: WorkRequest, quantity: Decimal, due_at: datetime, by: Person, at: datetime,
    line: Equipment | None = None, planned_start_at: datetime | None = None,
) -> JobOrder:
    """Plan a part of a production order as a work order by the routing that is effective now."""
    part = Part(quantity, due_at, line, planned_start_at)
    return plan_all(work_request=work_request, parts=[part], by=by, at=at)[0]


@command
def plan_all(*, work_request: WorkRequest, parts: Sequence[Part], by: Person, at: datetime) -> list[JobOrder]:
    """Plan these parts of a production order as a work order each, all or none, never more than is left to plan."""
    policies.check(by, "job.plan")
    order = lock(WorkRequest.objects.filter(pk=work_request.pk))[0]
    check_left(order, sum((positive(part.quantity) for part in parts), Decimal(0)))
    master = routing_for(order, at)
    numbers = numbering.next_numbers("job_order", len(parts))
    jobs = JobOrder.objects.bulk_create(
        JobOrder(
            number=number, work_request=order, work_master=master, quantity=part.quantity, site=order.site,
            line=part.line, planned_at=at, planned_start_at=part.planned_start_at, due_at=part.due_at,
        )
        for number, part in zip(numbers, parts, strict=True)
    )
    requirements.copy(jobs, bills.of_master(master, at))
    for job in jobs:
        data = {"work_request": order.number, "quantity": job.quantity, "routing": str(master)}
        journal.record("joborder.planned", subject=job, by=by, data=data)
    return jobs


def check_left(order: WorkRequest, wanted: Decimal) -> None:
    """Refuse a closed order, and more than a locked one has left to plan."""
    if order.status not in OPEN:
        message = _("Production order %(number)s is “%(state)s”; nothing is planned for it any more.")
        words = {"number": order.number, "state": order.get_status_display()}
        raise CantReplan(message % words, code="order-settled", facts={"work_request": order.number})
    left = order.quantity - planned(order)
    if wanted > left:
        message = _("Order %(order)s has %(left)s left to plan, not %(quantity)s. Plan less or change the order.")
        words = {"order": order.number, "left": plain(left), "quantity": plain(wanted)}
        raise TooMuch(message % words, facts={"left": plain(left)})


def routing_for(order: WorkRequest, at: datetime) -> WorkMaster:
    """The routing by which an order's material is made at a moment."""
    master = routings.effective(order.material, at)
    if master is None or not routings.routing(master.pk).steps:
        message = _("There is no effective routing for %(material)s. Ask process engineering to release one.")
        raise NoRouting(message % {"material": order.material.code}, facts={"material": order.material.code})
    return master


def planned(order: WorkRequest) -> Decimal:
    """How much of an order stands in work orders that were not cancelled."""
    rows = JobOrder.objects.filter(work_request=order).exclude(status=JobOrderStatus.CANCELLED)
    return rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


@command
def split(
    *, job_order: JobOrder, quantity: Decimal, reason: str, by: Person, at: datetime, line: Equipment | None = None,
    planned_start_at: datetime | None = None, due_at: datetime | None = None,
) -> JobOrder:
    """Cut a part off a planned work order; the new one keeps its revision and its list of materials."""
    policies.check(by, "job.plan")
    lock(WorkRequest.objects.filter(pk=job_order.work_request_id))
    job = check_planned(lock(JobOrder.objects.filter(pk=job_order.pk))[0])
    return cut_off(
        job, quantity, reason=reason, by=by, line=line, planned_start_at=planned_start_at, due_at=due_at
    )


def cut_off(
    job: JobOrder, quantity: Decimal, *, reason: str, by: Person, line: Equipment | None = None,
    planned_start_at: datetime | None = None, due_at: datetime | None = None,
) -> JobOrder:
    """A planned work order with a part of a locked one's quantity, which has so much less from now on."""
    if positive(quantity) >= job.quantity:
        message = _("%(job)s has %(quantity)s pieces; cut off less than that, so that something stays.")
        words = {"job": job.number, "quantity": plain(job.quantity)}
        raise CantReplan(message % words, facts={"quantity": plain(job.quantity)})
    job.quantity -= quantity
    job.save(update_fields=["quantity"])
    fresh = JobOrder.objects.create(
        number=numbering.next_number("job_order"), work_request_id=job.work_request_id, quantity=quantity,
        work_master_id=job.work_master_id, site_id=job.site_id, line=line or job.line, planned_at=job.planned_at,
        planned_start_at=planned_start_at or job.planned_start_at, due_at=due_at or job.due_at,
    )
    requirements.copy([fresh], bills.needs_of(job))
    data = {"into": fresh.number, "quantity": quantity, "left": job.quantity}
    journal.record("joborder.split", subject=job, by=by, reason=reason, data=data)
    journal.record("joborder.planned", subject=fresh, by=by, reason=reason, data={"from": job.number, **data})
    return fresh


@command
def merge(*, job_order: JobOrder, others: Sequence[JobOrder], reason: str, by: Person, at: datetime) -> JobOrder:
    """Join other planned work orders of the same production order, revision and materials into this one."""
    policies.check(by, "job.plan")
    lock(WorkRequest.objects.filter(pk=job_order.work_request_id))
    keys = {job_order.pk, *(other.pk for other in others)}
    rows = {job.pk: check_planned(job) for job in lock(JobOrder.objects.filter(pk__in=keys))}
    kept = rows.pop(job_order.pk)
    for other in rows.values():
        check_alike(kept, other)
        journal.move(other, to=JobOrderStatus.CANCELLED, by=by, reason=reason, data={"merged into": kept.number})
    kept.quantity += sum((other.quantity for other in rows.values()), Decimal(0))
    kept.due_at = min(job.due_at for job in (kept, *rows.values()))
    kept.save(update_fields=["quantity", "due_at"])
    data = {"from": [job.number for job in rows.values()], "quantity": kept.quantity}
    journal.record("joborder.merged", subject=kept, by=by, reason=reason, data=data)
    return kept


def check_planned(job: JobOrder) -> JobOrder:
    """Only what is not released can be cut or joined: after that it has its lots and labels."""
    if job.status != JobOrderStatus.PLANNED:
        message = _("%(job)s is “%(state)s” and has its lots already. Only planned work orders are cut or joined.")
        words = {"job": job.number, "state": job.get_status_display()}
        raise CantReplan(message % words, facts={"job_order": job.number, "status": job.status})
    return job


def check_alike(one: JobOrder, other: JobOrder) -> None:
    """Two work orders make the same for the same, in the same way, of the same."""
    same = one.work_request_id == other.work_request_id and one.work_master_id == other.work_master_id
    if not same or bill(one) != bill(other):
        message = _("%(one)s and %(other)s differ in production order, revision or materials, so they can't be joined.")
        raise CantReplan(message % {"one": one.number, "other": other.number}, facts={"job_order": other.number})


def bill(job: JobOrder) -> set[tuple[object, ...]]:
    """What a work order takes, so that two can be compared."""
    rows = JobMaterial.objects.filter(job_order=job)
    return set(rows.values_list("segment", "material", "quantity_per", "stands_for__material", "ratio", "priority"))
