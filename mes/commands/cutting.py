"""Cutting a work order, also one that runs: whole lots that nobody began go to another one, or are given up."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import hints, job_orders, plans
from mes.models import OPEN_JOBS, JobOrder, JobOrderStatus, JobSegment, WorkRequest
from mes.queries import routings, wip
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands import lots
from traceability.commands.moves import positive
from traceability.models import Bucket, Link, LotBalance, MaterialLot, Visit

Lots = Mapping[MaterialLot, Decimal]


@command
def split(
    *, job_order: JobOrder, quantity: Decimal, reason: str, by: Person, at: datetime, line: Equipment | None = None,
    planned_start_at: datetime | None = None, due_at: datetime | None = None,
) -> JobOrder:
    """Cut a part off a work order that has not ended; the new one keeps its revision and its list of materials.

    What is released already is cut in whole lots that nobody began: they keep their numbers, and the new work order is
    released and waits to be dispatched. CantReplan: these lots don't add up to the quantity.
    """
    policies.check(by, "job.plan")
    lock(WorkRequest.objects.filter(pk=job_order.work_request_id))
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    more: dict[str, Any] = {"line": line, "planned_start_at": planned_start_at, "due_at": due_at}
    if job.status == JobOrderStatus.PLANNED:
        return plans.split(job_order=job, quantity=quantity, reason=reason, by=by, at=at, **more)
    rows = operations(job)
    chosen = choose(job, untouched(job), positive(quantity))
    fresh = plans.cut_off(job, quantity, reason=reason, by=by, **more)
    journal.move(fresh, to=JobOrderStatus.RELEASED, by=by, reason=reason)
    JobSegment.objects.bulk_create(JobSegment(job_order=fresh, segment_id=row.segment_id) for row in rows)
    lots.hand_over(lots=chosen, job_order=fresh.number, reason=reason, by=by)
    done, routing = {row.segment_id: row.good + row.scrap for row in rows}, routings.of_job(job)
    for row in rows:
        if row.ended_at is None and sum(done[one] for one in routing.instead_of(row.segment_id)) >= job.quantity:
            JobSegment.objects.filter(pk=row.pk).update(ended_at=at)
    hints.job_changed(job)
    return fresh


@command
def close_short(*, job_order: JobOrder, reason: str, by: Person, at: datetime) -> JobOrder:
    """End a work order with less: what nobody began is given up and may be planned again, what is in work is finished.

    The rest becomes a work order of its own, cancelled at once. The order ends now when nothing of it is in process,
    else with its last piece.
    """
    policies.check(by, "job.cancel")
    lock(WorkRequest.objects.filter(pk=job_order.work_request_id))
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    operations(job)
    rest = sum(untouched(job).values(), Decimal(0))
    if rest == 0:
        message = _("Every lot of %(job)s was begun. Report what is in process, then complete the work order.")
        raise plans.CantReplan(message % {"job": job.number}, facts={"job_order": job.number})
    if rest >= job.quantity:
        message = _("Nobody began %(job)s. Cancel it instead.")
        raise plans.CantReplan(message % {"job": job.number}, facts={"job_order": job.number})
    given_up = split(job_order=job, quantity=rest, reason=job_orders.said(reason), by=by, at=at)
    job_orders.cancel(job_order=given_up, reason=reason, by=by, at=at)
    job.refresh_from_db()
    data = {"quantity": [job.quantity + rest, job.quantity], "given up": given_up.number}
    journal.record("joborder.closed-short", subject=job, by=by, reason=reason, data=data)
    return finish(job, reason=reason, by=by, at=at)


def finish(job: JobOrder, *, reason: str, by: Person, at: datetime) -> JobOrder:
    """Complete an order of which nothing is in process or held any more."""
    is_held = MaterialLot.objects.filter(job_order=job.number, open_holds__gt=0).exists()
    if job.status not in (JobOrderStatus.RUNNING, JobOrderStatus.PAUSED) or is_held or wip.of_job(job.number):
        return job
    return job_orders.complete(job_order=job, by=by, at=at, reason=reason)


def operations(job: JobOrder) -> list[JobSegment]:
    """The locked operations of a locked work order that is released and has not ended."""
    if job.status not in OPEN_JOBS:
        message = _("%(job)s is “%(state)s”, so nothing can be cut off it.")
        words = {"job": job.number, "state": job.get_status_display()}
        raise plans.CantReplan(message % words, facts={"job_order": job.number, "status": job.status})
    return lock(JobSegment.objects.filter(job_order=job))


def untouched(job: JobOrder) -> dict[MaterialLot, Decimal]:
    """The locked free lots of a work order that wait whole before its first operation, nobody having begun them."""
    found = lock(MaterialLot.objects.filter(job_order=job.number, open_holds=0))
    waiting = Q(bucket=Bucket.WIP, place=routings.of_job(job).steps[0].code)
    rows = LotBalance.objects.filter(lot__in=found, quantity__gt=0)
    there = dict(rows.filter(waiting).values_list("lot", "quantity"))
    worked = {
        *rows.exclude(waiting).values_list("lot", flat=True),
        *Visit.objects.filter(lot__in=found).values_list("lot", flat=True),
        *Link.objects.filter(child__in=found).values_list("child", flat=True),
    }
    return {lot: there[lot.pk] for lot in found if lot.pk in there and lot.pk not in worked}


def choose(job: JobOrder, there: Lots, quantity: Decimal) -> list[MaterialLot]:
    """Whole lots that add up to a quantity: the largest first, of equal ones the last made."""
    chosen, left = [], quantity
    for lot, amount in sorted(there.items(), key=lambda item: (-item[1], -item[0].pk)):
        if amount <= left:
            chosen.append(lot)
            left -= amount
    if left > 0:
        message = _("Only whole lots that nobody began can be cut off %(job)s: %(lots)s. Choose a sum of these.")
        told = ", ".join(f"{plain(amount)} ({lot.number})" for lot, amount in list(there.items())[:8]) or "—"
        free = plain(sum(there.values(), Decimal(0)))
        raise plans.CantReplan(message % {"job": job.number, "lots": told}, facts={"free": free})
    return chosen
