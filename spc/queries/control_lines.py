"""The control limits that curves are drawn against: of charts of single values, as they were valid at the time."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from spc.models import ChartKind, LimitSet
from traceability import bounds
from traceability.bounds import Bounds, Stay

WORDS = (_("LCL"), _("Centre line"), _("UCL"))


@bounds.register(3)
def lines(stays: Sequence[Stay]) -> Bounds:
    """The limits of each stay's instrument when it began; one statement. Limits of means say nothing of readings."""
    rows = LimitSet.objects.filter(
        chart__stream__in={stream.pk for _visit, stream in stays}, chart__kind=ChartKind.INDIVIDUALS, chart__active=True
    )
    versions: dict[int, list[LimitSet]] = {}
    for row in rows.select_related("chart").order_by("-valid_from"):
        versions.setdefault(row.chart.stream_id, []).append(row)
    found: Bounds = {}
    for visit, stream in stays:
        here = next((one for one in versions.get(stream.pk, []) if one.valid_from <= visit.during.lower), None)
        if here is not None:
            found[visit.pk, stream.pk] = bounds.ends(here.lower, here.center, here.upper, WORDS)
    return found
