"""Passing over an operation that may be left out: by somebody with the right, with a reason, as a fact."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import benches, hints, taking
from mes.commands.benches import NotHere, WrongOperation
from mes.commands.job_orders import said
from mes.models import JobSegment, RouteStep, StepKind
from mes.queries import lot_ways, routings, wip
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability.commands import holds, moves
from traceability.models import Bucket, MaterialLot
from traceability.spots import Spot


class NotOptional(Refusal):
    """An operation that every piece passes."""

    code = "not-optional"


@command
def pass_over(*, lot: MaterialLot, operation: str, reason: str, by: Person, at: datetime) -> RouteStep:
    """Let all pieces of a lot that wait for an optional operation go on without it, saying why.

    NotOptional: every piece has to pass it.    WrongOperation: the lot does not wait for it.
    Elsewhere: work on it has begun there.
    """
    policies.check(by, "operation.skip")
    reason = said(reason)
    job = benches.find_job(lot.job_order) if lot.job_order else None
    if job is None:
        raise NotHere(_("%(lot)s is not made here, so it has no operations.") % {"lot": lot.number})
    benches.check_status(job)
    lock(JobSegment.objects.filter(job_order=job, segment__code=operation))
    locked = lock(MaterialLot.objects.filter(pk=lot.pk))[0]
    routing = routings.of_job(benches.find_job(locked.job_order))
    step = routing.by_code.get(operation)
    if step is None or not step.is_optional:
        message = _("%(operation)s can't be passed over: the routing asks it of every piece. Have it done.")
        raise NotOptional(message % {"operation": operation[:40]}, facts={"operation": operation[:40]})
    holds.check_free(lots=[locked], job_orders=[job.number], operations=[(job.number, operation)])
    standing = wip.of_lot(locked)
    missing = lot_ways.of_lot(routing, locked.pk).missing(operation, standing)
    if missing:
        words = {"lot": locked.number, "here": operation, "there": missing.operation}
        raise WrongOperation(benches.SAYS[missing.lack] % words, facts={"lot": locked.number, "at": sorted(standing)})
    taking.check_unbegun(locked, operation)
    taking.take(job.number, routing, locked, step, by=by, at=at)
    amount = wip.of_lot(locked)[operation]
    to = lot_ways.of_lot(routing, locked.pk).after(operation)
    move = moves.move(
        lot=locked, quantity=amount, source=Spot(Bucket.WIP, operation), to=Spot(Bucket.WIP, to), by=by, at=at,
        job_order=job.number, operation=operation, reason=reason[:200],
    )
    fact = RouteStep.objects.create(kind=StepKind.PASSED, move=move)
    data = {"operation": operation, "quantity": amount, "next": to, "job_order": job.number}
    journal.record("lot.operation-passed-over", subject=locked, by=by, reason=reason, data=data)
    hints.job_changed(job)
    return fact
