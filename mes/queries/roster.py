"""The roster of a line: who is planned when, and who lacks a skill for what is made there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mes import shift_plans
from mes.models import ON_LINE, JobOrder, RosterEntry, Segment
from mes.queries import calendars
from mes.queries.skills import ALONE
from mes.shift_plans import PlannedShift
from plant.models import Equipment, PersonQualification


@dataclass(frozen=True, slots=True)
class Cell:
    """A planned shift of a person, and the skills that they would lack for what is made there."""

    entry: RosterEntry
    lacks: tuple[str, ...] = ()


def shifts(line: Equipment, first: date, last: date) -> list[PlannedShift]:
    """The shifts of a line that begin on the days from first to last."""
    return shift_plans.shifts(calendars.plans([line.pk])[line.pk], calendars.zone(), first, last)


def entries(line: Equipment, first: date, last: date) -> list[RosterEntry]:
    """Who is planned on a line on these days."""
    rows = RosterEntry.objects.filter(line=line, day__gte=first, day__lte=last)
    return list(rows.select_related("person", "station", "line").order_by("person__number", "starts_at"))


def by_id(line: Equipment, pk: int) -> RosterEntry | None:
    """One planned shift of a line."""
    return RosterEntry.objects.filter(line=line, pk=pk).select_related("person", "line").first()


def needed(line: Equipment) -> list[Segment]:
    """The operations with a skill of the work orders that are on a line or dispatched to it."""
    masters = JobOrder.objects.filter(line=line, status__in=ON_LINE).values("work_master")
    rows = Segment.objects.filter(work_master__in=masters, qualification__isnull=False)
    return list(rows.select_related("qualification").prefetch_related("stations").distinct())


def cells(line: Equipment, found: Sequence[RosterEntry]) -> list[Cell]:
    """Each planned shift with the skills that are missing or run out before it ends."""
    asked, held = needed(line), _held({one.person_id for one in found})
    return [Cell(one, _lacking(one, asked, held[one.person_id])) for one in found]


def _held(people: Iterable[int]) -> dict[int, list[PersonQualification]]:
    held: dict[int, list[PersonQualification]] = defaultdict(list)
    for row in PersonQualification.objects.filter(person__in=list(people)):
        held[row.person_id].append(row)
    return held


def _lacking(entry: RosterEntry, asked: Sequence[Segment], held: Sequence[PersonQualification]) -> tuple[str, ...]:
    """What is done at the station without a valid skill; who is planned for no station lacks nothing yet."""
    if entry.station_id is None:
        return ()
    here = [one for one in asked if entry.station_id in {place.pk for place in one.stations.all()}]
    valid = {
        row.qualification_id for row in held if row.level >= ALONE
        and row.valid_from <= entry.starts_at and (row.valid_to is None or row.valid_to >= entry.ends_at)
    }
    names = {str(one.qualification) for one in here if one.qualification_id not in valid}
    return tuple(sorted(names))
