"""How alarms are answered: how often each rule was right, and how long people take (R183, R198)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Extract, ExtractHour, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import scoping, shifts
from plant.models import Person, Role
from spc.models import Violation, ViolationStatus
from spc.queries import violations

PERIOD = timedelta(days=90)  # of what rules are judged by
MONTH = timedelta(days=30)
ENOUGH = 5  # answered alarms, below which a share says nothing
TUNE, WATCH = 0.5, 0.2  # shares of false alarms
DAY, NIGHT = "DAY", "NIGHT"
SHIFTS = ((DAY, _("Day shift")), (NIGHT, _("Night shift")))
LAST_HOUR = shifts.FIRST_HOUR + int(shifts.LENGTH.total_seconds() // 3600)


class Median(Aggregate):
    """The value in the middle, by the database."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def minutes(field: str) -> Any:
    """Minutes from the detection to a moment."""
    return ExpressionWrapper(Extract(F(field) - F("detected_at"), "epoch") / 60.0, FloatField())


def by_rule(since: datetime) -> QuerySet[Violation]:
    """The newest violation of each chart and rule, with how often that rule was raised there, right and wrong."""
    same = Violation.objects.filter(chart=OuterRef("chart"), rule=OuterRef("rule"), detected_at__gte=since).order_by()
    grouped = same.values("chart", "rule")

    def told(what: Any) -> Subquery:
        return Subquery(grouped.annotate(told=what).values("told"))

    false = Count("pk", filter=Q(status=ViolationStatus.FALSE_ALARM))
    answered = Count("pk", filter=Q(closed_at__isnull=False))
    rows = violations.related().filter(pk=Subquery(same.order_by("-pk").values("pk")[:1]))
    return rows.annotate(
        raised=told(Count("pk")), false=told(false), real=told(Count("pk", filter=Q(status=ViolationStatus.CLOSED))),
        share=told(Cast(false, FloatField()) / NullIf(Cast(answered, FloatField()), Value(0.0))),
        to_acknowledge=told(Median(minutes("acknowledged_at"))), to_close=told(Median(minutes("closed_at"))),
    )


def advice(row: Any) -> tuple[str, str, Any]:
    """What to do about a rule, as tone, icon and words."""
    if row.real + row.false < ENOUGH:
        return "unknown", "help-circle", _("Too few yet")
    if row.share >= TUNE:
        return "failed", "adjustments", _("Tune it")
    if row.share >= WATCH:
        return "warning", "eye", _("Watch it")
    return "done", "circle-check", _("Keep")


def times() -> QuerySet[Violation]:
    """Violations with the minutes until somebody took them on and until they were settled, and their shift."""
    hour = ExtractHour("detected_at", tzinfo=timezone.get_current_timezone())
    is_day = Q(hour__gte=shifts.FIRST_HOUR, hour__lt=LAST_HOUR)
    return violations.related().annotate(
        to_acknowledge=minutes("acknowledged_at"), to_close=minutes("closed_at"), hour=hour,
        shift=Case(When(is_day, then=Value(DAY)), default=Value(NIGHT), output_field=CharField()),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The alarms of one line, shift and role together."""

    line: str
    shift: Any
    role: Any
    raised: int
    in_time: int
    to_acknowledge: float | None
    to_close: float | None


def grouped(person: Person, since: datetime) -> list[Group]:
    """How long a line, a shift and a role take, among what a person sees; the slowest to settle first."""
    rows = scoping.visible(times().filter(detected_at__gte=since), person).order_by()
    line = "chart__stream__equipment__parent__code"
    found = rows.values_list(line, "shift", "owner_role").annotate(
        raised=Count("pk"), in_time=Count("pk", filter=Q(escalations=0)), first=Median(minutes("acknowledged_at")),
        last=Median(minutes("closed_at")),
    )
    words, roles = dict(SHIFTS), dict(Role.choices)
    groups = [Group(place or "", words[shift], roles[role], *rest) for place, shift, role, *rest in found]
    return sorted(groups, key=lambda one: (-(one.to_close or 0.0), one.line, str(one.shift), str(one.role)))
