"""Work orders: planned, released, and brought to their end."""

from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import dispatching, hints, kitting, plans
from mes.models import JobOrder, JobOrderStatus, JobSegment, WorkRequestStatus
from mes.queries import routings, wip
from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person, Tracking
from plant.transactions import command
from traceability.commands import holds, lots, moves
from traceability.models import Bucket, MaterialLot
from traceability.spots import Spot

ENDED = (JobOrderStatus.COMPLETED, JobOrderStatus.CANCELLED)
plan, planned, dispatch = plans.plan, plans.planned, dispatching.dispatch


class NotFinished(Refusal):
    """A work order that can't end yet."""

    code = "not-finished"


@command
def release(*, job_order: JobOrder, by: Person, at: datetime, despite_shortage: str = "") -> JobOrder:
    """Give a work order its operations and its lots or serials, which stand before the first operation.

    despite_shortage    why it is released although material is missing; Short where nobody says that
    """
    policies.check(by, "job.release")
    lock(Equipment.objects.filter(pk=job_order.site_id))  # one after the other: the same stock serves one of them
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    is_planned = job.status == JobOrderStatus.PLANNED
    waived = kitting.check(job, despite=despite_shortage, by=by, at=at) if is_planned else {}
    journal.move(job, to=JobOrderStatus.RELEASED, by=by, reason=despite_shortage if waived else "", data=waived)
    routing = routings.of_job(job)
    JobSegment.objects.bulk_create(JobSegment(job_order=job, segment_id=step.id) for step in routing.steps)
    material = job.work_request.material
    amounts = portions(job.quantity, 1 if material.tracking == Tracking.SERIAL else job.work_master.lot_size)
    series = "serial" if material.tracking == Tracking.SERIAL else "lot"
    lots.make_many(
        material=material, amounts=amounts, numbers=numbering.next_numbers(series, len(amounts)),
        job_order=job.number, operation=routing.steps[0].code, site=job.site, by=by, at=at,
    )
    return job


def portions(quantity: Decimal, size: int) -> list[Decimal]:
    """Cut a quantity into lots of a size; the last may be smaller."""
    count = int((quantity / size).to_integral_value(ROUND_CEILING))
    return [min(Decimal(size), quantity - size * index) for index in range(count)]


@command
def pause(*, job_order: JobOrder, reason: str, by: Person, at: datetime) -> JobOrder:
    """Stop work on a running order for a while, saying why."""
    policies.check(by, "job.pause")
    return change(job_order, JobOrderStatus.PAUSED, reason=said(reason), by=by)


@command
def resume(*, job_order: JobOrder, by: Person, at: datetime, reason: str = "") -> JobOrder:
    """Go on with a paused order, unless a hold reaches it."""
    policies.check(by, "job.start")
    holds.check_free(job_orders=[job_order.number])
    return change(job_order, JobOrderStatus.RUNNING, reason=reason, by=by)


@command
def complete(*, job_order: JobOrder, by: Person, at: datetime, reason: str = "") -> JobOrder:
    """End a work order: nothing in process any more, and no open hold on its lots."""
    policies.check(by, "job.complete")
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    lock(JobSegment.objects.filter(job_order=job))
    made = lock(MaterialLot.objects.filter(job_order=job.number))
    in_process = wip.of_job(job.number)
    if in_process:
        message = _("%(count)s pieces of %(job)s are still in process. Report them as good, scrap or rework first.")
        words = {"count": plain(sum(in_process.values(), Decimal(0))), "job": job.number}
        raise NotFinished(message % words, facts={key: plain(value) for key, value in in_process.items()})
    held = [lot.number for lot in made if lot.open_holds]
    if held:
        message = _("Lot %(lot)s of %(job)s is held. It has to be disposed of before the order can end.")
        raise NotFinished(message % {"lot": held[0], "job": job.number}, facts={"lots": held})
    journal.move(job, to=JobOrderStatus.COMPLETED, by=by, reason=reason, ended_at=at)
    finish_request(job, by=by)
    hints.job_changed(job)
    return job


def finish_request(job: JobOrder, *, by: Person) -> None:
    """The production order is done when all of it is planned and no work order is open."""
    order = job.work_request
    is_open = JobOrder.objects.filter(work_request=order).exclude(status__in=ENDED).exists()
    if order.status == WorkRequestStatus.RELEASED and not is_open and planned(order) >= order.quantity:
        journal.move(order, to=WorkRequestStatus.COMPLETED, by=by)


@command
def cancel(*, job_order: JobOrder, reason: str, by: Person, at: datetime) -> JobOrder:
    """Give a work order up before its first piece was started; its lots are written off."""
    policies.check(by, "job.cancel")
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    first = next(iter(lock(JobSegment.objects.filter(job_order=job))), None)
    for lot in lock(MaterialLot.objects.filter(job_order=job.number)):
        write_off(lot, job, first, reason=said(reason), by=by, at=at)
    journal.move(job, to=JobOrderStatus.CANCELLED, by=by, reason=reason)
    hints.job_changed(job)
    return job


def write_off(
    lot: MaterialLot, job: JobOrder, first: JobSegment | None, *, reason: str, by: Person, at: datetime
) -> None:
    """Take a lot that was never started out of process."""
    operation = first.segment.code if first else ""
    amount = wip.of_lot(lot).get(operation, Decimal(0))
    if lot.visits.exists() or amount == 0:
        message = _("Lot %(lot)s of %(job)s has been started, so the order can't be cancelled. Pause it instead.")
        raise NotFinished(message % {"lot": lot.number, "job": job.number}, facts={"lot": lot.number})
    moves.move(
        lot=lot, quantity=amount, source=Spot(Bucket.WIP, operation), to=Spot(Bucket.SCRAP, operation), by=by, at=at,
        job_order=job.number, operation=operation, reason=reason,
    )


def change(job_order: JobOrder, to: JobOrderStatus, *, reason: str, by: Person) -> JobOrder:
    """Move a locked work order to a state and tell the open pages."""
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    lock(JobSegment.objects.filter(job_order=job))
    journal.move(job, to=to, by=by, reason=reason)
    hints.job_changed(job)
    return job


def said(reason: str) -> str:
    """The reason, or a refusal when none was given."""
    if not reason.strip():
        raise Refusal(_("Say in a few words why. The others on the line will read it."), code="no-reason")
    return reason
