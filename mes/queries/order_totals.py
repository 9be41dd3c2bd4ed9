"""What a production order has made, scrapped and taken so far, over all its work orders, each lot added up."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Max, Sum

from mes.models import JobOrder, JobOrderStatus, JobResponse, JobSegment, WorkRequest, WorkRequestStatus
from traceability.models import ActualKind, MaterialActual

ZERO = Decimal(0)
ENDED = (JobOrderStatus.COMPLETED, JobOrderStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a lot; scrap names no lot, for nothing of it is left that anybody could find."""

    material: str
    lot: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Operation:
    """How far one operation is, over all work orders."""

    code: str
    name: str
    good: Decimal
    scrap: Decimal
    is_finished: bool


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """The books of one production order."""

    produced: list[Amount]
    scrapped: list[Amount]
    consumed: list[Amount]
    operations: list[Operation]
    is_finished: bool

    @property
    def good(self) -> Decimal:
        return sum((one.quantity for one in self.produced), ZERO)

    @property
    def scrap(self) -> Decimal:
        return sum((one.quantity for one in self.scrapped), ZERO)


def of_order(order: WorkRequest) -> OrderTotals:
    """The totals of a production order at this moment."""
    jobs = {job.pk: job for job in JobOrder.objects.filter(work_request=order)}
    rows = list(JobSegment.objects.filter(job_order__in=jobs).select_related("segment"))
    is_over = order.status == WorkRequestStatus.COMPLETED and all(job.status in ENDED for job in jobs.values())
    scrap = sum((row.scrap for row in rows), ZERO)
    mine = (order.material.code, "", scrap, order.material.unit_id)
    return OrderTotals(
        produced=produced(order, rows), scrapped=[Amount(*mine)] if scrap else [],
        consumed=consumed([job.number for job in jobs.values()]), operations=operations(rows, jobs),
        is_finished=is_over,
    )


def produced(order: WorkRequest, rows: list[JobSegment]) -> list[Amount]:
    """What left the last operation, by lot; what quality takes out of stock again counts back."""
    last = JobSegment.objects.filter(pk__in=[row.pk for row in rows]).values("job_order").annotate(
        last=Max("segment__sequence")
    )
    ends = {one["job_order"]: one["last"] for one in last}
    final = [row.pk for row in rows if row.segment.sequence == ends[row.job_order_id]]
    sums = JobResponse.objects.filter(job_segment__in=final).values("lot__number").annotate(n=Sum("good"))
    return [
        Amount(order.material.code, one["lot__number"], one["n"], order.material.unit_id)
        for one in sums.order_by("lot__number") if one["n"]
    ]


def consumed(numbers: list[str]) -> list[Amount]:
    """What went in, by lot, without what was taken back."""
    rows = MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, job_order__in=numbers, link__reversed_by__isnull=True
    )
    sums = rows.values(material=F("lot__material__code"), number=F("lot__number"), unit=F("lot__material__unit"))
    return [
        Amount(one["material"], one["number"], one["n"], one["unit"])
        for one in sums.annotate(n=Sum("quantity")).order_by("material", "number")
    ]


def operations(rows: list[JobSegment], jobs: dict[int, JobOrder]) -> list[Operation]:
    """Operations that were reported, in their order; one is finished once it is so in every work order."""
    found: dict[tuple[int, str], list[JobSegment]] = defaultdict(list)
    for row in rows:
        found[row.segment.sequence, row.segment.code].append(row)
    return [
        Operation(
            code, same[0].segment.name, sum((row.good for row in same), ZERO), sum((row.scrap for row in same), ZERO),
            all(row.ended_at or jobs[row.job_order_id].status in ENDED for row in same),
        )
        for (_sequence, code), same in sorted(found.items(), key=lambda one: one[0])
        if any(row.started_at or row.good or row.scrap for row in same)
    ]
