"""What an instrument sends by itself: it knows its own code and a value, and nothing of inspections."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies, scoping
from plant.models import Person
from plant.transactions import command
from qms.commands import results
from qms.commands.inspections import ResultRefused
from qms.commands.results import Row
from qms.models import Gauge, GaugeLoan, Inspection, InspectionItem, InspectionResult, InspectionStatus
from qms.queries import inspections as reading
from traceability.models import Source


@command
def hear(*, gauge: Gauge, value: float, by: Person, at: datetime, source: int = Source.API) -> InspectionResult:
    """Write a value into the open sample of the one inspection in hand that this gauge measures for.

    Where several are in hand, the one of whoever has the gauge counts, or the one that it measured for last. A value
    that could belong to two characteristics is refused: a guess would be a wrong record.
    """
    policies.check(by, "inspection.record", gauge=gauge.code)
    asked = narrowed(open_items(gauge, by), gauge)
    if not asked:
        message = _("No inspection in hand waits for a value of %(gauge)s. Take it on first, then measure.")
        raise ResultRefused(message % {"gauge": gauge.code}, code="nothing-in-hand")
    if len(asked) > 1:
        names = ", ".join(f"{item.inspection.number} {item.characteristic.code}" for item in asked[:5])
        message = _("%(gauge)s may mean several: %(names)s. Send the value to the inspection, with its characteristic.")
        raise ResultRefused(message % {"gauge": gauge.code, "names": names}, code="not-clear")
    item = asked[0]
    results.take(
        inspection=item.inspection, rows=[Row(item.characteristic.code, value)], gauge=gauge, source=source, by=by,
        at=at,
    )
    return item.results.select_related("item__inspection", "item__characteristic").latest("pk")


def open_items(gauge: Gauge, person: Person) -> list[InspectionItem]:
    """Measured characteristics in somebody's hands that ask for such a gauge and have a sample without a value."""
    tasks = scoping.visible(Inspection.objects.filter(status=InspectionStatus.IN_PROGRESS), person)
    tasks = tasks.filter(items__gauge_type=gauge.type_id).distinct().order_by("pk")
    return [
        state.item for task in tasks for state in reading.items(task)
        if state.item.gauge_type_id == gauge.type_id and not state.item.characteristic.is_counted
        and any(result is None for _sample, result in state.samples)
    ]


def narrowed(items: Sequence[InspectionItem], gauge: Gauge) -> list[InspectionItem]:
    """Those of whoever has the gauge, else those of the inspection that it measured for last."""
    found = list(items)
    if len({item.inspection_id for item in found}) < 2:
        return found
    loan = GaugeLoan.objects.filter(gauge=gauge, returned_at__isnull=True, person__isnull=False).first()
    theirs = [item for item in found if loan and item.inspection.inspector_id == loan.person_id]
    if len({item.inspection_id for item in theirs}) == 1:
        return theirs
    keys = {item.inspection_id for item in found}
    last = InspectionResult.objects.filter(gauge=gauge, item__inspection__in=keys).order_by("-pk").first()
    return [item for item in found if item.inspection_id == last.item.inspection_id] if last else found
