"""The golden windows that curves are drawn against: those of the routing that a work order pinned."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, ParameterSpecification
from traceability import bounds
from traceability.bounds import Bounds, Stay

WORDS = (_("Low"), _("Target value"), _("High"))


@bounds.register(1)
def lines(stays: Sequence[Stay]) -> Bounds:
    """The window of each stay's operation; two statements."""
    numbers = {visit.job_order for visit, _stream in stays} - {""}
    masters = dict(JobOrder.objects.filter(number__in=numbers).values_list("number", "work_master"))
    rows = ParameterSpecification.objects.filter(
        segment__work_master__in=set(masters.values()), parameter__in={stream.parameter_id for _visit, stream in stays}
    )
    known = {
        (row.segment.work_master_id, row.segment.code, row.parameter_id): row for row in rows.select_related("segment")
    }
    found: Bounds = {}
    for visit, stream in stays:
        row = known.get((masters.get(visit.job_order, 0), visit.operation, stream.parameter_id))
        if row is not None:
            found[visit.pk, stream.pk] = bounds.ends(row.low, row.target, row.high, WORDS)
    return found
