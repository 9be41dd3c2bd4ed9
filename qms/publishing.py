"""What quality tells on a customer's page: what was checked on the product and decided."""

from collections.abc import Sequence

from django.db.models import Prefetch

from qms.models import InspectionItem, InspectionResult, InspectionStatus
from traceability import public_parts
from traceability.models import MaterialLot
from traceability.public_parts import Checked

MOST = 100
STANDING = InspectionResult.objects.filter(superseded_by__isnull=True)


def checked(lots: Sequence[MaterialLot]) -> list[Checked]:
    """Every characteristic of the decided inspections of these lots, newest first; what was repeated counts once."""
    items = InspectionItem.objects.filter(
        inspection__lot__in=lots, inspection__status=InspectionStatus.DECIDED, inspection__repeated_by__isnull=True
    ).select_related("inspection__inspector", "characteristic__parameter__unit")
    rows = items.prefetch_related(Prefetch("results", STANDING)).order_by("-inspection__decided_at", "pk")[:MOST]
    return [told(item) for item in rows]


def told(item: InspectionItem) -> Checked:
    """One characteristic as the certificate shows it."""
    task, values = item.inspection, [result.value for result in item.results.all()]
    parameter, at = item.characteristic.parameter, task.decided_at or task.created_at
    return Checked(
        title=item.characteristic.title, passed=item.accepted is not False,
        word=task.get_verdict_display(), decided_at=at, number=task.number,
        unit=parameter.unit.symbol if parameter else "", lower=item.lower, upper=item.upper, samples=len(values),
        least=min(values, default=None), most=max(values, default=None),
        inspector=task.inspector.name if task.inspector else "",
    )


public_parts.register(checked)
