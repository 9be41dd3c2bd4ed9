"""What an alarm stops, with what puts it right: the operation that runs there, the station or the line."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from mes.commands import stoppages
from mes.models import ON_LINE, Deviation, JobSegment, StoppageSource, StopScope
from plant.locks import seal
from plant.models import Equipment, EquipmentLevel
from plant.queries import persons, places
from qms import stopping
from qms.stopping import Asked
from traceability.models import Visit

ABOVE = {StopScope.STATION: EquipmentLevel.WORK_UNIT, StopScope.LINE: EquipmentLevel.WORK_CENTER}


def place_of(scope: str, equipment: Equipment) -> tuple[str, Equipment] | None:
    """The station or line of a place; what stands in no station is stopped by its line, in no line not at all."""
    up: Equipment | None = equipment
    while up is not None:
        if up.level == ABOVE[StopScope(scope)]:
            return scope, up
        if up.level == EquipmentLevel.WORK_CENTER:
            return StopScope.LINE.value, up
        up = up.parent
    return None


def running(asked: Asked) -> list[JobSegment]:
    """The operations with lots in work at the place, or that were while it was suspect."""
    parts = [part.pk for part in places.within(asked.equipment)]
    lately = Q(during__upper_inf=True) | Q(during__endswith__gte=asked.since)
    jobs = Visit.objects.filter(lately, equipment__in=parts, operation=asked.operation).values("job_order")
    rows = JobSegment.objects.filter(
        job_order__number__in=jobs, segment__code=asked.operation, job_order__status__in=ON_LINE, ended_at__isnull=True
    )
    return list(rows.select_related("job_order", "segment").order_by("pk"))


@stopping.register
def stop(asked: Asked, at: datetime) -> None:
    """What a reaction plan stops for a violation; where no operation is known to run, the station stands still.

    What a person orders for a nonconformance or a CAPA stops the station or line that they named.
    """
    if asked.by is not None:
        stoppages.stop(
            scope=asked.scope, equipment=asked.equipment, reason=asked.reason, by=asked.by, at=at,
            source_kind=asked.source_kind, source_id=asked.source_id,
        )
        return
    rows = running(asked) if asked.scope == StopScope.OPERATION else []
    for row in rows:
        source = (StoppageSource.VIOLATION.value, f"{asked.source_id}/{row.pk}")
        _stop(StopScope.OPERATION.value, asked.equipment, row, asked.reason, source, at)
    if not rows:
        scope = StopScope.STATION.value if asked.scope == StopScope.OPERATION else asked.scope
        found = place_of(scope, asked.equipment)
        if found is not None:
            _stop(*found, None, asked.reason, (StoppageSource.VIOLATION, asked.source_id), at)


def enter(found: Sequence[Deviation]) -> None:
    """Seal the places that these deviations stop, before any row is locked."""
    for one in found:
        there = place_of(one.standard.stops, one.stream.equipment) if one.standard.stops in ABOVE else None
        if there is not None:
            seal(part.pk for part in places.within(there[1]))


def for_deviation(deviation: Deviation, reason: str, at: datetime) -> None:
    """What a golden parameter stops while its value is outside."""
    scope, source = deviation.standard.stops, (StoppageSource.DEVIATION, str(deviation.pk))
    place = deviation.stream.equipment
    if scope == StopScope.OPERATION:
        row = JobSegment.objects.filter(job_order=deviation.job_order_id, segment=deviation.standard.segment_id).first()
        if row is not None:
            _stop(scope, place, row, reason, source, at)
    elif (found := place_of(scope, place)) is not None:
        _stop(*found, None, reason, source, at)


def _stop(
    scope: str, place: Equipment, row: JobSegment | None, reason: str, source: tuple[str, str], at: datetime
) -> None:
    stoppages.stop(
        scope=scope, equipment=place, job_segment=row, reason=reason, by=persons.system("mes"), at=at,
        source_kind=source[0], source_id=source[1],
    )
