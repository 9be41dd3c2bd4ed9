"""The shifts of lines as their calendars plan them, on the plant's clock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects

from mes import shift_plans
from mes.models import DayKind, LineCalendar, WorkCalendar
from mes.shift_plans import Break, Extra, Pattern, Plan, PlannedShift
from plant.models import Equipment
from plant.shifts import Shift

NEAR = timedelta(days=8)  # a line without a shift for longer than this has none


def zone() -> ZoneInfo:
    """The plant's clock."""
    return ZoneInfo(settings.TIME_ZONE)


def plans(lines: Iterable[int]) -> dict[int, list[Plan]]:
    """Line → its calendars one after the other; a line that never had one follows the usual two shifts."""
    rows = list(LineCalendar.objects.filter(line__in=lines).select_related("calendar").order_by("from_day"))
    prefetch_related_objects([row.calendar for row in rows], "shifts__breaks", "days")
    found: dict[int, list[Plan]] = defaultdict(list)
    for row in rows:
        found[row.line_id].append(_plan(row.calendar, row.from_day, row.to_day or date.max))
    return {line: found.get(line, [shift_plans.USUAL]) for line in lines}


def _plan(calendar: WorkCalendar, first: date, last: date) -> Plan:
    days = list(calendar.days.all())
    return Plan(
        patterns=tuple(
            Pattern(
                one.name, one.name_zh, one.weekdays, one.starts, one.minutes,
                tuple(Break(rest.after_minutes, rest.minutes) for rest in one.breaks.all()),
            )
            for one in calendar.shifts.all()
        ),
        holidays=frozenset(one.day for one in days if one.kind == DayKind.HOLIDAY),
        extras=tuple(
            Extra(one.name, one.name_zh, one.day, one.starts, one.minutes)
            for one in days if one.starts is not None and one.minutes is not None
        ),
        minor=timedelta(minutes=calendar.minor_stop_minutes), first=first, last=last,
    )


def local_day(at: datetime) -> date:
    """The day on the plant's calendar at a moment."""
    return at.astimezone(zone()).date()


def shifts(lines: Sequence[int], from_at: datetime, to_at: datetime) -> dict[int, list[PlannedShift]]:
    """Line → every shift of a stretch, with those of the days around it."""
    first, last = local_day(from_at) - timedelta(days=2), local_day(to_at) + timedelta(days=1)
    return {line: shift_plans.shifts(one, zone(), first, last) for line, one in plans(lines).items()}


def days(found: Sequence[PlannedShift], first: date, last: date) -> list[tuple[datetime, date]]:
    """When each day of a line begins."""
    each = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(shift_plans.day_begins(found, zone(), day), day) for day in each]


def day_now(lines: Iterable[int], at: datetime) -> date:
    """The day that production is at: before the first shift of any of the lines it is still the day before."""
    day = local_day(at)
    begins = [shift_plans.day_begins(one, zone(), day) for one in shifts(list(lines), at, at).values()]
    return day if not begins or min(begins) <= at else day - timedelta(days=1)


def shift_now(line: Equipment, at: datetime) -> Shift:
    """The shift that goes on at a line, else the last one; for a line without any, the usual one."""
    found = shifts([line.pk], at - NEAR, at)[line.pk]
    usual = shift_plans.shifts([shift_plans.USUAL], zone(), local_day(at - NEAR), local_day(at))
    one = shift_plans.at(found, at) or shift_plans.at(usual, at)
    if one is None:
        raise LookupError(f"No usual shift at {at}.")
    here = zone()
    return Shift(one.starts_at.astimezone(here), one.ends_at.astimezone(here), is_day=True, title=one.title)
