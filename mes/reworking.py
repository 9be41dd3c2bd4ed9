"""Telling quality, which stands below, where rework may enter a routing."""

from mes.models import JobOrder, Segment
from qms import rework


@rework.register
def entries(job_order: str) -> list[tuple[str, str]]:
    """The operations of a work order's pinned routing that rework may enter, in their order."""
    master = JobOrder.objects.filter(number=job_order).values("work_master")
    rows = Segment.objects.filter(work_master__in=master, rework_entry=True).order_by("sequence")
    return [(row.code, row.title) for row in rows]
