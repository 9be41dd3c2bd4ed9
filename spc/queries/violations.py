"""Violations: who must answer which, and how that went."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from plant.queries import alarms
from qms.models import ReactionPlan
from qms.queries import plans
from spc import rulebook
from spc.models import Violation, ViolationStatus
from traceability.models import Visit

UNANSWERED = (ViolationStatus.OPEN,)
ALIVE = (ViolationStatus.OPEN, ViolationStatus.ACKNOWLEDGED)
URGENCY = Case(
    When(status=ViolationStatus.OPEN, then=Value(0)), When(status=ViolationStatus.ACKNOWLEDGED, then=Value(1)),
    default=Value(2), output_field=IntegerField(),
)


class UnknownViolation(Refusal):
    """A number that no violation carries."""

    code = "unknown-violation"


def related() -> QuerySet[Violation]:
    return Violation.objects.select_related(
        "chart__stream__equipment__parent", "chart__stream__parameter__unit", "chart__line__characteristic", "limits",
        "owner", "acknowledged_by", "nonconformance", "cause",
    )


def by_id(pk: int) -> Violation:
    """One violation with all that a page says of it."""
    found = related().filter(pk=pk).first()
    if found is None:
        raise UnknownViolation(_("There is no violation %(number)s.") % {"number": pk})
    return found


def listing() -> QuerySet[Violation]:
    """Violations with how pressing they are: unanswered, being looked after, answered."""
    return related().annotate(urgency=URGENCY)


def worded(rows: Iterable[Violation]) -> list[Violation]:
    """The rows, each with its rule in few words as `headline` and in plain words as `text`."""
    found = list(rows)
    for row in found:
        rules = rulebook.parse(row.chart.rules)
        row.headline = rulebook.headline(rules, row.rule)  # type: ignore[attr-defined]
        row.text = rulebook.sentence(rules, row.rule)  # type: ignore[attr-defined]
        row.places = rulebook.places(row.chart.stream.parameter.resolution)  # type: ignore[attr-defined]
    return found


def unanswered(person: Person) -> list[Violation]:
    """What waits for a person, the most pressing first."""
    rows = Violation.objects.filter(alarms.waiting_for(person)).order_by("respond_by")
    rows = rows.select_related("chart__stream__equipment", "chart__stream__parameter")  # stands on every page
    return worded(scoping.visible(rows, person)[:50])


def alive(person: Person, most: int = 10) -> list[Violation]:
    """What is open now where a person sees it, the most pressing first."""
    rows = scoping.visible(listing().filter(status__in=ALIVE), person)
    return worded(rows.order_by(F("urgency"), "-at", "-pk")[:most])


def of_nonconformance(number: str) -> Violation | None:
    """The violation from which a nonconformance was opened."""
    return related().filter(nonconformance__number=number).order_by("pk").first()


def reaction(violation: Violation) -> ReactionPlan | None:
    """What the control plan says is to be done now (R199)."""
    return plans.reaction_for(line=violation.chart.line, rule=violation.rule)


def flagged(violation: Violation) -> list[dict[str, Any]]:
    """The flagged points with the rules in words."""
    among = rulebook.parse(violation.chart.rules)
    return [
        {"at": flag.at, "value": flag.value, "rule": flag.rule, "text": rulebook.headline(among, flag.rule)}
        for flag in violation.flags.order_by("at", "seq", "pk")[:200]
    ]


def during_visits(visits: Iterable[Visit]) -> list[Violation]:
    """The violations on the machines where lots stood, while they stood there."""
    asked = Q(pk__in=[])
    for visit in visits:
        until = Q() if visit.during.upper is None else Q(at__lte=visit.during.upper)
        asked |= until & Q(chart__stream__equipment=visit.equipment_id, last_at__gte=visit.during.lower)
    return worded(related().filter(asked).order_by("at")[:100])


def counts(rows: QuerySet[Violation]) -> dict[str, int]:
    """How many wait, how many are late and how many run."""
    return rows.aggregate(
        open=Count("pk", filter=Q(status=ViolationStatus.OPEN)),
        acknowledged=Count("pk", filter=Q(status=ViolationStatus.ACKNOWLEDGED)),
        running=Count("pk", filter=Q(ended_at__isnull=True)),
        false_alarms=Count("pk", filter=Q(status=ViolationStatus.FALSE_ALARM)),
    )


def late(rows: QuerySet[Violation], now: datetime) -> int:
    """How many nobody has answered or settled in time."""
    passed = Q(status__in=ALIVE, respond_by__lt=now)
    return rows.filter(passed | Q(status__in=UNANSWERED, escalations__gt=0)).count()


def answer_times(rows: QuerySet[Violation], since: datetime) -> dict[str, float | None]:
    """Minutes from detection to acknowledgement and to closing, for the answered ones (R198)."""
    rows = rows.filter(detected_at__gte=since)
    return {"acknowledge": _median(rows, "acknowledged_at"), "close": _median(rows, "closed_at")}


def _median(rows: QuerySet[Violation], field: str) -> float | None:
    spans = rows.filter(**{f"{field}__isnull": False}).values_list(F(field) - F("detected_at"), flat=True)
    minutes = sorted(span.total_seconds() / 60 for span in spans)
    return minutes[len(minutes) // 2] if minutes else None
