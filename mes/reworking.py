"""Telling quality, which stands below, where rework may enter a routing."""

from mes.models import JobOrder, Segment
from mes.queries import lot_ways, routings
from qms import rework
from traceability.models import Bucket, LotBalance


@rework.register
def entries(job_order: str, lot: int | None = None) -> list[tuple[str, str]]:
    """The operations of a work order's pinned routing that rework may enter, in their order.

    A lot goes back only: from the first operation at which some of it lies, or from the end.
    """
    master = JobOrder.objects.filter(number=job_order).values("work_master")
    rows = Segment.objects.filter(work_master__in=master, rework_entry=True).order_by("sequence")
    allowed = behind(rows[0].work_master_id, lot) if lot is not None and rows else None
    return [(row.code, row.title) for row in rows if allowed is None or row.code in allowed]


def behind(work_master: int, lot: int) -> set[str] | None:
    """The entries that lie behind a lot; None where all of them do."""
    routing = routings.routing(work_master)
    rows = LotBalance.objects.filter(lot=lot, bucket=Bucket.WIP, quantity__gt=0, place__in=routing.by_code)
    way, places = lot_ways.of_lot(routing, lot), list(rows.values_list("place", flat=True))
    return set(way.entries(min(places, key=way.place))) if places else None
