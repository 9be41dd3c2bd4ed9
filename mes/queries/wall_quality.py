"""The quality wall: how every chart stands, what is held and for how long, and what goes wrong most often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from mes.queries import wall_news
from mes.queries.wall_news import News
from plant.models import Equipment
from plant.queries import places
from qms.models import CapaStatus, CorrectiveAction, Nonconformance, NonconformanceStatus
from spc import sparks
from spc.queries import charts, cockpit, newest
from traceability.models import Hold
from traceability.queries import readings

CHARTS_SHOWN, CAUSES_SHOWN, BARS_SHOWN = 6, 5, 6
LOOK_BACK = timedelta(days=30)
OPEN = (NonconformanceStatus.OPEN, NonconformanceStatus.REVIEW)


@dataclass(frozen=True)
class ChartTile:
    """A chart with its newest points."""

    row: charts.Row
    spark: sparks.Spark | None


@dataclass(frozen=True)
class Bar:
    """One kind of fault, how often, and what share all bars up to this one make."""

    label: str
    count: int
    width: int
    share: int


@dataclass(frozen=True)
class QualityBoard:
    """Quality of a site or a line at one moment."""

    at: datetime
    tiles: list[ChartTile]
    states: Counter[str]
    news: list[News]
    held: int
    bars: list[Bar]
    cases: int
    late_cases: int
    capas: int
    late_capas: int

    @property
    def violated(self) -> int:
        return self.states[charts.VIOLATED]

    @property
    def silent(self) -> int:
        return self.states[charts.SILENT_STATE]

    @property
    def watched(self) -> int:
        """Charts that are switched on."""
        return sum(self.states.values()) - self.states[charts.RESTING]

    @property
    def oldest(self) -> News | None:
        return min(self.news, key=lambda one: one.at, default=None)


def of_places(site: Equipment, lines: Sequence[Equipment] | None, *, at: datetime) -> QualityBoard:
    """Everything the quality wall shows of some lines, or of a whole site."""
    is_part = lines is not None
    within = [place for one in ([site] if lines is None else lines) for place in places.within(one)]
    ids = {place.pk for place in within}
    rows = [row for row in charts.listing(at) if row.chart.stream.equipment_id in ids]
    holds = wall_news.open_holds(within, []) if is_part else list(
        Hold.objects.filter(site=site, released_at__isnull=True).order_by("-placed_at")[: wall_news.MOST]
    )
    near = Q(equipment__in=ids) if is_part else Q(site=site)
    cases = Nonconformance.objects.filter(near)
    actions = CorrectiveAction.objects.filter(site=site).exclude(status=CapaStatus.CLOSED)
    return QualityBoard(
        at=at, tiles=tiles([row for row in rows if row.chart.active][:CHARTS_SHOWN]),
        states=Counter(row.state for row in rows), news=wall_news.gravest(wall_news.of_holds(holds)), held=len(holds),
        bars=pareto(cases.filter(opened_at__gte=at - LOOK_BACK).select_related("characteristic")),
        cases=cases.filter(status__in=OPEN).count(),
        late_cases=cases.filter(status=NonconformanceStatus.OPEN, due_at__lte=at).count(),
        capas=actions.count(), late_capas=actions.filter(due_at__lte=at).count(),
    )


def tiles(rows: Sequence[charts.Row]) -> list[ChartTile]:
    """The charts with the line of their newest points and the limits in force."""
    chosen = [row.chart for row in rows]
    limits = cockpit.newest_limits(chosen)
    size = max((chart.subgroup_size for chart in chosen), default=1)
    found = readings.tail({chart.stream_id for chart in chosen}, cockpit.POINTS * size)
    points = newest.points(chosen, found, cockpit.POINTS)
    return [ChartTile(row, cockpit.spark(points[row.chart.pk], limits.get(row.chart.pk))) for row in rows]


def pareto(cases: Iterable[Nonconformance]) -> list[Bar]:
    """Nonconformances by what was wrong, most often first; the rest in one bar."""
    counted: Counter[str] = Counter()
    for case in cases:
        what = case.characteristic
        name = what.title if what else str(case.get_source_kind_display())
        counted[name] += 1
    ranked = counted.most_common()
    if len(ranked) > BARS_SHOWN:
        rest = sum(count for _name, count in ranked[BARS_SHOWN - 1 :])
        ranked = [*ranked[: BARS_SHOWN - 1], (_("Others"), rest)]
    total, top, so_far, bars = sum(counted.values()), max(counted.values(), default=1), 0, []
    for label, count in ranked:
        so_far += count
        bars.append(Bar(label, count, round(100 * count / top), round(100 * so_far / total)))
    return bars
