"""What rules would have found and held, had they been switched on: told from what is stored, without touching it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plant.queries import places
from qms.queries import plans
from spc import judging, rulebook, stretches
from spc.engine.rule import Rule
from spc.judging import Case
from spc.models import ControlChart
from spc.points import Points
from spc.queries import cases, ghosts, limits, windows
from spc.stretches import Stretch
from spc.varying import Lines
from traceability.models import MaterialLot
from traceability.queries import genealogy, visits

MOST_READINGS = 200_000
MOST_ALARMS = 50  # whose lots are looked up, newest first
MOST_LOTS = 200


@dataclass(frozen=True, slots=True)
class Alarm:
    """One violation that would have been opened: which lots it would have held, and how many made from them."""

    at: datetime
    until: datetime
    suspect_from: datetime
    value: float
    headline: str
    points: int
    holds: bool
    lots: list[MaterialLot]
    made_from_them: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one rule would have opened a violation, and taken part in one."""

    rule: str
    headline: str
    text: str
    opened: int
    involved: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A stretch of stored readings judged by other rules, and by those that the chart has."""

    from_at: datetime
    to_at: datetime
    points: int
    judged: bool
    is_whole: bool
    tallies: list[Tally]
    alarms: list[Alarm]
    opened: int
    opened_now: int
    lots_held: int

    @property
    def not_shown(self) -> int:
        return self.opened - len(self.alarms)


def run(chart: ControlChart, rules: Sequence[Rule], from_at: datetime, to_at: datetime) -> Trial:
    """Judge a stretch by the limits that were in force; rules that hold are followed to the lots and their children."""
    found = windows.between(chart.stream_id, from_at, to_at, MOST_READINGS)
    points = ghosts.without(cases.plotted(chart, found), ghosts.places(chart, from_at, to_at))
    versions, lines = limits.by_chart([chart.pk]).get(chart.pk, []), None
    if chart.is_counted:
        traced = cases.traced(chart, points, versions)
        points, lines = traced.points, traced.lines
    asked, now = (
        _stretches(points, versions, tuple(among), lines) for among in (rules, rulebook.parse(chart.rules))
    )
    holding = _holding(chart, rules)
    alarms = [_alarm(chart, points, one, rules, holding) for one in reversed(asked[-MOST_ALARMS:])]
    held = {lot.pk for alarm in alarms for lot in alarm.lots}
    return Trial(
        found.at[0] if len(found.at) else from_at, to_at, len(points.at), bool(versions),
        len(found.at) < MOST_READINGS, _tallies(asked, rules, holding), alarms, len(asked), len(now), len(held),
    )


def _stretches(
    points: Points, versions: list[judging.Limits], among: tuple[Rule, ...], lines: Lines | None
) -> list[Stretch]:
    if not len(points.values) or not versions:
        return []
    (findings,) = judging.judge([Case(points, len(points.values), versions, among, lines)])
    return stretches.find(points, findings)


def _holding(chart: ControlChart, rules: Sequence[Rule]) -> set[str]:
    """The rules whose reaction plan holds lots."""
    named = [*(rule.id for rule in rules), judging.RANGE_RULE]
    reactions = {rule: plans.reaction_for(line=chart.line, rule=rule) for rule in named}
    return {rule for rule, reaction in reactions.items() if reaction is not None and reaction.hold_lots}


def _tallies(found: Sequence[Stretch], rules: Sequence[Rule], holding: set[str]) -> list[Tally]:
    opened = Counter(one.rules[0] for one in found)
    involved = Counter(rule for one in found for rule in one.rules)
    named = [rule.id for rule in rules] + ([judging.RANGE_RULE] if involved[judging.RANGE_RULE] else [])
    return [
        Tally(
            rule, rulebook.headline(rules, rule), rulebook.sentence(rules, rule), opened[rule], involved[rule],
            rule in holding,
        )
        for rule in named
    ]


def _alarm(
    chart: ControlChart, points: Points, one: Stretch, rules: Sequence[Rule], holding: set[str]
) -> Alarm:
    at, until = points.at[one.first], points.at[one.last]
    since, holds = one.last_good_at or points.at[0], bool(holding & set(one.rules))
    lots, made = _contained(chart, since, until) if holds else ([], 0)
    return Alarm(
        at, until, since, float(points.values[one.first]), rulebook.headline(rules, one.rules[0]),
        one.last - one.first + 1, holds, lots, made,
    )


def _contained(chart: ControlChart, since: datetime, until: datetime) -> tuple[list[MaterialLot], int]:
    """The lots that stood at the equipment meanwhile, and how many others were made from them."""
    parts = [part.pk for part in places.within(chart.stream.equipment)]
    direct = visits.lots_at(equipment_ids=parts, from_at=since, to_at=until)[:MOST_LOTS]
    if not direct:
        return [], 0
    reached = genealogy.lot_ids(direct, "downstream")
    return list(MaterialLot.objects.filter(pk__in=direct).order_by("pk")), len(reached) - len(direct)
