"""All charts as a wall of small pictures, the worst first: which, in what order, and what each says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from plant import scoping
from plant.models import Person
from spc import rulebook, sparks
from spc.models import SHARES, ChartKind, ControlChart, LimitSet, Standing, Violation, ViolationStatus
from spc.queries import chart_data, charts, newest
from spc.queries.newest import Newest
from traceability.queries import readings
from traceability.queries.readings import Point

POINTS = 48
PAGE = 48
SHARE_PLACES = 1
RATES = (ChartKind.U, ChartKind.LANEY_U)
Ranked = QuerySet[Any]  # of charts with their rank


@dataclass(frozen=True, slots=True)
class Asked:
    """What the wall is narrowed to; nothing means all."""

    line: str = ""
    equipment: str = ""
    plan: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One chart as a small picture."""

    chart: ControlChart
    title: str
    state: str
    word: str
    last: float | None
    unit: str
    places: int
    standing: Standing | None
    violation: Violation | None
    spark: sparks.Spark | None

    @property
    def tone(self) -> str:
        return charts.TONES[self.state]


def every(person: Person, now: datetime) -> Ranked:
    """The charts that a person sees, switched on, each with its rank."""
    return scoping.visible(charts.ranked(now).filter(active=True), person)


def narrowed(rows: Ranked, asked: Asked) -> Ranked:
    """Those of the charts that are asked for, whatever their state."""
    wanted = {
        "stream__equipment__parent__code": asked.line, "stream__equipment__code": asked.equipment,
        "line__plan__code": asked.plan,
    }
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    words = [
        Q(code__icontains=word) | Q(line__characteristic__name__icontains=word)
        | Q(line__characteristic__name_zh__icontains=word) | Q(stream__equipment__code__icontains=word)
        for word in asked.text.split()
    ]
    return rows.filter(*words)


def in_order(rows: Ranked, state: str) -> Ranked:
    """Out of control first, there what nobody answers; then silent ones; then the least capable."""
    unanswered = Violation.objects.filter(chart=OuterRef("pk"), status=ViolationStatus.OPEN)
    rows = rows.filter(charts.in_state(state)) if state in charts.ORDER else rows
    least = F("standing__cpk").asc(nulls_last=True)
    asked: Ranked = rows.annotate(unanswered=Exists(unanswered)).select_related("standing")
    return asked.order_by("rank", "-unanswered", least, "code")


def counts(rows: Ranked) -> dict[str, int]:
    """How many charts stand how."""
    found = dict(rows.order_by().values_list("rank").annotate(n=Count("pk")))
    return {state: found.get(rank, 0) for rank, state in enumerate(charts.ORDER) if state != charts.RESTING}


def choices(person: Person) -> dict[str, list[tuple[str, str]]]:
    """The lines, the equipment and the control plans of the charts that a person sees."""
    rows = scoping.visible(ControlChart.objects.filter(active=True), person).order_by().values_list(
        "stream__equipment__parent__code", "stream__equipment__parent__name", "stream__equipment__code",
        "stream__equipment__name", "line__plan__code", "line__plan__name", "line__plan__material__code",
    ).distinct()
    found: dict[str, dict[str, str]] = {"line": {}, "equipment": {}, "plan": {}}
    for line, line_name, code, name, plan, plan_name, material in rows:
        found["equipment"][code] = f"{code} {name}"
        found["plan"][plan] = f"{plan} {plan_name} · {material}"
        if line:
            found["line"][line] = f"{line} {line_name}"
    return {kind: sorted(words.items()) for kind, words in found.items()}


def tiles(rows: Iterable[ControlChart], now: datetime) -> list[Tile]:
    """Some charts with all that the wall says of them, in a fixed number of statements."""
    shown = list(rows)
    limits = newest_limits(shown)
    latest = Violation.objects.filter(chart__in=shown).order_by("chart_id", F("ended_at").desc(nulls_first=True), "-at")
    violations = {one.chart_id: one for one in latest.distinct("chart_id")}
    tails = readings.tail({one.stream_id for one in shown}, POINTS * max((c.subgroup_size for c in shown), default=1))
    points = newest.points(shown, tails, POINTS)
    return [
        _tile(one, limits.get(one.pk), violations.get(one.pk), tails.get(one.stream_id, []), points[one.pk], now)
        for one in shown
    ]


def newest_limits(shown: Sequence[ControlChart]) -> dict[int, LimitSet]:
    """The newest version of each chart's limits."""
    rows = LimitSet.objects.filter(chart__in=shown).order_by("chart_id", "-valid_from").distinct("chart_id")
    return {one.chart_id: one for one in rows}


def _tile(
    chart: ControlChart, limits: LimitSet | None, violation: Violation | None, tail: Sequence[Point], shown: Newest,
    now: datetime,
) -> Tile:
    running = violation if violation is not None and violation.ended_at is None else None
    state = charts.state_of(chart, limits, running, now)
    if violation is not None:
        rules = rulebook.parse(chart.rules)
        violation.headline = rulebook.headline(rules, violation.rule)  # type: ignore[attr-defined]
    return Tile(
        chart, chart_data.title(chart), state, charts.words()[state], *_newest(chart, tail, shown),
        getattr(chart, "standing", None), violation, spark(shown, limits),
    )


def _newest(chart: ControlChart, tail: Sequence[Point], shown: Newest) -> tuple[float | None, str, int]:
    """The newest value, its unit and its decimals: of counted samples what is plotted, else the reading itself."""
    plotted = float(shown.values[-1]) if chart.is_counted and len(shown.values) else None
    if chart.kind in SHARES:
        return None if plotted is None else 100 * plotted, "%", SHARE_PLACES
    if plotted is not None:
        return plotted, "", rulebook.PLACES if chart.kind in RATES else 0
    reading = tail[-1].value if tail and tail[-1].good else None
    return reading, chart.stream.parameter.unit.symbol, rulebook.places(chart.stream.parameter.resolution)


def spark(shown: Newest, limits: Any) -> sparks.Spark | None:
    """The newest points of a chart as a small drawing; none without points."""
    band = (limits.lower, limits.upper) if limits else None
    return sparks.draw(shown.values.tolist(), shown.band or band)
