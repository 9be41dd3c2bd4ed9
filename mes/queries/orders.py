"""Production orders and work orders: lists, progress and attainment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mes.models import (
    ON_LINE,
    GroupKind,
    JobOrder,
    JobOrderStatus,
    JobResponse,
    JobSegment,
    Segment,
    SegmentGroup,
    WorkRequest,
)
from mes.queries import wip
from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from traceability.queries import lots_list
from traceability.queries.lots_list import LotRow

ZERO = Decimal(0)
LAST_OPERATION = """
SELECT DISTINCT ON (js.job_order_id) js.job_order_id, js.good,
       sum(js.scrap) OVER (PARTITION BY js.job_order_id) AS scrap,
       sum(js.rework) OVER (PARTITION BY js.job_order_id) AS rework
FROM mes_jobsegment js JOIN mes_segment s ON s.id = js.segment_id
WHERE js.job_order_id = ANY(%s) ORDER BY js.job_order_id, s.sequence DESC
"""


class UnknownOrder(Refusal):
    """A number that no order carries."""

    code = "unknown-order"


@dataclass(frozen=True)
class Progress:
    """How far an order is: finished pieces are those that left the last operation."""

    quantity: Decimal
    good: Decimal = ZERO
    scrap: Decimal = ZERO
    rework: Decimal = ZERO

    @property
    def attainment(self) -> Decimal:
        """Production attainment rate in percent: good pieces against ordered ones."""
        return round(100 * self.good / self.quantity, 1) if self.quantity else ZERO


@dataclass(frozen=True)
class OperationRow:
    """One operation of a work order as it stands."""

    row: JobSegment
    wip: Decimal
    kinds: dict[tuple[int, str], str] = field(default_factory=dict)

    @property
    def beside(self) -> str:
        """The group that the operation stands in, and what is to be done of it."""
        segment = self.row.segment
        kind = self.kinds.get((segment.work_master_id, segment.group or ""), "")
        return f"{segment.group}: {GroupKind(kind).label}" if kind else ""

    @property
    def tone(self) -> str:
        return "done" if self.row.ended_at else "running" if self.row.started_at else "waiting"


def request_by_number(number: str) -> WorkRequest:
    """The production order with this number."""
    rows = WorkRequest.objects.select_related("material__unit", "site", "customer")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownOrder(_("There is no production order “%(number)s”.") % {"number": number[:40]})
    return found


def job_by_number(number: str) -> JobOrder:
    """The work order with this number."""
    rows = JobOrder.objects.select_related("work_request__material__unit", "work_master__based_on", "line", "site")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownOrder(_("There is no work order “%(number)s”.") % {"number": number[:40]})
    return found


def requests() -> QuerySet[WorkRequest]:
    """Every production order with its material and customer."""
    return WorkRequest.objects.select_related("material__unit", "customer")


def jobs(*, line: str = "") -> QuerySet[JobOrder]:
    """Work orders with their material and line, the most urgent first."""
    rows = JobOrder.objects.select_related("work_request__material__unit", "line").order_by("due_at", "pk")
    return rows.filter(line__code=line) if line else rows


def progress_of_jobs(found: Iterable[JobOrder]) -> dict[int, Progress]:
    """Work order → progress, in one statement."""
    jobs_here = {job.pk: job for job in found}
    with connection.cursor() as cursor:
        cursor.execute(LAST_OPERATION, [list(jobs_here)])
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    return {pk: Progress(job.quantity, *counted.get(pk, ())) for pk, job in jobs_here.items()}


def progress_of_requests(found: Iterable[WorkRequest]) -> dict[int, Progress]:
    """Production order → progress of all its work orders, in two statements."""
    orders = {order.pk: order for order in found}
    parts = list(JobOrder.objects.filter(work_request__in=list(orders)).exclude(status=JobOrderStatus.CANCELLED))
    counted = progress_of_jobs(parts)
    sums: dict[int, list[Decimal]] = {pk: [ZERO, ZERO, ZERO] for pk in orders}
    for job in parts:
        one = counted[job.pk]
        before, more = sums[job.work_request_id], (one.good, one.scrap, one.rework)
        sums[job.work_request_id] = [a + b for a, b in zip(before, more, strict=True)]
    return {pk: Progress(order.quantity, *sums[pk]) for pk, order in orders.items()}


def operations(job: JobOrder) -> list[OperationRow]:
    """Every operation of a work order with its station, counts and what is in process there."""
    return operations_of([job])[job.pk]


def operations_of(found: Iterable[JobOrder]) -> dict[int, list[OperationRow]]:
    """Work order → its operations in their order, in four statements; before its release, those of the routing."""
    jobs_here = {job.pk: job for job in found}
    waiting = wip.of_jobs(job.number for job in jobs_here.values())
    rows = JobSegment.objects.filter(job_order__in=jobs_here).select_related("segment", "station", "person")
    told: dict[int, list[OperationRow]] = {pk: [] for pk in jobs_here}
    groups = SegmentGroup.objects.filter(work_master__in={job.work_master_id for job in jobs_here.values()})
    kinds = {(master, code): kind for master, code, kind in groups.values_list("work_master", "code", "kind")}
    for row in rows.order_by("segment__sequence"):
        number = jobs_here[row.job_order_id].number
        told[row.job_order_id].append(OperationRow(row, waiting.get((number, row.segment.code), ZERO), kinds))
    planned = [job for pk, job in jobs_here.items() if not told[pk]]
    for segment in Segment.objects.filter(work_master__in=[job.work_master_id for job in planned]).order_by("sequence"):
        for job in planned:
            if job.work_master_id == segment.work_master_id:
                told[job.pk].append(OperationRow(unbegun(job, segment), ZERO, kinds))
    return told


def unbegun(job: JobOrder, segment: Segment) -> JobSegment:
    """An operation of a work order that is not released yet; not saved."""
    return JobSegment(job_order=job, segment=segment, good=ZERO, scrap=ZERO, rework=ZERO)


def responses(job: JobOrder, *, most: int = 50) -> list[JobResponse]:
    """The newest reports of a work order."""
    rows = JobResponse.objects.filter(job_segment__job_order=job).order_by("-pk")
    return list(rows.select_related("lot", "station", "person", "reason", "job_segment__segment")[:most])


def lots_of(job: JobOrder, *, most: int = 200) -> list[LotRow]:
    """The lots and serials that a work order makes, and where they are."""
    rows = lots_list.every().filter(job_order=job.number).order_by("pk")
    return [lots_list.row(lot) for lot in rows[:most]]


def on_lines(person: Person, *, most: int = 500) -> list[JobOrder]:
    """Work orders that a person's lines work on or have before them, by line and due time."""
    rows = scoping.visible(JobOrder.objects.filter(status__in=ON_LINE), person)
    rows = rows.select_related("work_request__material__unit", "line")
    return list(rows.order_by("line__code", "due_at")[:most])


def before(lines: Sequence[Equipment]) -> list[JobOrder]:
    """Work orders that these lines work on or have before them."""
    rows = JobOrder.objects.filter(status__in=ON_LINE, line__in=lines)
    return list(rows.select_related("work_request__material__unit", "line").order_by("line__code", "due_at")[:500])


def is_late(job: JobOrder, at: datetime) -> bool:
    """Past its due time and not ended."""
    return job.ended_at is None and job.status != JobOrderStatus.CANCELLED and job.due_at < at
