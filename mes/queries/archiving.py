"""What production says of lots' lives: one in stock is over once its work order has ended and nothing is in process."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Min

from mes.models import NOT_ENDED, JobOrder
from traceability import archiving
from traceability.models import Bucket, LotBalance, MaterialLot

AT_WORK = (Bucket.WIP, Bucket.REWORK, Bucket.ISSUED)


def following(since: datetime | None, until: datetime) -> tuple[datetime, list[int]] | None:
    """The next moment at which work orders ended, with their lots."""
    ended = JobOrder.objects.filter(ended_at__lte=until).exclude(status__in=NOT_ENDED)
    ended = ended.filter(ended_at__gt=since) if since else ended
    first = ended.aggregate(first=Min("ended_at"))["first"]
    if first is None:
        return None
    numbers = ended.filter(ended_at=first).values_list("number", flat=True)
    return first, list(MaterialLot.objects.filter(job_order__in=list(numbers)).values_list("pk", flat=True))


def over(lot_ids: Collection[int]) -> set[int]:
    """Those of some lots whose work order has ended."""
    jobs = dict(MaterialLot.objects.filter(pk__in=lot_ids).exclude(job_order="").values_list("pk", "job_order"))
    going = set(
        JobOrder.objects.filter(number__in=set(jobs.values()), status__in=NOT_ENDED).values_list("number", flat=True)
    )
    known = set(JobOrder.objects.filter(number__in=set(jobs.values())).values_list("number", flat=True))
    at_work = set(
        LotBalance.objects.filter(lot__in=jobs, quantity__gt=0, bucket__in=AT_WORK).values_list("lot", flat=True)
    )
    return {pk for pk, job in jobs.items() if job in known - going} - at_work


archiving.register(following, over)
