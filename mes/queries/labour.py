"""Work of people by shift: who was planned and who came, hours present beside hours planned, and what was made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from mes.models import JobResponse, RosterEntry, StationSession
from mes.queries import roster
from mes.shift_plans import PlannedShift, Span
from plant.models import Equipment

AN_HOUR, NONE = timedelta(hours=1), timedelta()
ZERO = Decimal(0)


@dataclass(slots=True)
class Labour:
    """A shift of a line: its people, their hours, and the pieces that were reported meanwhile."""

    shift: PlannedShift
    planned: list[RosterEntry] = field(default_factory=list)
    came: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))  # name → signed on
    numbers: set[int] = field(default_factory=set)
    good: Decimal = ZERO
    bad: Decimal = ZERO

    @property
    def absent(self) -> list[RosterEntry]:
        """Who was planned and did not sign on."""
        return [one for one in self.planned if one.person_id not in self.numbers]

    @property
    def unplanned(self) -> list[str]:
        """Who signed on without being planned."""
        known = {one.person.name for one in self.planned}
        return sorted(name for name in self.came if name not in known)

    @property
    def present(self) -> float:
        """Hours signed on; somebody at two stations at a time counts once."""
        return sum(total(spans) for spans in self.came.values())

    @property
    def planned_hours(self) -> float:
        """Hours of those planned, without the planned breaks."""
        rests = sum((end - begin for begin, end in self.shift.breaks), NONE)
        return (self.shift.ends_at - self.shift.starts_at - rests) / AN_HOUR * len(self.planned)

    @property
    def percent(self) -> float | None:
        """Present of planned in percent; none where nobody was planned."""
        return 100 * self.present / self.planned_hours if self.planned_hours else None

    @property
    def per_hour(self) -> float | None:
        """Good pieces for each hour of work; none where nobody worked."""
        return float(self.good) / self.present if self.present else None

    @property
    def share_good(self) -> float | None:
        """Good pieces in percent of those reported."""
        made = self.good + self.bad
        return float(100 * self.good / made) if made else None


def total(spans: Iterable[Span]) -> float:
    """Hours that some stretches cover together."""
    hours, until = 0.0, None
    for begin, end in sorted(spans):
        start = begin if until is None else max(begin, until)
        if end > start:
            hours += (end - start) / AN_HOUR
        until = end if until is None else max(until, end)
    return hours


def of_line(line: Equipment, first: date, last: date, *, at: datetime) -> list[Labour]:
    """Each shift of these days that has begun, the newest first."""
    found = [Labour(one) for one in roster.shifts(line, first, last) if one.starts_at <= at]
    if not found:
        return []
    by_start = {one.shift.starts_at: one for one in found}
    for entry in roster.entries(line, first, last):
        if entry.starts_at in by_start:
            by_start[entry.starts_at].planned.append(entry)
    _sign_ons(line, found, at)
    _output(line, found)
    return found[::-1]


def _sign_ons(line: Equipment, found: list[Labour], at: datetime) -> None:
    rows = StationSession.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=found[0].shift.starts_at), station__parent=line,
        started_at__lt=found[-1].shift.ends_at,
    )
    for person, name, began, ended in rows.values_list("person_id", "person__name", "started_at", "ended_at"):
        for one in found:
            start, end = max(began, one.shift.starts_at), min(ended or at, at, one.shift.ends_at)
            if end > start:
                one.came[name].append((start, end))
                one.numbers.add(person)


def _output(line: Equipment, found: list[Labour]) -> None:
    rows = JobResponse.objects.filter(station__parent=line, nonconformance="")
    for one in found:
        within = rows.filter(at__gte=one.shift.starts_at, at__lt=one.shift.ends_at)
        made = within.aggregate(good=Sum("good"), scrap=Sum("scrap"), rework=Sum("rework"))
        one.good, one.bad = made["good"] or ZERO, (made["scrap"] or ZERO) + (made["rework"] or ZERO)
