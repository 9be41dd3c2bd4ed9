"""What quality knows that pieces share: the gauges that judged them."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qms.models import InspectionResult
from traceability import factors
from traceability.factors import Sample, Shared


@factors.register
def gauges(sample: Sample) -> Iterator[Shared]:
    """Each gauge with which a piece, or something in it, was inspected."""
    rows = InspectionResult.objects.filter(item__inspection__lot__in=sample.lots, gauge__isnull=False)
    lots: dict[tuple[str, str], set[int]] = defaultdict(set)
    for lot, code, name in rows.values_list("item__inspection__lot", "gauge__code", "gauge__name").distinct():
        lots[code, name].add(lot)
    for (code, name), found in lots.items():
        start = (("kind", "gauge"), ("code", code))
        yield Shared(_("Gauge"), f"{code} {name}", frozenset(sample.pieces_of(found)), start)
