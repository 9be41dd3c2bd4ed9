"""The roster: planned within the line's shifts, one place at a time, copied by the week, beside who came."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from mes.commands import roster as commands
from mes.commands import sessions
from mes.models import RosterEntry, Segment
from mes.queries import labour, roster
from plant.errors import Refusal
from plant.models import PersonQualification, Qualification
from plant.policies import Forbidden
from tests import factories as ground
from tests.factories import NOW, person
from tests.mes import factories

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return factories.world()


def shifts(day: date = MONDAY):
    return roster.shifts(ground.line(), day, day)


def plan(number: str = "OP", shift: int = 0, day: date = MONDAY, **more):
    told = {"line": ground.line(), "shift": shifts(day)[shift], "by": person("LEAD", "TEAM_LEADER"), "at": NOW, **more}
    return commands.plan(person=person(number, "OPERATOR"), **told)


def test_planned_again_only_the_station_changes(world):
    first = plan()
    again = plan(station=world.stations["MOUNT"])

    assert (again.pk, RosterEntry.objects.count(), again.station.code) == (first.pk, 1, "MOUNT")


def test_nobody_is_at_two_lines_at_a_time(world):
    plan()
    other = ground.line("LINE2")

    with pytest.raises(Refusal, match="planned somewhere else"):
        plan(line=other)
    entry = RosterEntry.objects.get()
    entry.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save(force_insert=True)


def test_operator_plans_nobody_and_a_viewer_is_not_planned(world):
    with pytest.raises(Forbidden):
        plan(by=world.operator)
    with pytest.raises(Refusal, match="works at stations"):
        commands.plan(
            person=person("VIEW", "VIEWER"), line=ground.line(), shift=shifts()[0], by=person("LEAD", "TEAM_LEADER"),
            at=NOW,
        )


def test_week_is_copied_without_who_is_planned_elsewhere(world):
    plan("A"), plan("B", 1)
    later = MONDAY + timedelta(days=7)
    plan("B", 1, later, line=ground.line("LINE2"))
    done = commands.copy_week(line=ground.line(), into=later, by=person("LEAD", "TEAM_LEADER"), at=NOW)

    assert (done.made, len(done.left_out)) == (1, 1)
    assert [one.person.number for one in roster.entries(ground.line(), later, later)] == ["A"]


def test_skill_that_is_missing_or_runs_out_before_the_end_is_marked(world):
    skill = Qualification.objects.create(code="SOLDER", name="Soldering")
    Segment.objects.filter(code="MOUNT").update(qualification=skill)
    entry = plan(station=world.stations["MOUNT"])
    lacks = [roster.cells(ground.line(), [entry])[0].lacks]
    row = PersonQualification.objects.create(
        person=entry.person, qualification=skill, valid_from=NOW - 99 * HOUR, valid_to=entry.ends_at - HOUR
    )
    lacks.append(roster.cells(ground.line(), [entry])[0].lacks)
    PersonQualification.objects.filter(pk=row.pk).update(valid_to=None)

    assert [*lacks, roster.cells(ground.line(), [entry])[0].lacks] == [("Soldering",), ("Soldering",), ()]


def test_presence_beside_the_plan_counts_hours_once(world):
    shift = shifts()[0]
    plan("OP"), plan("AWAY")
    for code, number in (("MOUNT", "OP"), ("OVEN", "OP"), ("TEST", "GUEST")):
        sessions.sign_on(
            station=world.stations[code], person=person(number, "OPERATOR"), device="T", at=shift.starts_at + HOUR
        )
    [one] = labour.of_line(ground.line(), MONDAY, MONDAY, at=shift.starts_at + 3 * HOUR)

    assert ([row.person.number for row in one.absent], one.unplanned) == (["AWAY"], ["Person GUEST"])
    assert (one.present, one.planned_hours, round(one.percent)) == (4.0, 24.0, 17)


def test_pieces_of_the_shift_stand_beside_its_hours(world):
    world.ready(10)
    shift = shifts()[0]
    for minutes in (1, 2):
        world.scan(world.outputs[0].number, at=shift.starts_at + timedelta(minutes=minutes))
    [one] = labour.of_line(ground.line(), MONDAY, MONDAY, at=shift.starts_at + HOUR)

    assert (one.good, one.bad, one.share_good, one.per_hour) == (Decimal(5), 0, 100.0, None)


def test_taken_away(world):
    entry = plan()
    commands.take_away(entry=entry, by=person("LEAD", "TEAM_LEADER"))

    assert not RosterEntry.objects.exists()
