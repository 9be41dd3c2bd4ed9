"""The list of what is in process: each lot at each operation, with its work order and since when it lies there."""

from django.db.models import Max, OuterRef, QuerySet, Subquery

from mes.models import JobOrder
from plant import scoping
from plant.models import Person
from traceability.models import Bucket, LotBalance, Move


def lots(person: Person) -> "QuerySet[LotBalance]":
    """Every lot in process under a work order that a person sees."""
    seen = scoping.visible(JobOrder.objects.all(), person)
    job = JobOrder.objects.filter(number=OuterRef("lot__job_order"))
    came = Move.objects.filter(lot=OuterRef("lot"), to_bucket=Bucket.WIP, to_place=OuterRef("place")).order_by()
    rows = LotBalance.objects.filter(bucket=Bucket.WIP, quantity__gt=0, lot__job_order__in=seen.values("number"))
    return rows.select_related("lot__material__unit").annotate(
        since=Subquery(came.values("lot").annotate(last=Max("at")).values("last")),
        line=Subquery(job.values("line__code")[:1]), due_at=Subquery(job.values("due_at")[:1]),
    )
