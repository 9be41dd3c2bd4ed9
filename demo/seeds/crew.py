"""Who can do what, who works when, who came, and what one shift told the next."""

from datetime import datetime, timedelta

from demo.data import shop_floor
from mes.commands import handovers, roster, sessions
from mes.queries import calendars
from mes.queries import roster as plans
from mes.shift_plans import PlannedShift
from plant.models import Equipment, Person, PersonQualification, Qualification

WEEK, MONTH, LATE = timedelta(days=7), timedelta(days=30), timedelta(minutes=4)
CAME = timedelta(days=3)
WORKS_AT = {"leader": "TEST"}  # whoever is planned for no station
ABSENT = {"trainee"}


def skills(at: datetime) -> None:
    """Levels, certificates and their ends; two run out within the month."""
    people = {one.number: one for one in Person.objects.all()}
    for (number, code), (level, days, trainer, evidence) in shop_floor.SKILLS.items():
        held = {
            "level": level, "valid_to": at + timedelta(days=days), "trainer": people.get(trainer), "evidence": evidence
        }
        PersonQualification.objects.update_or_create(
            person=people[number], qualification=Qualification.objects.get(code=code), defaults=held,
            create_defaults={**held, "valid_from": at - MONTH},
        )


def plan(leader: Person, now: datetime) -> None:
    """Last week, this one and the next, with presence for the shifts of the last days."""
    first = (now - timedelta(days=now.weekday()) - WEEK).date()
    for line in Equipment.objects.filter(code__in=["LINE-1", "LINE-2"]):
        shifts = plans.shifts(line, first, first + 3 * WEEK - timedelta(days=1))
        for number, code, name, station, days in shop_floor.ROSTER:
            if code != line.code:
                continue
            person, place = Person.objects.get(number=number), Equipment.objects.filter(code=station).first()
            own = [one for one in shifts if one.name == name and one.day.weekday() in days]
            roster.plan_many(person=person, line=line, shifts=own, station=place, by=leader, at=now)
            if number not in ABSENT:
                come(person, line, station, [one for one in own if now - CAME < one.starts_at], now)


def come(person: Person, line: Equipment, station: str, shifts: list[PlannedShift], now: datetime) -> None:
    """Signed on a few minutes after the shift began, off when it ended; who is there now has gone for a meal."""
    code = station or f"L{line.code[-1]}-{WORKS_AT[person.number]}"
    place = Equipment.objects.get(code=code)
    for one in shifts:
        end = min(one.ends_at, now - timedelta(minutes=30))
        if one.starts_at + LATE < end:
            sessions.sign_on(station=place, person=person, device=f"tablet-{code}", at=one.starts_at + LATE)
            sessions.sign_off(station=place, by=person, at=end)


def hand_over(now: datetime) -> None:
    """The shift that ended left a note on each line; the present one has read the second line's."""
    writers = {"LINE-1": "operator3", "LINE-2": "operator2"}
    for code, text in shop_floor.NOTES.items():
        line, by = Equipment.objects.get(code=code), Person.objects.get(number=writers[code])
        began = calendars.shift_now(line, now).starts_at
        note = handovers.write(line=line, text=text, by=by, at=began - timedelta(minutes=12))
        if code == "LINE-2":
            reader = Person.objects.get(number="leader")
            handovers.acknowledge(note=note, by=reader, at=min(now, began + timedelta(minutes=9)))
