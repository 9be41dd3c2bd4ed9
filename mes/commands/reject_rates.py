"""Reminding people when more goes wrong than the limit allows: once for a lot and an operation, never from a page."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from mes import statements
from mes.commands import stoppages
from mes.models import JobSegment, RejectKind, RejectReminder, RejectStatus, StoppageSource, StopScope
from mes.queries import reject_rates
from mes.queries.reject_rates import Count
from plant import live, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, Tracking
from plant.queries import persons
from plant.transactions import command
from traceability.models import Link, MaterialLot

LATELY = timedelta(days=7)


class NothingSaid(Refusal):
    """A reminder answered without a word."""

    code = "nothing-said"


def judge(*, row: JobSegment, lot: MaterialLot, operation: str, at: datetime) -> None:
    """Judge what was reported of a lot at an operation, in the transaction that wrote the report."""
    is_serial = lot.material.tracking == Tracking.SERIAL
    count = reject_rates.of_operation(row, None if is_serial else lot)
    if not count.bad:
        return
    limit = reject_rates.limit_for(lot.material_id, operation)
    if count.exceeds(limit):
        key = f"JOB:{row.job_order_id}:{operation}" if is_serial else f"LOT:{lot.pk}:{operation}"
        fresh = RejectReminder(
            kind=RejectKind.LOT, key=key, lot=lot, operation=operation, job_order_id=row.job_order_id
        )
        if remind(fresh, count, limit.percent, at=at) and limit.stops_operation:
            stop(row, RejectReminder.objects.get(kind=RejectKind.LOT, key=key), at=at)
    judge_raw(lot, at=at)


def stop(row: JobSegment, reminder: RejectReminder, *, at: datetime) -> None:
    """The limit says that the operation stands still: stop it, once for this reminder."""
    place = row.job_order.line or row.job_order.site
    reason = statements.too_many_bad(
        lot=reminder.lot.number, operation=reminder.operation, share=reminder.share, limit=float(reminder.percent)
    )
    stoppages.stop(
        scope=StopScope.OPERATION, equipment=place, job_segment=row, reason=reason, by=persons.system("mes"), at=at,
        source_kind=StoppageSource.REJECTS, source_id=str(reminder.pk),
    )


def judge_raw(lot: MaterialLot, *, at: datetime) -> None:
    """Judge the raw lots that went into a lot by everything that was made from them."""
    parents = set(Link.objects.filter(child=lot, reverses__isnull=True).values_list("parent_id", flat=True))
    known = RejectReminder.objects.filter(kind=RejectKind.RAW, lot__in=parents).values_list("lot_id", flat=True)
    counts = reject_rates.made_from(parents - set(known))
    for raw in MaterialLot.objects.filter(pk__in=counts).order_by("pk"):
        limit, count = reject_rates.limit_for(raw.material_id, ""), counts[raw.pk]
        if count.exceeds(limit):
            remind(RejectReminder(kind=RejectKind.RAW, key=str(raw.pk), lot=raw), count, limit.percent, at=at)


@command
def judge_incoming(*, by: Person, at: datetime) -> int:
    """Judge suppliers by their last incoming lots, wherever a lot was rejected lately; how many reminders that made."""
    policies.check(by, "reject.judge")
    made = 0
    for inspection in reject_rates.failed_incoming(at - LATELY):
        lot = inspection.lot
        limit, count = reject_rates.limit_for(lot.material_id, ""), reject_rates.incoming(lot, inspection.decided_at)
        if count.total >= min(limit.minimum, reject_rates.LAST_LOTS) and count.bad * 100 > limit.percent * count.total:
            fresh = RejectReminder(kind=RejectKind.INCOMING, key=str(lot.pk), lot=lot)
            made += remind(fresh, count, limit.percent, at=at)
    return made


def remind(fresh: RejectReminder, count: Count, percent: object, *, at: datetime) -> bool:
    """Write a reminder unless there is one, and tell everybody; whether it is new."""
    fields = {
        "lot": fresh.lot, "operation": fresh.operation, "job_order_id": fresh.job_order_id, "bad": count.bad,
        "total": count.total, "percent": percent, "at": at,
    }
    made, is_new = RejectReminder.objects.get_or_create(kind=fresh.kind, key=fresh.key, defaults=fields)
    if is_new:
        data = {
            "kind": made.kind, "lot": made.lot.number, "operation": made.operation, "bad": count.bad,
            "total": count.total, "limit": percent,
        }
        journal.record("rejectreminder.opened", subject=made, by=persons.system("mes"), data=data)
        live.push("news", "reject-rate", {"reminder": made.pk, "lot": made.lot.number})
    return is_new


@command
def answer(*, reminder: RejectReminder, answer: str, by: Person, at: datetime) -> RejectReminder:
    """Say what was found and what was done; the reminder waits for nobody any more."""
    policies.check(by, "reject.answer")
    if not answer.strip():
        raise NothingSaid(_("Say what you found and what was done. The others will read it."))
    found = lock(RejectReminder.objects.filter(pk=reminder.pk))[0]
    journal.move(
        found, to=RejectStatus.CLOSED, by=by, reason=answer, answer=answer, answered_by=by, answered_at=at
    )
    live.push("news", "reject-answered", {"reminder": found.pk})
    return found
