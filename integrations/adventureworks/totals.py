"""What stands in our tables of the sample, counted there."""

from typing import Any

from django.db.models import Count, F, Sum

from integrations.adventureworks.master import SITE
from mes.models import EndItem, JobOrder, JobResponse, JobSegment, MaterialSpecification
from plant.models import Equipment
from traceability.models import Bucket, Move

MOST_REASONS = 10


def totals() -> dict[str, Any]:
    """The figures of the sample as its publisher counts them, from orders, ledger and bills of materials here."""
    site = Equipment.objects.get(code=SITE)
    jobs = JobOrder.objects.filter(site=site)
    moved = Move.objects.filter(lot__site=site)
    lines = MaterialSpecification.objects.filter(segment__work_master__in=jobs.values("work_master"))
    made = jobs.values("work_request__material")
    return {
        "work_orders": jobs.count(),
        "order_qty": whole(jobs.aggregate(n=Sum("quantity"))["n"]),
        "stocked_qty": whole(moved.filter(to_bucket=Bucket.STOCK).aggregate(n=Sum("quantity"))["n"]),
        "scrapped_qty": whole(moved.filter(to_bucket=Bucket.SCRAP).aggregate(n=Sum("quantity"))["n"]),
        "orders_with_scrap": moved.filter(to_bucket=Bucket.SCRAP).values("job_order").distinct().count(),
        "routings": JobSegment.objects.filter(job_order__site=site, station__isnull=False).count(),
        "bom_lines": lines.count() + EndItem.objects.filter(material__in=made).count(),
        "assemblies": lines.values("segment__work_master").distinct().count(),
        "top_scrap_reasons": _reasons(jobs),
    }


def _reasons(jobs: Any) -> list[dict[str, Any]]:
    rows = JobResponse.objects.filter(job_segment__job_order__in=jobs, scrap__gt=0).values(name=F("reason__name"))
    found = rows.annotate(orders=Count("job_segment__job_order", distinct=True), quantity=Sum("scrap"))
    return [
        {"reason": row["name"], "orders": row["orders"], "quantity": whole(row["quantity"])}
        for row in found.order_by("-quantity", "name")[:MOST_REASONS]
    ]


def whole(number: Any) -> int:
    """A sum of pieces as an integer; nothing is nothing."""
    return int(number or 0)
