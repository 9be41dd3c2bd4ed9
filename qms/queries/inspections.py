"""Inspections: the queue, one task with its results, and the verdict that they give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from qms.models import Inspection, InspectionCount, InspectionItem, InspectionResult, InspectionStatus, Verdict
from traceability.models import MaterialLot

NEAR = 50  # tasks that a tablet lists
TO_DO = (InspectionStatus.OPEN, InspectionStatus.IN_PROGRESS)


class UnknownInspection(Refusal):
    """A number that no inspection carries."""

    code = "unknown-inspection"


@dataclass(frozen=True)
class ItemState:
    """One characteristic of a task, with what counts of it: a result for each sample, or pieces that were looked at."""

    item: InspectionItem
    samples: list[tuple[int, InspectionResult | None]]
    counts: list[InspectionCount] = field(default_factory=list)

    @property
    def inspected(self) -> int:
        """How many pieces of the sample are done."""
        if self.item.characteristic.is_counted:
            return sum(count.inspected for count in self.counts)
        return sum(result is not None for _sample, result in self.samples)

    @property
    def found(self) -> int:
        """How many were not good."""
        if self.item.characteristic.is_counted:
            return sum(count.found for count in self.counts)
        return sum(result is not None and not result.passed for _sample, result in self.samples)

    @property
    def left(self) -> int:
        """How many pieces of the sample are not done yet."""
        return max(self.item.sample_size - self.inspected, 0)

    @property
    def is_lost(self) -> bool:
        """The rejection number is reached: the rest of the sample can change nothing."""
        return self.found >= self.item.re

    @property
    def is_complete(self) -> bool:
        """Enough is known for a verdict."""
        return not self.left or self.is_lost

    @property
    def passed(self) -> bool:
        """The whole sample seen, with fewer faults than the rejection number."""
        return not self.left and not self.is_lost

    @property
    def next_sample(self) -> int | None:
        """The first sample that has no result."""
        return next((sample for sample, result in self.samples if result is None), None)


def by_number(number: str) -> Inspection:
    """The inspection with this number."""
    rows = Inspection.objects.select_related("lot__material__unit", "equipment", "inspector", "site", "signature")
    task = rows.filter(number=number).first()
    if task is None:
        raise UnknownInspection(_("There is no inspection “%(number)s”.") % {"number": number[:40]})
    return task


def listing(*, statuses: Iterable[str] = ()) -> QuerySet[Inspection]:
    """Inspections with how many results each has."""
    results = InspectionResult.objects.filter(item__inspection=OuterRef("pk"), superseded_by__isnull=True)
    counted = results.order_by().values("item__inspection").values(n=Count("pk"))
    rows = Inspection.objects.select_related("lot__material", "equipment", "inspector")
    rows = rows.annotate(done=Coalesce(Subquery(counted), 0))
    return rows.filter(status__in=list(statuses)) if statuses else rows


def marked_late(rows: Sequence[Inspection], at: datetime) -> Sequence[Inspection]:
    """The rows, each with whether its time to be decided has passed as `is_late`."""
    for row in rows:
        row.is_late = row.status in TO_DO and row.due_at < at  # type: ignore[attr-defined]
    return rows


def to_do_near(station: Equipment, person: Person) -> list[Inspection]:
    """What is to be inspected: at a station first, then elsewhere within reach, the most pressing first."""
    rows = scoping.visible(Inspection.objects.filter(status__in=TO_DO), person)
    here = Case(When(equipment=station, then=Value(0)), default=Value(1))
    return list(rows.select_related("lot__material").order_by(here, "due_at", "pk")[:NEAR])


def overdue(at: datetime) -> QuerySet[Inspection]:
    """Tasks that should have been decided by now."""
    return Inspection.objects.filter(status__in=TO_DO, due_at__lte=at)


def items(task: Inspection) -> list[ItemState]:
    """The characteristics to check, each with what counts of it."""
    rows = task.items.select_related("characteristic__parameter__unit", "gauge_type__skill", "inspection")
    standing = InspectionResult.objects.filter(item__inspection=task, superseded_by__isnull=True)
    standing = standing.select_related("by", "gauge")
    found = {(result.item_id, result.sample): result for result in standing}
    counts: dict[int, list[InspectionCount]] = {}
    for count in counted(task):
        counts.setdefault(count.item_id, []).append(count)
    return [
        ItemState(
            item, [(sample, found.get((item.pk, sample))) for sample in samples_of(item)], counts.get(item.pk, [])
        )
        for item in rows.order_by("pk")
    ]


def computed(states: Iterable[ItemState]) -> Verdict:
    """What the results say."""
    return Verdict.PASS if all(state.passed for state in states) else Verdict.FAIL


def recorders(task: Inspection) -> set[int]:
    """Everybody who measured or looked for it, corrected values too."""
    measured = InspectionResult.objects.filter(item__inspection=task).values_list("by", flat=True)
    return {*measured, *InspectionCount.objects.filter(item__inspection=task).values_list("by", flat=True)}


def seen(task: Inspection) -> dict[str, Any]:
    """What a person sees and signs when deciding otherwise than the results."""
    states = items(task)
    return {
        "number": task.number, "lot": task.lot.number, "computed": computed(states),
        "items": [
            [state.item.characteristic.code, state.inspected, state.found, state.passed,
             [result.value for _sample, result in state.samples if result is not None]]
            for state in states
        ],
    }


def restricted(lots: Iterable[MaterialLot]) -> list[Inspection]:
    """The inspections that accepted some of these lots with restrictions."""
    rows = Inspection.objects.filter(lot__in=list(lots), verdict=Verdict.CONDITIONAL)
    return list(rows.select_related("lot", "inspector").order_by("-decided_at"))


def samples_of(item: InspectionItem) -> range:
    """The numbers of the samples that are measured; of what is judged by eye there are none."""
    return range(1, 1 if item.characteristic.is_counted else item.sample_size + 1)


def counted(task: Inspection) -> list[InspectionCount]:
    """What was judged by eye, as it stands."""
    rows = InspectionCount.objects.filter(item__inspection=task, superseded_by__isnull=True, inspected__gte=1)
    return list(rows.select_related("by").prefetch_related("defects__reason").order_by("pk"))


def is_within(item: InspectionItem, value: float) -> bool:
    """Positively within the limits: what is no number is not."""
    above = item.lower is None or value >= item.lower
    below = item.upper is None or value <= item.upper
    return above and below and value == value
