"""Readings: once each, numbers only, thinned evenly, in their day's table."""

import math
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from plant.models import Parameter
from tests import factories
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Gap, Quality, Source, Stream
from traceability.queries import readings as stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream():
    unit = factories.material().unit
    parameter = Parameter.objects.create(code="temperature", name="Temperature", unit=unit)
    return Stream.objects.create(code="oven.temperature", parameter=parameter, equipment=factories.station())


def row(stream, at, seq, value, quality=Quality.GOOD):
    return ReadingRow(stream.pk, at, seq, value, quality, Source.AUTO)


def test_record_twice_stores_once(stream):
    now = timezone.now()
    batch = [row(stream, now + timedelta(seconds=n), n, 20.0 + n) for n in range(5)]
    assert (readings.record(rows=batch), readings.record(rows=batch)) == (5, 0)
    points = stored.tail([stream.pk], 10)[stream.pk]
    assert [point.value for point in points] == [20.0, 21.0, 22.0, 23.0, 24.0]
    stream.refresh_from_db()
    assert stream.last_at == batch[-1].at


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_number_is_kept_as_bad(stream, value):
    readings.record(rows=[row(stream, timezone.now(), 1, value)])
    point = stored.latest([stream.pk])[stream.pk]
    assert (point.value, point.quality, point.good) == (None, Quality.BAD, False)


def test_database_takes_no_infinity(stream):
    sql = """INSERT INTO traceability_reading (stream_id, at, seq, value, quality, source)
             VALUES (%s, now(), 1, %s, 0, 0)"""
    for value in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [stream.pk, value])


def test_readings_lie_in_their_days_table(stream):
    readings.record(rows=[row(stream, timezone.now(), 1, 1.0)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM traceability_reading_default")
        assert cursor.fetchone()[0] == 0


def test_series_is_thinned_evenly(stream):
    now = timezone.now()
    readings.record(rows=[row(stream, now + timedelta(seconds=n), n, float(n)) for n in range(1000)])
    points = stored.series([stream.pk], now, now + timedelta(hours=1), max_points=100)[stream.pk]
    assert (len(points), points[1].value - points[0].value) == (100, 10.0)


def test_gap_is_recorded_once(stream):
    now = timezone.now()
    for _ in range(2):
        readings.record_gap(stream=stream, from_at=now, to_at=now + timedelta(seconds=9), cause="poller stopped")
    assert Gap.objects.count() == 1
