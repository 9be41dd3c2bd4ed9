"""Work that another system finished, taken over: orders, operations, reports, lots and their moves, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from mes.amounts import plain
from mes.models import (
    JobOrder,
    JobOrderStatus,
    JobResponse,
    JobSegment,
    Segment,
    WorkMaster,
    WorkRequest,
    WorkRequestStatus,
)
from plant import policies
from plant.commands import journal_many
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Person, ReasonCode, RevisionStatus
from plant.transactions import command
from traceability.commands import past
from traceability.commands.past import PastLot, PastVisit

ZERO = Decimal(0)


class PastOperation(NamedTuple):
    """One operation as it ran: where, and from when to when."""

    sequence: int
    station: Equipment
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class PastOrder:
    """A work order that is finished, and what came of it; its lot carries its number."""

    number: str
    material: MaterialDefinition
    quantity: Decimal
    good: Decimal
    scrap: Decimal
    reason: ReasonCode | None
    started_at: datetime
    ended_at: datetime
    due_at: datetime
    operations: tuple[PastOperation, ...] = ()


@dataclass
class Taken:
    """What became of the orders of a file."""

    new: int = 0
    same: int = 0
    refused: dict[str, str] = field(default_factory=dict)


class _Made(NamedTuple):
    """An order on its way into the tables: its last operation carries the report."""

    order: PastOrder
    steps: dict[int, Segment]
    last: Segment


@command
def take_over(*, orders: Sequence[PastOrder], line: Equipment, site: Equipment, by: Person, at: datetime) -> Taken:
    """Write finished orders down. One that is here with the same figures is left as it is; a wrong one says why.

    line    where the orders were made, and reported when they name no station
    at      when they are taken over; all else carries the times that the orders tell
    """
    policies.check(by, "history.import")
    taken, known, masters = Taken(), _known(orders), _masters(orders)
    fit: list[_Made] = []
    for order in orders:
        try:
            if order.number in known:
                _check_same(order, known[order.number])
                taken.same += 1
            else:
                fit.append(_checked(order, masters))
        except Refusal as refused:
            taken.refused[order.number] = str(refused.message)
    _write(fit, line=line, site=site, by=by, at=at)
    taken.new = len(fit)
    return taken


def _known(orders: Sequence[PastOrder]) -> dict[str, tuple[Decimal, ...]]:
    """Number → quantity, good and scrap of the work orders that are here already."""
    responses = JobResponse.objects.filter(job_segment__job_order__number__in=[order.number for order in orders])
    rows = responses.values_list(
        "job_segment__job_order__number", "job_segment__job_order__quantity", "good", "scrap"
    )
    return {number: tuple(figures) for number, *figures in rows}


def _check_same(order: PastOrder, figures: tuple[Decimal, ...]) -> None:
    if figures != (order.quantity, order.good, order.scrap):
        raise Refusal(_("This order is here with other figures. Correct it where it was made."), code="order-differs")


def _masters(orders: Sequence[PastOrder]) -> dict[int, dict[int, Segment]]:
    """Material → the operations of its effective routing, by sequence."""
    rows = Segment.objects.filter(
        work_master__material__in={order.material.pk for order in orders},
        work_master__status=RevisionStatus.EFFECTIVE,
    )
    found: dict[int, dict[int, Segment]] = {}
    for row in rows.select_related("work_master").order_by("work_master", "sequence"):
        found.setdefault(row.work_master.material_id, {})[row.sequence] = row
    return found


def _checked(order: PastOrder, masters: dict[int, dict[int, Segment]]) -> _Made:
    """The order with its routing, or a refusal that says what is wrong with it."""
    steps = masters.get(order.material.pk)
    if not steps:
        raise Refusal(_("Nobody has said how %(code)s is made. Import its routing first.")
                      % {"code": order.material.code}, code="no-routing")
    strange = [one.sequence for one in order.operations if one.sequence not in steps]
    if strange:
        raise Refusal(_("The routing of %(code)s has no operation %(sequence)s. Correct the order or the routing.")
                      % {"code": order.material.code, "sequence": strange[0]}, code="unknown-operation")
    if min(order.good, order.scrap) < 0 or not 0 < order.good + order.scrap <= order.quantity:
        raise Refusal(_("%(good)s good and %(scrap)s scrapped pieces don't fit an order of %(quantity)s.")
                      % {"good": plain(order.good), "scrap": plain(order.scrap), "quantity": plain(order.quantity)},
                      code="bad-quantity")
    if order.scrap and order.reason is None:
        raise Refusal(_("Scrapped pieces need a reason."), code="no-reason")
    if order.ended_at < order.started_at or any(one.ended_at < one.started_at for one in order.operations):
        raise Refusal(_("Something ends before it starts. Correct the times."), code="bad-times")
    return _Made(order, steps, steps[max((one.sequence for one in order.operations), default=max(steps))])


def _write(made: list[_Made], *, line: Equipment, site: Equipment, by: Person, at: datetime) -> None:
    jobs = _write_orders([one.order for one in made], _pinned(made), line=line, site=site, at=at)
    segments = _write_operations(made, jobs, by=by)
    lots = past.take_over(lots=[_lot(one, line) for one in made], site=site, by=by)
    JobResponse.objects.bulk_create(
        JobResponse(
            job_segment=segments[job.pk, one.last.pk], lot=lot, station=_station(one, line), person=by,
            good=one.order.good, scrap=one.order.scrap, reason=one.order.reason, started_at=one.order.started_at,
            at=one.order.ended_at,
        )
        for one, job, lot in zip(made, jobs, lots, strict=True)
    )
    journal_many.record(
        [
            Entry("joborder.taken-over", job, {"good": one.order.good, "scrap": one.order.scrap})
            for one, job in zip(made, jobs, strict=True)
        ],
        by=by,
    )


def _pinned(made: list[_Made]) -> list[WorkMaster]:
    return [one.last.work_master for one in made]


def _write_orders(
    orders: Sequence[PastOrder], masters: Sequence[WorkMaster], *, line: Equipment, site: Equipment, at: datetime
) -> list[JobOrder]:
    requests = WorkRequest.objects.bulk_create(
        WorkRequest(
            number=order.number, material=order.material, quantity=order.quantity, site=site, due_at=order.due_at,
            status=WorkRequestStatus.COMPLETED, created_at=at,
        )
        for order in orders
    )
    return JobOrder.objects.bulk_create(
        JobOrder(
            number=order.number, work_request=request, work_master=master, quantity=order.quantity, site=site,
            line=line, status=JobOrderStatus.COMPLETED, planned_at=order.started_at, planned_start_at=order.started_at,
            due_at=order.due_at, started_at=order.started_at, ended_at=order.ended_at,
        )
        for order, request, master in zip(orders, requests, masters, strict=True)
    )


def _write_operations(
    made: list[_Made], jobs: Sequence[JobOrder], *, by: Person
) -> dict[tuple[int, int], JobSegment]:
    """The operations that ran, or the last one of the routing where none is told. The last one counts the pieces."""
    rows = []
    for one, job in zip(made, jobs, strict=True):
        order = one.order
        counts = {"good": order.good, "scrap": order.scrap}
        for ran in order.operations:
            step = one.steps[ran.sequence]
            rows.append(JobSegment(
                job_order=job, segment=step, station=ran.station, person=by, started_at=ran.started_at,
                ended_at=ran.ended_at, **(counts if step.pk == one.last.pk else {}),
            ))  # fmt: skip
        if not order.operations:
            rows.append(JobSegment(
                job_order=job, segment=one.last, person=by, started_at=order.started_at, ended_at=order.ended_at,
                **counts,
            ))  # fmt: skip
    return {(row.job_order_id, row.segment_id): row for row in JobSegment.objects.bulk_create(rows)}


def _station(made: _Made, line: Equipment) -> Equipment:
    """Where the pieces were counted: at the last operation, or somewhere on the line."""
    return next((one.station for one in made.order.operations if one.sequence == made.last.sequence), line)


def _lot(made: _Made, line: Equipment) -> PastLot:
    order = made.order
    visits = tuple(
        PastVisit(one.station, DateTimeTZRange(one.started_at, one.ended_at, "[]"), made.steps[one.sequence].code)
        for one in order.operations
    )
    return PastLot(
        number=order.number, material=order.material, job_order=order.number, operation=made.last.code,
        equipment=_station(made, line), good=order.good, scrap=order.scrap, reason=str(order.reason or ""),
        made_at=order.started_at, ended_at=order.ended_at, visits=visits,
    )
