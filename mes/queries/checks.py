"""Which inspections follow what happens in production: read from the control plan, kept for five seconds."""

from datetime import datetime

from django.db.models import Q, QuerySet

from mes.models import ON_LINE, JobSegment
from plant.fresh import Fresh
from plant.models import Equipment, MaterialDefinition, RevisionStatus
from qms.models import AT_STATIONS, CheckMethod, ControlPlanLine, FloorTrigger, InspectionKind
from qms.queries import plans
from traceability.models import MaterialLot, Visit

_kept: Fresh[list[ControlPlanLine]] = Fresh(seconds=5)
_shipping: Fresh[list[ControlPlanLine]] = Fresh(seconds=5)


def _lines(material: MaterialDefinition, operation: str, at: datetime) -> list[ControlPlanLine]:
    return _kept.get(
        (material.pk, operation),
        lambda: plans.lines_for(material=material, operation=operation, method=CheckMethod.INSPECTION, at=at),
    )


def after(material: MaterialDefinition, operation: str, *, at: datetime) -> list[ControlPlanLine]:
    """The lines of the effective control plan that ask for an inspection of each lot after an operation."""
    return [line for line in _lines(material, operation, at) if line.trigger == FloorTrigger.NONE]


def at_stations(material: MaterialDefinition, operation: str, *, at: datetime) -> list[ControlPlanLine]:
    """The lines that ask for one when something happens at the operation's station."""
    return [line for line in _lines(material, operation, at) if line.trigger in AT_STATIONS]


def before_shipping(material: MaterialDefinition, *, at: datetime) -> list[ControlPlanLine]:
    """The lines that ask for one before goods leave, whatever operation they name."""
    return _shipping.get(material.pk, lambda: list(effective(at).filter(
        plan__material=material, trigger=FloorTrigger.SHIPMENT
    ).select_related("characteristic", "plan").order_by("pk")))


def effective(at: datetime) -> "QuerySet[ControlPlanLine]":
    """Every line that asks for an inspection in a plan in effect."""
    return ControlPlanLine.objects.filter(
        plan__status=RevisionStatus.EFFECTIVE, plan__effective__contains=at, method=CheckMethod.INSPECTION
    )


def at_work(at: datetime, station: Equipment | None = None) -> list[tuple[JobSegment, Equipment, MaterialLot]]:
    """Each operation with such lines that has a part in work at a station now, that station and the part."""
    wanted = set(effective(at).filter(trigger__in=AT_STATIONS).values_list("plan__material", "operation"))
    if not wanted:
        return []
    asked = Q()
    for material, operation in wanted:
        asked |= Q(lot__material=material, operation=operation)
    visits = Visit.objects.filter(asked, during__upper_inf=True).select_related("equipment__parent", "lot__material")
    if station is not None:
        visits = visits.filter(equipment=station)
    here = {(one.job_order, one.operation, one.equipment_id): one for one in visits.order_by("-pk")}
    rows = JobSegment.objects.filter(
        job_order__number__in={job for job, _operation, _place in here}, job_order__status__in=ON_LINE
    ).select_related("job_order", "segment")
    by_name = {(row.job_order.number, row.segment.code): row for row in rows}
    found = [
        (by_name[job, operation], visit.equipment, visit.lot)
        for (job, operation, _place), visit in here.items()
        if (job, operation) in by_name
    ]
    return sorted(found, key=lambda one: (one[2].pk, one[0].pk, one[1].pk))


def kind_of(*, is_last: bool) -> InspectionKind:
    """The last operation is followed by the final inspection, every other one by an in-process inspection."""
    return InspectionKind.FINAL if is_last else InspectionKind.IN_PROCESS
