"""What was measured at stations with a gauge, for the review of one that was found wrong."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from mes.models import CheckValue, DataValue
from qms import gauging
from qms.gauging import Measured
from qms.models import Gauge


def _within(since: datetime | None, until: datetime | None) -> Q:
    found = Q(at__gte=since) if since else Q()
    return found & Q(at__lt=until) if until else found


@gauging.collector
def collected(gauge: Gauge, since: datetime | None, until: datetime | None) -> Iterator[Measured]:
    """The values of lots at operations, corrected ones too."""
    rows = DataValue.objects.filter(_within(since, until), gauge=gauge).select_related("item", "job_segment__segment")
    for one in rows.order_by("pk"):
        title = f"{one.job_segment.segment.code} · {one.item.name} {one.text}"
        yield Measured("data", str(one.pk), title, one.lot_id, 1, one.at, one.at)


@gauging.collector
def checked(gauge: Gauge, since: datetime | None, until: datetime | None) -> Iterator[Measured]:
    """The values of operators' checks; they belong to a station, and to no lot."""
    rows = CheckValue.objects.filter(_within(since, until), gauge=gauge).select_related(
        "item", "check_due__rule", "check_due__station"
    )
    for one in rows.order_by("pk"):
        title = f"{one.check_due} · {one.item.name} {one.text}"
        yield Measured("check", str(one.pk), title, None, 1, one.at, one.at)
