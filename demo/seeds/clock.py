"""Two shifts with their breaks, and three days of machines that ran, stood and counted."""

from datetime import datetime, time, timedelta
from random import Random

from mes.commands import machines, stops
from mes.models import CalendarShift, LineCalendar, WorkCalendar
from plant.models import Equipment, EquipmentLevel, Person, ReasonCode
from plant.queries.persons import system

# Station, pieces in a quarter of an hour while it runs
MACHINES = [("L1-REFLOW", 70), ("L1-SCREW", 33)]
DAYS, QUARTER = 3, timedelta(minutes=15)
# Why a machine stood, as its people say; nothing where nobody said a word
WHY = ["MATERIAL", "", "CHANGEOVER", "", "BREAKDOWN", "", "MATERIAL", ""]


def calendars(at: datetime) -> None:
    """Both lines work day and night, every day, with a break in the middle of each shift."""
    calendar = WorkCalendar.objects.create(code="2X12", name="Two shifts, every day", name_zh="两班，每天")
    for name, name_zh, hour in (("Day shift", "白班", 8), ("Night shift", "夜班", 20)):
        shift = CalendarShift.objects.create(
            calendar=calendar, name=name, name_zh=name_zh, starts=time(hour), minutes=720, saturday=True, sunday=True
        )
        shift.breaks.create(name="Meal", name_zh="用餐", after_minutes=240, minutes=40)
    first = (at - timedelta(days=60)).date()
    for line in Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER):
        LineCalendar.objects.create(line=line, calendar=calendar, from_day=first)


def machine_days(until: datetime, leader: Person) -> None:
    """What the machines reported, and what the team leader said of it."""
    for number, (code, pieces) in enumerate(MACHINES):
        station, rng, at = Equipment.objects.get(code=code), Random(number), until - timedelta(days=DAYS)
        turn = 0
        while at < until - timedelta(hours=3):
            at = run(station, pieces, at, at + timedelta(minutes=rng.randint(90, 240)), rng)
            length = timedelta(minutes=rng.choice([2, 3, 12, 25, 40]))
            at = stand(station, at, at + length, WHY[turn % len(WHY)], leader)
            turn += 1
        machines.observe_state(equipment=station, state="RUNNING", by=system("plc"), at=at)


def run(station: Equipment, pieces: int, at: datetime, to_at: datetime, rng: Random) -> datetime:
    """The machine runs and counts."""
    machines.observe_state(equipment=station, state="RUNNING", by=system("plc"), at=at)
    while at + QUARTER <= to_at:
        at += QUARTER
        reject = int(rng.random() < 0.2)
        machines.observe_count(equipment=station, good=rng.randint(pieces - 6, pieces), reject=reject, at=at)
    return to_at


def stand(station: Equipment, at: datetime, to_at: datetime, why: str, leader: Person) -> datetime:
    """The machine stands, and perhaps somebody says why."""
    machines.observe_state(equipment=station, state="IDLE", by=system("plc"), at=at)
    if why:
        reason = ReasonCode.objects.get(use="DOWNTIME", code=why)
        stops.explain(equipment=station, reason=reason, from_at=at, to_at=to_at, by=leader, at=to_at)
    return to_at
