"""What our books count of production orders: yield, scrap, consumption; and of materials: stock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from integrations.adapters.port import Total
from integrations.models import Connection, ExchangeStatus, Measure
from mes.models import JobSegment, WorkRequest
from mes.queries import orders as reading
from traceability.models import ActualKind, MaterialActual

LOOKS_BACK = timedelta(days=14)
MOST = 2000


def orders(connection: Connection, at: datetime) -> list[str]:
    """The production orders that both sides count: those that came over this connection and moved of late."""
    keys = connection.exchanges.filter(
        direction="IN", noun="work-requests", status=ExchangeStatus.DONE, made_at__gt=at - LOOKS_BACK
    ).values_list("subject", flat=True)
    known = WorkRequest.objects.filter(number__in=keys.distinct()[:MOST])
    return list(known.order_by("number").values_list("number", flat=True))


def ours(numbers: list[str]) -> Iterator[Total]:
    """Our totals of these orders."""
    rows = JobSegment.objects.filter(job_order__work_request__number__in=numbers)
    yield from _last(numbers)
    scrap = rows.values("job_order__work_request__number", "job_order__work_request__material__code").annotate(
        n=Sum("scrap")).order_by()
    for row in scrap:
        if row["n"]:
            yield Total(Measure.SCRAP, row["job_order__work_request__number"],
                        row["job_order__work_request__material__code"], row["n"])
    used = MaterialActual.objects.filter(
        Q(kind=ActualKind.CONSUMED), job_order__in=_jobs(numbers)
    ).values("job_order", "lot__material__code", "lot__material__unit_id").annotate(n=Sum("quantity")).order_by()
    order_of = _jobs(numbers)
    for row in used:
        yield Total(Measure.CONSUMPTION, order_of[row["job_order"]], row["lot__material__code"], row["n"],
                    row["lot__material__unit_id"])


def _jobs(numbers: list[str]) -> dict[str, str]:
    """Work orders by number, each with its production order."""
    return dict(WorkRequest.objects.filter(number__in=numbers, job_orders__isnull=False).values_list(
        "job_orders__number", "number"))


def _last(numbers: list[str]) -> Iterator[Total]:
    """Good pieces of the last operation of each work order."""
    for request in WorkRequest.objects.filter(number__in=numbers).select_related("material"):
        jobs = list(request.job_orders.all())
        found = reading.operations_of(jobs)
        good = sum((found[job.pk][-1].row.good for job in jobs if found.get(job.pk)), 0)
        if good:
            yield Total(Measure.YIELD, request.number, request.material.code, good, request.material.unit_id)
