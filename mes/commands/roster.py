"""Planning people for the shifts of a line, day by day or a week like the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from mes.models import RosterEntry
from mes.queries import roster
from mes.shift_plans import PlannedShift
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command, undoable

WEEK = timedelta(days=7)


class RosterRefused(Refusal):
    """Somebody who can't be planned so."""

    code = "roster-refused"


@dataclass(frozen=True, slots=True)
class Copied:
    """How many shifts were copied, and whose could not be."""

    made: int
    left_out: tuple[str, ...] = ()


@command
def plan(
    *, person: Person, line: Equipment, shift: PlannedShift, by: Person, at: datetime, station: Equipment | None = None
) -> RosterEntry:
    """Plan somebody for a shift of a line. The same again changes the station; elsewhere at that time: refused."""
    policies.check(by, "roster.plan", on=line)
    if station is not None and station.parent_id != line.pk:
        message = _("%(station)s does not stand in %(line)s. Choose one of its stations.")
        raise RosterRefused(message % {"station": station.code, "line": line.code}, facts={"field": "station"})
    if not person.is_active or not policies.may(person, "station.use"):
        message = _("%(person)s has no role that works at stations. Choose somebody else.")
        raise RosterRefused(message % {"person": person.name}, facts={"field": "person"})
    lock(Person.objects.filter(pk=person.pk))
    known = RosterEntry.objects.filter(person=person, line=line, starts_at=shift.starts_at).first()
    if known is not None:
        RosterEntry.objects.filter(pk=known.pk).update(station=station, by=by, at=at)
        known.refresh_from_db()
        return known
    try:
        with undoable():
            made = RosterEntry.objects.create(
                person=person, line=line, station=station, day=shift.day, name=shift.name, name_zh=shift.name_zh,
                starts_at=shift.starts_at, ends_at=shift.ends_at, by=by, at=at,
            )
    except IntegrityError as error:
        message = _("%(person)s is planned somewhere else at that time. Take that away first.")
        raise RosterRefused(message % {"person": person.name}, code="planned-elsewhere") from error
    data = {"line": line.code, "station": station.code if station else "", "shift": shift.starts_at}
    journal.record("roster.planned", subject=person, by=by, data=data)
    return made


@command
def plan_many(
    *, person: Person, line: Equipment, shifts: Sequence[PlannedShift], by: Person, at: datetime,
    station: Equipment | None = None,
) -> list[RosterEntry]:
    """Plan somebody for several shifts, all or none."""
    return [plan(person=person, line=line, shift=one, station=station, by=by, at=at) for one in shifts]


@command
def take_away(*, entry: RosterEntry, by: Person) -> None:
    """Take a planned shift away."""
    policies.check(by, "roster.plan", on=entry.line)
    gone, _rows = RosterEntry.objects.filter(pk=entry.pk).delete()
    if gone:
        data = {"line": entry.line.code, "shift": entry.starts_at}
        journal.record("roster.taken-away", subject=entry.person, by=by, data=data)


@command
def copy_week(*, line: Equipment, into: date, by: Person, at: datetime) -> Copied:
    """Plan the week from a day on like the week before it; who is planned elsewhere by now, or may not, is left out."""
    policies.check(by, "roster.plan", on=line)
    before = roster.entries(line, into - WEEK, into - timedelta(days=1))
    shifts = {(one.day, one.name): one for one in roster.shifts(line, into, into + timedelta(days=6))}
    made, left_out = 0, []
    for entry in before:
        shift = shifts.get((entry.day + WEEK, entry.name))
        try:
            with undoable():
                if shift is None:
                    raise RosterRefused(_("There is no such shift on that day."))
                plan(person=entry.person, line=line, shift=shift, station=entry.station, by=by, at=at)
            made += 1
        except Refusal:
            left_out.append(f"{entry.person.name} {entry.day + WEEK:%m-%d}")
    return Copied(made, tuple(left_out))


def shift_of(found: Sequence[PlannedShift], key: str) -> PlannedShift:
    """The shift that a form names by its beginning."""
    one = next((shift for shift in found if shift.starts_at.isoformat() == key), None)
    if one is None:
        raise RosterRefused(_("There is no such shift on that day. Open the page again."))
    return one
