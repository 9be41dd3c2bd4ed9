"""How much quality work is open, and how much of it should have been done by now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from plant import scoping
from plant.models import Person
from qms.models import CapaStatus, CorrectiveAction, Inspection, Nonconformance
from qms.queries import inspections, nonconformances

OPEN_CAPAS = tuple(status for status in CapaStatus if status != CapaStatus.CLOSED)


@dataclass(frozen=True)
class Figures:
    """Open and overdue work."""

    cases: int
    late_cases: int
    capas: int
    late_capas: int
    tasks: int
    late_tasks: int


def figures(person: Person, *, at: datetime) -> Figures:
    """Nonconformances, CAPAs and inspections that a person sees: one statement each."""
    cases = scoping.visible(Nonconformance.objects.filter(status__in=nonconformances.OPEN), person)
    capas = scoping.visible(CorrectiveAction.objects.filter(status__in=OPEN_CAPAS), person)
    tasks = scoping.visible(Inspection.objects.filter(status__in=inspections.TO_DO), person)
    late = Count("pk", filter=Q(due_at__lt=at))
    counted = [rows.aggregate(all=Count("pk"), late=late) for rows in (cases, capas, tasks)]
    return Figures(*(count for row in counted for count in (row["all"], row["late"])))
