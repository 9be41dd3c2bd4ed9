"""What stands still now, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from plant import scoping
from plant.models import Person
from traceability.models import Hold, TargetKind


@dataclass(frozen=True, slots=True)
class Standing:
    """How many lots, machines and lines are held now."""

    lots: int
    equipment: int

    @property
    def any(self) -> bool:
        return self.lots + self.equipment > 0


def of(person: Person) -> Standing:
    """What a person sees standing still, in one statement."""
    rows = scoping.visible(Hold.objects.filter(released_at__isnull=True), person)
    counted = rows.aggregate(
        lots=Count("target_id", distinct=True, filter=Q(target_kind=TargetKind.LOT)),
        equipment=Count("target_id", distinct=True, filter=Q(target_kind=TargetKind.EQUIPMENT)),
    )
    return Standing(**counted)
