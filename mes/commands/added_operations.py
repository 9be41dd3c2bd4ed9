"""Adding an operation to one open work order, which gets a routing of its own by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mes import revision_parts
from mes.commands import hints
from mes.commands.job_orders import said
from mes.commands.order_revisions import CantChange, opened, pin
from mes.models import JobOrder, JobSegment, RouteStep, Segment, StepKind, WorkMaster
from mes.queries import bills, routings
from mes.queries.routings import Routing, Step
from plant import policies
from plant.commands import journal, revisions
from plant.locks import lock
from plant.models import Equipment, Person, Qualification
from plant.transactions import command
from traceability.commands import moves
from traceability.models import Bucket, LotBalance, MaterialLot
from traceability.spots import Spot

FULL_STEP = 10


@dataclass(frozen=True)
class NewOperation:
    """An operation to add: what it is called, where and by whom it is done, and how long a piece takes."""

    code: str
    name: str
    stations: Sequence[Equipment]
    name_zh: str = ""
    qualification: Qualification | None = None
    seconds_per_piece: Decimal = Decimal(0)
    instruction: str = ""


@command
def add_operation(
    *, job_order: JobOrder, operation: NewOperation, after: str, reason: str, by: Person, at: datetime
) -> JobOrder:
    """Add an operation to one open work order, after another one (or before all), saying why.

    The order gets a routing of its own, based on the one it pinned. Every piece passes the new operation: those that
    wait behind it are brought to it, and it is refused where work behind it has begun.
    """
    policies.check(by, "job.add-operation")
    reason = said(reason)
    job, rows = opened(job_order)
    routing = routings.of_job(job)
    check_new(routing, operation, after)
    after = end_of(routing, after)
    following = behind(routing, after)
    check_not_passed(job, rows, routing, after, following)
    needs = bills.needs_of(job)
    own = own_routing(job, by=by)
    codes = {step.id: step.code for step in routing.steps}
    insert(own, operation, after)
    revisions.put_into_effect(row=own, why_not="", by=by, at=at, noun="workmaster", action="job.add-operation")
    by_code = dict(own.segments.values_list("code", "pk"))
    for need in needs:
        need.segment_id = by_code[codes[need.segment_id]]
    pin(job, rows, own, needs, at)
    brought = bring(job, following[0].code, operation.code, reason=reason, by=by, at=at) if following else 0
    data = {"operation": operation.code, "after": after, "routing": str(own), "lots brought to it": brought}
    journal.record("joborder.operation-added", subject=job, by=by, reason=reason, data=data)
    hints.job_changed(job)
    return job


def check_new(routing: Routing, operation: NewOperation, after: str) -> None:
    """The operation is new, can be done somewhere, and its place is known."""
    words = {"operation": operation.code, "after": after}
    if operation.code in routing.by_code:
        message = _("The work order has an operation %(operation)s already. Choose another code.")
        raise CantChange(message % words, facts={"field": "code"})
    if after and after not in routing.by_code:
        message = _("The work order has no operation %(after)s. Choose one of its operations.")
        raise CantChange(message % words, facts={"field": "after"})
    if not operation.stations:
        raise CantChange(_("Choose at least one station where the operation is done."), facts={"field": "stations"})


def end_of(routing: Routing, after: str) -> str:
    """Where something put behind an operation comes: behind the whole of its group."""
    stage = next((one for one in routing.stages if after in [op.code for op in one.ops]), None)
    return stage.ops[-1].code if stage else after


def behind(routing: Routing, after: str) -> list[Step]:
    """The operations behind a place; all of them where nothing comes before it."""
    if not after:
        return list(routing.steps)
    return [step for step in routing.steps if step.sequence > routing.by_code[after].sequence]


def check_not_passed(
    job: JobOrder, rows: Sequence[JobSegment], routing: Routing, after: str, following: Sequence[Step]
) -> None:
    """No piece is beyond the place: it would leave the order without the new operation."""
    at_step = {row.segment_id: row for row in rows}
    passed = next((step.code for step in following if step.id in at_step and has_begun(at_step[step.id])), "")
    if not following and at_step and at_step[routing.by_code[after].id].good > 0:
        passed = after
    if passed:
        message = _("Work at %(operation)s of %(job)s has begun, so no operation can be put before it any more. "
                    "Put it behind %(operation)s, or hold the lots and let quality decide on them.")
        if passed == after:
            message = _("Pieces of %(job)s have left %(operation)s as finished, so nothing can be put behind it. "
                        "Plan a work order of its own for them.")
        words = {"operation": passed, "job": job.number}
        raise CantChange(message % words, code="operation-passed", facts={"operation": passed, "field": "after"})


def has_begun(row: JobSegment) -> bool:
    """A lot was started or reported there."""
    return row.started_at is not None or row.good + row.scrap + row.rework > 0


def own_routing(job: JobOrder, *, by: Person) -> WorkMaster:
    """A draft that is a copy of the routing that an order pins, under the order's number."""
    pinned = job.work_master
    own = WorkMaster.objects.filter(code=job.number)
    newest = own.aggregate(top=Max("revision"))["top"] or 0
    based_on = pinned.based_on or pinned
    fresh: WorkMaster = revisions.copy(
        pinned, revision_parts.OF_ROUTING, code=job.number, revision=newest + 1, based_on=based_on
    )
    return fresh


def insert(own: WorkMaster, operation: NewOperation, after: str) -> None:
    """Put an operation into a draft behind another one, making room where the numbers leave none."""
    rows = list(own.segments.order_by("sequence"))
    place = next((number for number, row in enumerate(rows, 1) if row.code == after), 0)
    low = rows[place - 1].sequence if place else 0
    high = rows[place].sequence if place < len(rows) else low + 2 * FULL_STEP
    if high - low < 2:
        for row in reversed(rows[place:]):
            row.sequence += FULL_STEP
            row.save(update_fields=["sequence"])
        high += FULL_STEP
    fresh = Segment.objects.create(
        work_master=own, sequence=(low + high) // 2, code=operation.code, name=operation.name,
        name_zh=operation.name_zh, qualification=operation.qualification,
        seconds_per_piece=operation.seconds_per_piece, instruction=operation.instruction,
    )
    fresh.stations.set(operation.stations)


def bring(job: JobOrder, waiting_at: str, to: str, *, reason: str, by: Person, at: datetime) -> int:
    """Bring the lots that wait at an operation to another one; how many. No report: nothing became good or bad."""
    made = lock(MaterialLot.objects.filter(job_order=job.number))
    rows = LotBalance.objects.filter(lot__in=made, bucket=Bucket.WIP, place=waiting_at, quantity__gt=0)
    there = dict(rows.values_list("lot", "quantity"))
    steps = [
        RouteStep(kind=StepKind.ADDED, move=moves.move(
            lot=lot, quantity=there[lot.pk], source=Spot(Bucket.WIP, waiting_at), to=Spot(Bucket.WIP, to), by=by, at=at,
            job_order=job.number, operation=to, reason=reason,
        ))
        for lot in made if lot.pk in there
    ]  # fmt: skip
    RouteStep.objects.bulk_create(steps)
    return len(steps)
