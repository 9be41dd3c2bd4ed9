"""Charts as lists: in control or not, the worst of them, which rules fire most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from qms.models import ReactionPlan
from spc import rulebook, varying
from spc.models import ControlChart, LimitSet, Violation, ViolationPoint, ViolationStatus
from spc.queries import capability, chart_data
from traceability.queries import readings
from traceability.queries.readings import Point

SILENT = timedelta(minutes=5)
MILLISECOND = timedelta(milliseconds=1)
IN_CONTROL, VIOLATED, SILENT_STATE, NO_LIMITS, RESTING = "IN_CONTROL", "OUT_OF_CONTROL", "STALE", "DRAFT", "OFFLINE"

ORDER = [VIOLATED, SILENT_STATE, NO_LIMITS, IN_CONTROL, RESTING]
TONES = {IN_CONTROL: "done", VIOLATED: "failed", SILENT_STATE: "warning", NO_LIMITS: "unknown", RESTING: "unknown"}


class UnknownChart(Refusal):
    """A code that no chart carries."""

    code = "unknown-chart"


@dataclass(frozen=True, slots=True)
class Row:
    """A chart in a list."""

    chart: ControlChart
    title: str
    state: str
    word: str
    last: Point | None
    cpk: float | None
    running: Violation | None
    places: int

    @property
    def tone(self) -> str:
        return TONES[self.state]


def by_code(code: str) -> ControlChart:
    """The chart with this code, with all that a page says of it."""
    chart = related().filter(code=code).first()
    if chart is None:
        raise UnknownChart(_("There is no control chart “%(code)s”.") % {"code": code[:80]})
    return chart


def related() -> QuerySet[ControlChart]:
    return ControlChart.objects.select_related(
        "stream__parameter__unit", "stream__equipment__parent", "line__characteristic", "line__plan__material"
    )


def ranked(now: datetime) -> QuerySet[ControlChart]:
    """Every chart with how it stands as `rank`: 0 is out of control, the last is switched off."""
    running = Violation.objects.filter(chart=OuterRef("pk"), ended_at__isnull=True)
    period = Greatest(Value(SILENT // MILLISECOND), F("stream__period_ms") * 3, output_field=IntegerField())
    heard_until = ExpressionWrapper(
        F("stream__last_at") + ExpressionWrapper(period * Value(MILLISECOND), output_field=DurationField()),
        output_field=DateTimeField(),
    )
    return related().annotate(heard_until=heard_until).annotate(rank=Case(
        When(active=False, then=Value(ORDER.index(RESTING))),
        When(Exists(running), then=Value(ORDER.index(VIOLATED))),
        When(~Exists(LimitSet.objects.filter(chart=OuterRef("pk"))), then=Value(ORDER.index(NO_LIMITS))),
        When(heard_until__gte=now, then=Value(ORDER.index(IN_CONTROL))),
        default=Value(ORDER.index(SILENT_STATE)), output_field=IntegerField(),
    ))


def in_state(state: str) -> Q:
    """The ranked charts that stand so."""
    return Q(rank=ORDER.index(state))


def listing(now: datetime) -> list[Row]:
    """Every chart with its state now; the troubled ones first."""
    return sorted(dressed(list(related()), now), key=lambda row: ORDER.index(row.state))


def dressed(charts: Iterable[ControlChart], now: datetime) -> list[Row]:
    """Some charts with all that a list says of them, in a fixed number of statements."""
    charts = list(charts)
    limits = {one.chart_id: one for one in LimitSet.objects.filter(chart__in=charts).order_by("valid_from")}
    running = {one.chart_id: one for one in Violation.objects.filter(chart__in=charts, ended_at__isnull=True)}
    tails = readings.tail({chart.stream_id for chart in charts}, capability.NEWEST)
    last, cpk = {stream: points[-1] for stream, points in tails.items()}, capability.newest(charts, limits, tails)
    return [
        _row(chart, limits.get(chart.pk), running.get(chart.pk), last.get(chart.stream_id), cpk.get(chart.pk), now)
        for chart in charts
    ]


def state_of(chart: ControlChart, limits: Any, running: Violation | None, now: datetime) -> str:
    """In one word how a chart stands."""
    if not chart.active:
        return RESTING
    if running is not None:
        return VIOLATED
    if limits is None:
        return NO_LIMITS
    last_at = chart.stream.last_at
    silent = max(SILENT, timedelta(milliseconds=3 * chart.stream.period_ms))
    return SILENT_STATE if last_at is None or now - last_at > silent else IN_CONTROL


def words() -> dict[str, str]:
    """The states of a chart as a person reads them."""
    return {
        VIOLATED: _("Out of control"), SILENT_STATE: _("No data"), NO_LIMITS: _("No limits yet"),
        IN_CONTROL: _("In control"), RESTING: _("Switched off"),
    }


def _row(
    chart: ControlChart, limits: LimitSet | None, running: Violation | None, last: Point | None, cpk: float | None,
    now: datetime,
) -> Row:
    state = state_of(chart, limits, running, now)
    places = rulebook.places(chart.stream.parameter.resolution)
    return Row(chart, chart_data.title(chart), state, words()[state], last, cpk, running, places)


def worst(person: Person, now: datetime, most: int = 5) -> list[Row]:
    """The charts that need somebody most, among those that a person sees: out of control, then least capable."""
    rows = dressed(scoping.visible(related().filter(active=True), person), now)
    rows.sort(key=lambda row: (row.running is None, row.cpk if row.cpk is not None else float("inf"), row.chart.code))
    return rows[:most]


def pareto(person: Person, since: datetime) -> list[dict[str, Any]]:
    """Which rules opened violations on the charts that a person sees, most often first (R200)."""
    rows = scoping.visible(Violation.objects.filter(detected_at__gte=since), person)
    counted = rows.values_list("rule").annotate(n=Count("pk"))
    return [{"label": rulebook.headline((), rule), "value": n} for rule, n in counted.order_by("-n", "rule")]


def rule_facts(chart: ControlChart) -> list[dict[str, Any]]:
    """Each rule of a chart in plain words, what follows it, and how often it was a false alarm (R183)."""
    among = rulebook.parse(chart.rules)
    plans = {plan.rule: plan for plan in ReactionPlan.objects.filter(line=chart.line)}
    counted = Violation.objects.filter(chart=chart).values_list("rule").annotate(
        n=Count("pk"), false=Count("pk", filter=Q(status=ViolationStatus.FALSE_ALARM)),
    )
    fired = {rule: (n, false) for rule, n, false in counted.order_by("rule")}
    flags = ViolationPoint.objects.filter(chart=chart).values_list("rule").annotate(n=Count("pk"))
    points = dict(flags.order_by("rule"))
    return [
        {
            "id": rule, "headline": rulebook.headline(among, rule), "text": rulebook.sentence(among, rule),
            "reaction": plans.get(rule) or plans.get(""),
            "violations": fired.get(rule, (0, 0))[0], "false_alarms": fired.get(rule, (0, 0))[1],
            "points": points.get(rule, 0),
        }
        for rule in (*(one.id for one in among), *varying.OWN_RULES.get(chart.kind, ()))
    ]
