"""What is in process: by lot and by work order."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from traceability.models import Bucket, LotBalance, MaterialLot


def of_lot(lot: MaterialLot) -> dict[str, Decimal]:
    """Operation → amount of a lot that is in process there."""
    rows = LotBalance.objects.filter(lot=lot, bucket=Bucket.WIP, quantity__gt=0)
    return dict(rows.values_list("place", "quantity"))


def of_job(number: str) -> dict[str, Decimal]:
    """Operation → amount of a work order that is in process there."""
    rows = LotBalance.objects.filter(lot__job_order=number, bucket=Bucket.WIP, quantity__gt=0)
    return dict(rows.order_by("place").values_list("place").annotate(Sum("quantity")))


def of_jobs(numbers: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    """(Work order, operation) → amount in process there."""
    rows = LotBalance.objects.filter(lot__job_order__in=list(numbers), bucket=Bucket.WIP, quantity__gt=0)
    sums = rows.order_by("place").values_list("lot__job_order", "place").annotate(Sum("quantity"))
    return {(number, place): amount for number, place, amount in sums}
