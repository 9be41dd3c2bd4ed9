"""Which samples are due, which did not come, and whom that waits for."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from plant import scoping
from plant.models import EquipmentState, Person
from spc.models import MissedSample, MissedStatus, SampleDuty
from traceability.models import Visit

# A machine that stands still makes nothing to sample.
RESTING = (EquipmentState.IDLE, EquipmentState.MAINTENANCE)


def active() -> QuerySet[SampleDuty]:
    """The duties that hold now."""
    rows = SampleDuty.objects.filter(active=True, chart__active=True, chart__stream__active=True)
    return rows.select_related("chart__stream__equipment__parent", "chart__line__characteristic").order_by("pk")


def counted_from(duty: SampleDuty) -> datetime:
    """The last sample, or whatever came after it: an override, or the beginning of the duty."""
    ended = duty.missed.filter(status=MissedStatus.OVERRIDDEN).order_by("-ended_at").values_list("ended_at", flat=True)
    moments = [duty.since, duty.chart.stream.last_at, ended.first()]
    return max(moment for moment in moments if moment is not None)


def due_at(duty: SampleDuty) -> datetime | None:
    """When the next sample is due; for a duty by lots the moment when the last of them came, None while it did not."""
    start = counted_from(duty)
    if duty.every_minutes:
        return start + timedelta(minutes=duty.every_minutes)
    seen = Visit.objects.filter(equipment=duty.chart.stream.equipment_id, during__startswith__gt=start)
    last = duty.every_lots - 1 if duty.every_lots else 0
    moments = seen.order_by("during").values_list("during__startswith", flat=True)
    found: list[datetime] = list(moments[last : last + 1])
    return found[0] if found else None


def is_late(duty: SampleDuty, at: datetime) -> datetime | None:
    """Since when a sample is late, or None; what stands still is not late."""
    due = due_at(duty)
    if due is None or at < due + timedelta(minutes=duty.grace_minutes):
        return None
    return None if duty.chart.stream.equipment.state in RESTING else due


def listing() -> QuerySet[MissedSample]:
    """Every sample that did not come in time."""
    return MissedSample.objects.select_related(
        "duty__chart__stream__equipment__parent", "duty__chart__line__characteristic", "ended_by", "hold"
    )


def waiting(person: Person) -> list[MissedSample]:
    """What is late and waits for one of a person's roles."""
    rows = MissedSample.objects.select_related("duty__chart__stream__equipment").filter(
        duty__owner_role__in=list(person.roles), status=MissedStatus.OPEN
    )
    return list(scoping.visible(rows.order_by("due_at"), person)[:50])
