"""The turn of work at a station: ranks with room between them, rules that propose an order, and when each is through.

Pure. A rule takes what waits and the moment, and returns the same in its order; a scheduler that plans better registers
its own rule beside these and the board offers it with the same preview.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from mes.shift_plans import PlannedShift, Span

STEP = 1024
ZERO = timedelta(0)


@dataclass(frozen=True)
class Work:
    """An operation that waits at a station: how long it still takes there, and how urgent it is."""

    key: int
    takes: timedelta
    due_at: datetime
    priority: int = 50
    is_begun: bool = False


Rule = Callable[[Sequence[Work], datetime], list[Work]]


class Named(NamedTuple):
    """A rule and what people call it."""

    label: Any
    order: Rule


def by_due(works: Sequence[Work], at: datetime) -> list[Work]:
    """Earliest due date first: keeps the greatest lateness as small as one machine can."""
    return sorted(works, key=lambda one: (one.due_at, one.priority, one.key))


def by_ratio(works: Sequence[Work], at: datetime) -> list[Work]:
    """Smallest critical ratio first: the time left until due, over the work left; below 1 it comes late."""
    return sorted(works, key=lambda one: (ratio(one, at), one.due_at, one.key))


def ratio(one: Work, at: datetime) -> float:
    """Time left until due over work left; work of unknown length counts as a second."""
    return (one.due_at - at) / max(one.takes, timedelta(seconds=1))


def by_priority(works: Sequence[Work], at: datetime) -> list[Work]:
    """The most urgent priority first, then the earliest due date."""
    return sorted(works, key=lambda one: (one.priority, one.due_at, one.key))


def by_length(works: Sequence[Work], at: datetime) -> list[Work]:
    """Shortest first: the fewest work orders wait."""
    return sorted(works, key=lambda one: (one.takes, one.due_at, one.key))


RULES: dict[str, Named] = {
    "due": Named(_("Earliest due date first"), by_due),
    "ratio": Named(_("Critical ratio: time left over work left"), by_ratio),
    "priority": Named(_("Priority, then due date"), by_priority),
    "short": Named(_("Shortest first"), by_length),
}


def register(key: str, label: Any, order: Rule) -> None:
    """Offer another rule."""
    RULES[key] = Named(label, order)


def propose(rule: str, works: Sequence[Work], at: datetime) -> list[Work]:
    """The order that a rule proposes; what has been begun stays in front, in the order it has."""
    begun = [one for one in works if one.is_begun]
    return begun + RULES[rule].order([one for one in works if not one.is_begun], at)


def between(low: int | None, high: int | None) -> int | None:
    """A rank after one and before another, where None is the queue's end; None where no room is left."""
    if high is None:
        return (low or 0) + STEP
    if low is None:
        return high - STEP
    return (low + high) // 2 if high - low > 1 else None


def working(shifts: Iterable[PlannedShift], at: datetime) -> list[Span]:
    """What is left of the shifts from a moment on, without their breaks, in order."""
    found: list[Span] = []
    for shift in shifts:
        edges = [shift.starts_at, *(edge for rest in shift.breaks for edge in rest), shift.ends_at]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end > at and end > start:
                found.append((max(start, at), end))
    return found


class Clock:
    """Working time as one long stretch: how much of it lies before a moment, and the moment that ends so much of it."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.before = [ZERO]
        for start, end in spans:
            self.before.append(self.before[-1] + (end - start))

    def after(self, worked: timedelta) -> datetime | None:
        """When so much has been worked; None where the calendar does not reach so far."""
        if not self.spans or worked > self.before[-1]:
            return None
        place = max(bisect_right(self.before, worked) - 1, 0)
        if place == len(self.spans) or (place and worked == self.before[place]):
            return self.spans[place - 1][1]
        return self.spans[place][0] + (worked - self.before[place])

    def until(self, moment: datetime) -> timedelta:
        """How much is worked before a moment."""
        return sum((min(end, moment) - start for start, end in self.spans if start < moment), ZERO)


def since(spans: Sequence[Span], at: datetime, worked: timedelta) -> datetime:
    """From when on so much was worked until a moment, as far as the spans reach."""
    left, start = worked, at
    for begin, end in reversed([(a, min(b, at)) for a, b in spans if a < at]):
        start = max(begin, end - left)
        left -= end - start
        if left <= ZERO:
            break
    return start


def through(works: Sequence[Work], clock: Clock) -> dict[int, datetime | None]:
    """When each is through if the station works one after the other, whenever its calendar says so."""
    found: dict[int, datetime | None] = {}
    worked = ZERO
    for one in works:
        worked += one.takes
        found[one.key] = clock.after(worked)
    return found


@dataclass(frozen=True)
class Part:
    """A shift or a day of a station: how long it works, and how much of that its queue takes."""

    label: str
    day: date
    has: timedelta
    takes: timedelta

    @property
    def percent(self) -> float:
        return 100 * (self.takes / self.has) if self.has else 0.0

    @property
    def hours(self) -> float:
        return self.has / timedelta(hours=1)

    @property
    def taken(self) -> float:
        return self.takes / timedelta(hours=1)


def load(total: timedelta, parts: Iterable[tuple[str, date, Sequence[Span]]]) -> list[Part]:
    """Fill shifts or days one after the other with so much work."""
    found, left = [], total
    for label, day, spans in parts:
        has = sum((end - start for start, end in spans), ZERO)
        takes = min(left, has)
        left -= takes
        found.append(Part(label, day, has, takes))
    return found


def elsewhere(able: Iterable[str], free: Mapping[str, timedelta]) -> str | None:
    """The station that could take over: of those that can do it and are free to, the one with the least before it."""
    return min((code for code in able if code in free), key=lambda code: (free[code], code), default=None)
