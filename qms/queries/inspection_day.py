"""What an inspector finds in the morning: their queue by due time, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from plant import scoping
from plant.models import Person
from qms.models import Inspection
from qms.queries import inspections

MOST = 200
DECIDED = 20


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of a day; each stands in one of the first three."""

    mine: list[Inspection]
    overdue: list[Inspection]
    waiting: list[Inspection]
    others: int
    decided: list[Inspection]
    decided_count: int


def of(person: Person, *, at: datetime) -> Day:
    """The day of one person, within what they reach."""
    rows = Inspection.objects.filter(status__in=inspections.TO_DO).select_related("lot__material", "equipment")
    found = list(scoping.visible(rows.order_by("due_at", "pk"), person)[:MOST])
    free = [task for task in found if task.inspector_id is None]
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time()))
    done = Inspection.objects.filter(inspector=person, decided_at__gte=midnight)
    return Day(
        mine=[task for task in found if task.inspector_id == person.pk],
        overdue=[task for task in free if task.due_at <= at],
        waiting=[task for task in free if task.due_at > at],
        others=sum(task.inspector_id not in (None, person.pk) for task in found),
        decided=list(done.select_related("lot__material").order_by("-decided_at")[:DECIDED]),
        decided_count=done.count(),
    )
