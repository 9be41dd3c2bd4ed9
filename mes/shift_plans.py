"""Turning a calendar into shifts: clock times of the plant, day by day, as stretches of real time. Pure.

A shift is what the clock on the wall says, so on the night when clocks are put back it lasts an hour longer. It belongs
to the day on which it began. A plant's day runs from its first shift to the first shift of the next day, so that
days share no time and leave none out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plant.models.naming import TwoNames

MINOR_MINUTES = 5
WEEK, A_DAY = 7 * 24 * 60, timedelta(days=1)
Span = tuple[datetime, datetime]
OnWeek = tuple[frozenset[int], time, int]


@dataclass(frozen=True)
class Break:
    """A planned break, in minutes of the clock after the shift's beginning."""

    after: int
    minutes: int


@dataclass(frozen=True)
class Pattern(TwoNames):
    """A shift that begins at a time of the clock on some days of the week (Monday is 0)."""

    name: str
    name_zh: str
    weekdays: frozenset[int]
    starts: time
    minutes: int
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Extra(TwoNames):
    """An additional shift on one day."""

    name: str
    name_zh: str
    day: date
    starts: time
    minutes: int


@dataclass(frozen=True)
class Plan:
    """A calendar: the week, the days off, the overtime, from a first to a last day."""

    patterns: tuple[Pattern, ...]
    holidays: frozenset[date] = frozenset()
    extras: tuple[Extra, ...] = ()
    minor: timedelta = timedelta(minutes=MINOR_MINUTES)
    first: date = date.min
    last: date = date.max


@dataclass(frozen=True)
class PlannedShift(TwoNames):
    """A shift of one day, and its breaks, in real time."""

    name: str
    name_zh: str
    day: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...] = ()
    minor: timedelta = field(default=timedelta(minutes=MINOR_MINUTES), compare=False)


EVERY_DAY = frozenset(range(7))
# What a line without a calendar follows: two shifts a day, from eight to eight.
USUAL = Plan((
    Pattern("Day shift", "白班", EVERY_DAY, time(8), 12 * 60),
    Pattern("Night shift", "夜班", EVERY_DAY, time(20), 12 * 60),
))


def overlap(one: OnWeek, other: OnWeek) -> bool:
    """Whether two shifts of a week share time, also across Sunday's midnight."""
    return any(
        a < d + wrap and c + wrap < b
        for a, b in _on_week(one) for c, d in _on_week(other) for wrap in (-WEEK, 0, WEEK)
    )


def _on_week(shift: OnWeek) -> list[tuple[int, int]]:
    days, starts, minutes = shift
    begins = [day * 24 * 60 + starts.hour * 60 + starts.minute for day in days]
    return [(begin, begin + minutes) for begin in begins]


def on_clock(day: date, starts: time, minutes: int) -> Span:
    """A stretch on the clock on the wall, without a zone."""
    begin = datetime.combine(day, starts)
    return begin, begin + timedelta(minutes=minutes)


def shifts(plans: Sequence[Plan], zone: ZoneInfo, first: date, last: date) -> list[PlannedShift]:
    """Every shift that begins on the days from first to last, in order; none shares time with another.

    Where two overlap, the one that begins later gives way. A day that no plan covers has no shift.
    """
    found: list[PlannedShift] = []
    for day in (first + n * A_DAY for n in range((last - first).days + 1)):
        for plan in (plan for plan in plans if plan.first <= day <= plan.last):
            found += _of_day(plan, zone, day)
    found.sort(key=lambda one: one.starts_at)
    return _apart(found)


def _of_day(plan: Plan, zone: ZoneInfo, day: date) -> list[PlannedShift]:
    week = [] if day in plan.holidays else [one for one in plan.patterns if day.weekday() in one.weekdays]
    made = [_planned(one, one.breaks, plan, zone, day) for one in week]
    return made + [_planned(one, (), plan, zone, day) for one in plan.extras if one.day == day]


def _planned(one: Pattern | Extra, breaks: Iterable[Break], plan: Plan, zone: ZoneInfo, day: date) -> PlannedShift:
    begin, end = on_clock(day, one.starts, one.minutes)
    spans = []
    for rest in breaks:
        from_clock = begin + timedelta(minutes=rest.after)
        spans.append((real(from_clock, zone), real(min(from_clock + timedelta(minutes=rest.minutes), end), zone)))
    return PlannedShift(
        one.name, one.name_zh, day, real(begin, zone), real(end, zone), tuple(sorted(spans)), plan.minor
    )


def real(clock: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the plant's clock first says so."""
    return clock.replace(tzinfo=zone).astimezone(UTC)


def _apart(found: list[PlannedShift]) -> list[PlannedShift]:
    """Let no shift begin before the one before it has ended; what is left of nothing is left away."""
    kept: list[PlannedShift] = []
    for one in found:
        start = max(one.starts_at, kept[-1].ends_at) if kept else one.starts_at
        if start < one.ends_at:
            breaks = tuple((max(a, start), b) for a, b in one.breaks if b > start)
            kept.append(PlannedShift(
                one.name, one.name_zh, one.day, start, one.ends_at, breaks, one.minor
            ))
    return kept


def day_begins(found: Sequence[PlannedShift], zone: ZoneInfo, day: date) -> datetime:
    """When a plant's day begins: with its first shift, else at midnight or when the day before has let go."""
    own = [one.starts_at for one in found if one.day == day]
    if own:
        return min(own)
    earlier = [one.ends_at for one in found if one.day < day]
    return max([real(datetime.combine(day, time.min), zone), *earlier[-1:]])


def at(found: Sequence[PlannedShift], moment: datetime) -> PlannedShift | None:
    """The shift that goes on at a moment, else the last one before it."""
    begun = [one for one in found if one.starts_at <= moment]
    return begun[-1] if begun else None
