"""OEE from recorded events: states, words, counts, reports and calendars together."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mes.commands import machines, stops
from mes.models import CalendarShift, JobResponse, LineCalendar, WorkCalendar
from mes.oee import Loss
from mes.queries import calendars, oee, oee_report
from mes.queries.oee_report import Asked
from plant.models import Equipment, ReasonCode
from plant.queries.persons import system
from tests import factories as ground
from tests.mes import factories

pytestmark = pytest.mark.django_db
MINUTE, MONDAY = timedelta(minutes=1), date(2026, 3, 2)
START = datetime(2026, 3, 2, 0, tzinfo=UTC)  # 8 o'clock in Shanghai


def calendar(line=None, **shift):
    made = WorkCalendar.objects.create(code="ONE", name="One shift", minor_stop_minutes=5)
    early = CalendarShift.objects.create(calendar=made, name="Early", starts=time(8), minutes=480, **shift)
    early.breaks.create(name="Lunch", after_minutes=240, minutes=30)
    LineCalendar.objects.create(line=line or ground.line(), calendar=made, from_day=date(2026, 1, 1))
    return made


def observe(station, *changes):
    for minutes, state in changes:
        machines.observe_state(equipment=station, state=state, by=system("plc"), at=START + minutes * MINUTE)


def failure():
    found, _new = ReasonCode.objects.get_or_create(
        use="DOWNTIME", code="BROKEN", defaults={"name": "Broken", "loss": "FAILURE"}
    )
    return found


def said(station, begin, end, now=600):
    return stops.explain(
        equipment=station, reason=failure(), from_at=START + begin * MINUTE, by=ground.person("OP", "OPERATOR"),
        to_at=None if end is None else START + end * MINUTE, at=START + now * MINUTE,
    )


def minutes(station, first=MONDAY, last=MONDAY, hours=24):
    (found,) = oee.days_of([station], first, last, START + timedelta(hours=hours))
    return {loss.value: count for (loss, _reason), count in found.oee.minutes.items()}


@pytest.fixture
def mount():
    factories.released(), calendar()
    return Equipment.objects.get(code="MOUNT")


def test_a_day_of_one_shift_adds_up(mount):
    observe(mount, (0, "RUNNING"), (100, "ALARM"), (160, "RUNNING"), (480, "OFF"))
    said(mount, 100, 130)
    machines.observe_count(equipment=mount, good=1000, reject=200, at=START + 300 * MINUTE)

    assert minutes(mount) == {
        "FAILURE": 30, "UNEXPLAINED": 30, "SPEED": 420 - 200, "QUALITY": 33, "GOOD": 167, "OUTSIDE": 960,
    }


def test_an_open_word_holds_until_the_machine_runs_again(mount):
    observe(mount, (0, "RUNNING"), (100, "ALARM"))
    said(mount, 100, None, now=120)
    observe(mount, (160, "RUNNING"), (200, "IDLE"), (220, "RUNNING"), (240, "IDLE"))

    found = minutes(mount)
    assert (found["FAILURE"], found["UNEXPLAINED"], found["BREAK"]) == (60, 20 + 210, 30)


def test_a_later_word_counts_and_the_earlier_stays(mount):
    observe(mount, (0, "IDLE"), (200, "RUNNING"))
    said(mount, 0, 200)
    meeting = ReasonCode.objects.create(use="DOWNTIME", code="MEETING", name="Meeting", loss="PLANNED")
    stops.explain(
        equipment=mount, reason=meeting, from_at=START, to_at=START + 50 * MINUTE, by=ground.person("OP", "OPERATOR"),
        at=START + 300 * MINUTE,
    )

    assert (minutes(mount)["PLANNED"], minutes(mount)["FAILURE"], mount.stop_reasons.count()) == (50, 150, 2)


def test_reports_of_people_count_where_no_machine_counts_and_decisions_when_it_was_made():
    world, mount = factories.world(10), Equipment.objects.get(code="MOUNT")
    calendar(), world.ready()
    [world.scan(world.outputs[0].number, at=START + 60 * MINUTE) for _ in range(2)]
    observe(mount, (0, "RUNNING"))
    one = JobResponse.objects.get()
    JobResponse.objects.create(
        job_segment=one.job_segment, lot=one.lot, station=one.station, person=one.person, good=-2, scrap=2,
        nonconformance="NC1", started_at=START + timedelta(days=3), at=START + timedelta(days=3),
    )

    (found,) = oee.days_of([mount], MONDAY, MONDAY, START + timedelta(hours=24))
    assert (found.oee.good, found.oee.bad) == (Decimal(3), Decimal(2))


def test_time_after_now_is_not_counted_and_a_line_without_calendar_works_round_the_clock():
    oven = ground.station()
    observe(oven, (0, "RUNNING"))

    assert sum(minutes(oven, hours=2).values()) == 120
    assert minutes(oven) == {"UNRATED": 1440}


def test_report_adds_up_by_everything_one_may_ask(mount):
    observe(mount, (0, "RUNNING"), (100, "ALARM"), (160, "RUNNING"))
    viewer, at = ground.person("V", "VIEWER"), START + timedelta(days=2)

    for by in oee_report.BY:
        found = oee_report.report(viewer, Asked(MONDAY, MONDAY + timedelta(days=1), by=by), at=at)
        assert sum((group.oee.all_time for group in found.groups), timedelta()) == timedelta(days=2)
        assert (found.minutes, len(found.silent)) == (2880, 2)
    assert [row.loss for row in found.losses] == [Loss.OUTSIDE, Loss.UNEXPLAINED, Loss.SPEED]


def test_the_report_reads_a_fixed_number_of_statements(mount):
    viewer, counts = ground.person("V", "VIEWER"), []
    oee_report.stations(viewer, Asked(MONDAY, MONDAY))
    for n in range(2):
        observe(mount, *((60 * n + k, "RUNNING" if k % 2 else "ALARM") for k in range(20)))
        with CaptureQueriesContext(connection) as caught:
            oee_report.report(viewer, Asked(MONDAY, MONDAY + timedelta(days=30 * n)), at=START + timedelta(days=40))
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_wall_shows_the_shift_of_the_lines_own_calendar(mount):
    found = calendars.shift_now(mount.parent, START + timedelta(hours=9))

    assert (found.title, found.starts_at, found.ends_at) == ("Early", START, START + timedelta(hours=8))


def test_database_refuses_shifts_and_calendars_that_overlap(mount):
    made = WorkCalendar.objects.get()
    night = {"calendar": made, "name": "N", "starts": time(23), "minutes": 600, "sunday": True}
    CalendarShift.objects.filter(calendar=made).update(starts=time(8, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarShift.objects.create(**night, monday=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineCalendar.objects.create(line=mount.parent, calendar=made, from_day=date(2026, 5, 1))


def test_production_is_at_the_day_before_until_the_first_shift_begins():
    calendar()
    line = ground.line()

    assert calendars.day_now([line.pk], START - MINUTE) == MONDAY - timedelta(days=1)
    assert calendars.day_now([line.pk], START) == MONDAY
    assert calendars.day_now([], START) == MONDAY
