"""How far the plant is with its quality objectives, month by month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils.timezone import localtime

from plant import scoping
from plant.models import Person
from qms import quality_costs
from qms.models import (
    CapaStatus,
    CorrectiveAction,
    Inspection,
    InspectionKind,
    InspectionStatus,
    Metric,
    Nonconformance,
    QualityObjective,
    Verdict,
)
from qms.quality_costs import Bucket

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month and what was counted in it; None where there was nothing to count."""

    begins: datetime
    value: float | None
    is_reached: bool | None


@dataclass(frozen=True)
class Standing:
    """An objective with its months, the newest last."""

    objective: QualityObjective
    months: list[Month]

    @property
    def now(self) -> Month:
        return self.months[-1]

    @property
    def has_course(self) -> bool:
        """Whether there is more than one month to draw."""
        return sum(month.value is not None for month in self.months) > 1


def months_until(at: datetime, count: int = MONTHS) -> list[tuple[datetime, datetime]]:
    """The last months as pairs of their beginnings and ends, the newest last."""
    first = localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = [first]
    for _n in range(count - 1):
        begins.append((begins[-1] - timedelta(days=1)).replace(day=1))
    ends = [(one + timedelta(days=32)).replace(day=1) for one in begins]
    return list(reversed(list(zip(begins, ends, strict=True))))


def cases(person: Person, since: datetime, until: datetime) -> float | None:
    """Nonconformances that were opened."""
    rows = Nonconformance.objects.filter(opened_at__gte=since, opened_at__lt=until)
    return float(scoping.visible(rows, person).count())


def repeated(person: Person, since: datetime, until: datetime) -> float | None:
    """Those that were there before."""
    rows = Nonconformance.objects.filter(opened_at__gte=since, opened_at__lt=until, repeats__gte=1)
    return float(scoping.visible(rows, person).count())


def capas_in_time(person: Person, since: datetime, until: datetime) -> float | None:
    """Of the CAPAs whose actions were due, how many had them done by then (percent)."""
    due = scoping.visible(CorrectiveAction.objects.filter(due_at__gte=since, due_at__lt=until), person)
    count = due.count()
    late = due.filter(actions__done_at__gt=F("due_at")) | due.filter(
        status__in=[CapaStatus.OPEN, CapaStatus.ACTIONS]
    )
    return 100.0 * (count - late.distinct().count()) / count if count else None


def incoming(person: Person, since: datetime, until: datetime) -> float | None:
    """Of the incoming lots that were decided, how many passed (percent)."""
    rows = Inspection.objects.filter(
        kind=InspectionKind.INCOMING, status=InspectionStatus.DECIDED, decided_at__gte=since, decided_at__lt=until
    )
    rows = scoping.visible(rows, person)
    count = rows.count()
    return 100.0 * rows.filter(verdict=Verdict.PASS).count() / count if count else None


def failure_cost(person: Person, since: datetime, until: datetime) -> float | None:
    """What failures inside and outside cost."""
    found = quality_costs.between(person, since, until)
    failed = (one.amount for one in found if one.bucket in (Bucket.INTERNAL, Bucket.EXTERNAL))
    return float(sum(failed, Decimal(0)))


# A room above adds what it alone can count.
COUNTED: dict[str, Callable[[Person, datetime, datetime], float | None]] = {
    Metric.CASES: cases, Metric.REPEATS: repeated, Metric.CAPA_IN_TIME: capas_in_time, Metric.INCOMING: incoming,
    Metric.FAILURE_COST: failure_cost,
}


def standing(person: Person, at: datetime) -> list[Standing]:
    """Every objective in use with its last months."""
    return [of(one, person, at) for one in QualityObjective.objects.filter(active=True).select_related("owner")]


def of(objective: QualityObjective, person: Person, at: datetime) -> Standing:
    """One objective: each month's value, and whether it reached its target."""
    found = []
    for since, until in months_until(at):
        value = COUNTED[objective.metric](person, since, until)
        target = float(objective.target)
        reached = None if value is None else value <= target if objective.at_most else value >= target
        found.append(Month(since, value, reached))
    return Standing(objective, found)
