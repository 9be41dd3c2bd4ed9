"""Calibrations: readings are marked from the due moment on, never rewritten, and sound again after one that passed."""

from datetime import timedelta

import numpy as np
import pytest

from plant.models import JournalEntry, Notice, Parameter, Role
from plant.queries import persons
from qms.commands import sensors as commands
from qms.models import Sensor
from qms.queries import sensors
from qms.queries.sensors import BEFORE_FAILED, FAILED, OVERDUE
from tests import factories
from tests.factories import NOW
from traceability import doubts
from traceability.commands import readings
from traceability.models import Quality, Reading, Source, Stream

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(name="sensor")
def registered():
    """A sensor of the oven, calibrated ninety days ago for a hundred."""
    sensor = sensor_of("T3")
    calibrate(sensor, NOW - 90 * DAY, NOW + 10 * DAY)
    return Sensor.objects.get(pk=sensor.pk)


def sensor_of(code):
    oven = factories.station("OVEN")
    parameter = Parameter.objects.create(code=f"p-{code}", name="Zone 3", unit=factories.material().unit)
    sensor = Sensor.objects.create(code=code, name="Zone 3", equipment=oven, interval_days=100)
    sensor.streams.add(Stream.objects.create(code=f"s-{code}", parameter=parameter, equipment=oven))
    return sensor


def calibrate(sensor, done_at, until=None, at=NOW):
    return commands.record(
        sensor=sensor, result="PASSED" if until else "FAILED", done_at=done_at, certificate="C-1", laboratory="Lab",
        by=factories.person("QE", Role.QUALITY_ENGINEER), at=at, next_due_at=until,
    )


def read(sensor, *moments):
    stream = sensor.streams.get()
    readings.record(rows=[readings.ReadingRow(stream.pk, at, 1, 240.0, Quality.GOOD, Source.AUTO) for at in moments])
    found = Reading.objects.filter(stream=stream, at__in=moments).order_by("at")
    return list(found.values_list("quality", flat=True))


def causes(sensor):
    return [(one.cause, one.from_at, one.to_at) for one in sensors.history([sensor])[sensor.pk]]


def test_readings_are_uncertain_from_the_due_moment_until_a_calibration_passes(sensor):
    due = NOW + 10 * DAY
    assert read(sensor, due - timedelta(seconds=1), due) == [Quality.GOOD, Quality.UNCERTAIN]

    calibrate(sensor, due + DAY, due + 101 * DAY, at=due + DAY)
    assert read(sensor, due + DAY) == [Quality.GOOD]
    assert Reading.objects.get(at=due).quality == Quality.UNCERTAIN
    assert causes(sensor) == [(OVERDUE, due, due + DAY), (OVERDUE, due + 101 * DAY, None)]


def test_a_failed_calibration_marks_at_once_and_casts_doubt_on_what_was_read_before(sensor):
    calibrate(sensor, NOW)

    assert read(sensor, NOW + DAY) == [Quality.UNCERTAIN]
    assert causes(sensor) == [(BEFORE_FAILED, NOW - 90 * DAY, NOW), (FAILED, NOW, None)]


def test_failed_twice_then_passed_is_one_stretch(sensor):
    calibrate(sensor, NOW)
    calibrate(sensor, NOW + DAY, at=NOW + DAY)
    calibrate(sensor, NOW + 2 * DAY, NOW + 50 * DAY, at=NOW + 2 * DAY)

    assert causes(sensor)[1] == (FAILED, NOW, NOW + 2 * DAY)
    assert read(sensor, NOW + 3 * DAY) == [Quality.GOOD]


def test_overdue_and_then_failed_are_told_apart(sensor):
    calibrate(sensor, NOW + 12 * DAY, at=NOW + 12 * DAY)
    assert [cause for cause, _from, _to in causes(sensor)] == [BEFORE_FAILED, OVERDUE, FAILED]


def test_only_good_readings_of_that_sensor_are_marked(sensor):
    mine, other = sensor.streams.get().pk, sensor_of("T4").streams.get().pk
    late = round((NOW + 11 * DAY).timestamp() * 1e6)
    stream, at_us = np.array([mine, mine, other]), np.array([late, late, late])

    found = doubts.marked(stream, at_us, np.array([Quality.GOOD, Quality.BAD, Quality.GOOD], np.uint8))

    assert found.tolist() == [Quality.UNCERTAIN, Quality.BAD, Quality.GOOD]


def test_a_sensor_never_calibrated_or_not_in_use_marks_nothing(sensor):
    assert read(sensor_of("NEW"), NOW) == [Quality.GOOD]
    Sensor.objects.update(active=False)
    assert read(sensor, NOW + 20 * DAY) == [Quality.GOOD]


@pytest.mark.parametrize(
    ("words", "field"),
    [({"done_at": NOW + DAY}, "done_at"), ({"done_at": NOW - 95 * DAY}, "done_at"),
     ({"next_due_at": None}, "next_due_at"), ({"certificate": " "}, None)],
)
def test_what_no_certificate_can_say_is_refused(sensor, words, field):
    said = {"result": "PASSED", "done_at": NOW, "next_due_at": NOW + DAY, "certificate": "C", "laboratory": "L"}
    with pytest.raises(commands.NotCalibrated) as refused:
        commands.record(sensor=sensor, **{**said, **words}, by=factories.person("QE", Role.QUALITY_ENGINEER), at=NOW)
    assert refused.value.facts.get("field") == field


def test_it_is_told_before_it_is_due_when_it_is_and_further_up_each_once(sensor):
    people = [factories.person(role[:6], role) for role in
              (Role.MAINTENANCE, Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER)]
    for day in (-20, -3, -3, 0, 0, 1, 2, 3, 9):
        at = NOW + (10 + day) * DAY
        for one in sensors.to_tell(at):
            commands.watch(sensor=one, by=persons.system("qms"), at=at)

    kinds = JournalEntry.objects.filter(kind__startswith="sensor.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[1:] == ["sensor.due-soon", "sensor.overdue", "sensor.escalated", "sensor.escalated"]
    assert [Notice.objects.filter(person=one).exists() for one in people] == [True, True, True]
    assert [sensors.waiting(one) == [sensor] for one in people] == [True, True, True]
