"""Rows become blocks and blocks hours: nothing lost, nothing twice, every bit as it was."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plant.commands import leases
from plant.models import JournalEntry
from plant.queries import persons
from tests.traceability.ageing import NOW, THEN, everything, pack, store, stream
from traceability.commands import ageing
from traceability.models import Reading, ReadingBlock, ReadingHour
from traceability.queries import readings

pytestmark = pytest.mark.django_db

ANY = st.floats(allow_nan=True, allow_infinity=False)
SINGLE = st.floats(allow_nan=False, allow_infinity=False, width=32)
DECIMAL = st.integers(-10**9, 10**9).map(lambda n: n / 100)
VALUES = st.one_of(*[st.lists(kind, min_size=1, max_size=30) for kind in (ANY, SINGLE, DECIMAL)])


def drop(days, monkeypatch_settings):
    monkeypatch_settings.READINGS_KEEP_DAYS = days
    return ageing.drop(by=persons.system("readings"), now=NOW, seconds=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=VALUES, seq=st.sampled_from([0, 7, 2**40, 2**63 - 40, -(2**63)]), data=st.data(),
    step=st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=3)]),
)
def test_blocks_say_bit_by_bit_what_rows_said(values, seq, step, data):
    with transaction.atomic():
        one = stream(f"S{data.draw(st.integers(0, 10**12))}")
        quality = data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values)))
        store(one, values, THEN - timedelta(days=100), seq, step, quality)
        before = everything(one)
        assert (pack(), Reading.objects.count(), everything(one)) == (len(before), 0, before)
        transaction.set_rollback(True)


def test_packing_again_changes_nothing():
    one = stream()
    store(one, np.linspace(20, 30, 1200))
    before = everything(one)
    assert (pack(), pack(), everything(one)) == (1200, 0, before)
    assert [block.count for block in ReadingBlock.objects.order_by("from_at")] == [500, 500, 200]


def test_young_readings_stay_rows():
    one = stream()
    store(one, [1.0, 2.0, 3.0], NOW - timedelta(hours=32, seconds=5))
    assert (pack(), Reading.objects.count()) == (1, 2)
    assert [point.value for point in readings.series([one.pk], THEN, NOW)[one.pk]] == [1.0, 2.0, 3.0]


def test_late_reading_is_read_in_order_and_packed_next_time():
    one = stream()
    store(one, [1.0, 2.0, 4.0] * 300)
    pack()
    assert store(one, [3.0], THEN + timedelta(seconds=8), seq=5000) == 1
    assert [point.value for point in readings.series([one.pk], THEN, THEN + timedelta(seconds=14))[one.pk]] == [
        1.0, 2.0, 3.0, 4.0,
    ]
    before = everything(one)
    assert (pack(), Reading.objects.count(), everything(one)) == (1, 0, before)
    assert [block.count for block in ReadingBlock.objects.order_by("from_at")] == [500, 1, 400]


def test_reading_that_comes_again_after_packing_is_known():
    one = stream()
    store(one, np.arange(700.0))
    pack()
    assert (store(one, np.arange(700.0)), store(one, np.arange(702.0)), len(everything(one))) == (0, 2, 702)


def test_small_blocks_grow_together():
    one = stream()
    for day in range(4):
        store(one, [1.0] * 24, THEN + timedelta(days=day), step=timedelta(minutes=1))
        pack()
    assert [block.count for block in ReadingBlock.objects.all()] == [96]


def test_one_at_a_time():
    store(stream(), [1.0])
    token = leases.acquire(name=ageing.LEASE, holder="somebody", seconds=60)
    assert pack() == 0
    leases.release(name=ageing.LEASE, holder="somebody", token=token)
    assert pack() == 1


@pytest.mark.parametrize("table", ["traceability_reading", "traceability_readingblock", "traceability_readinghour"])
def test_nobody_else_takes_readings_away(table, settings):
    one = stream()
    store(one, np.arange(700.0))
    pack()
    drop(10, settings)
    store(one, [1.0], NOW), store(one, [1.0], NOW - timedelta(days=9))
    pack()
    for act in (f"DELETE FROM {table}", f"UPDATE {table} SET stream_id = 1", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)


def test_hours_equal_what_numpy_says(settings):
    one, rng = stream(), np.random.default_rng(3)
    values, quality = rng.normal(1e6, 0.01, 1500), rng.integers(0, 2, 1500)
    store(one, values, quality=quality)
    pack()
    assert (drop(10, settings), ReadingBlock.objects.count(), drop(10, settings)) == (1500, 0, 0)
    at = np.array([(THEN.minute * 60 + 7 * k) // 3600 for k in range(1500)])
    rows = list(ReadingHour.objects.order_by("hour"))
    assert len(rows) == at.max() + 1
    for place, row in enumerate(rows):
        good = values[(at == place) & (quality == 0)]
        assert (row.count, row.good, row.low, row.high) == ((at == place).sum(), good.size, good.min(), good.max())
        assert (row.first, row.last) == (good[0], good[-1])
        assert (row.mean, row.squares) == pytest.approx((good.mean(), ((good - good.mean()) ** 2).sum()), rel=1e-9)


def test_hour_takes_what_comes_after_it_was_dropped(settings):
    one, values = stream(), np.random.default_rng(4).normal(5, 1, 100)
    for part in (slice(40, 100), slice(0, 40)):
        store(one, values[part], THEN + part.start * timedelta(seconds=7), seq=part.start)
        pack()
        drop(10, settings)
    row = ReadingHour.objects.get()
    assert (row.count, row.first, row.last) == (100, values[0], values[-1])
    assert (row.mean, row.squares) == pytest.approx((values.mean(), values.var() * 100), rel=1e-12)


def test_what_went_stands_in_the_journal_and_the_rest_is_read_across(settings):
    one = stream()
    store(one, [1.0, 3.0], THEN, step=timedelta(minutes=1))
    pack()
    drop(10, settings)
    store(one, [7.0], THEN + timedelta(days=9), seq=9)
    pack()
    store(one, [8.0], NOW, seq=10)
    points = readings.series([one.pk], THEN, NOW)[one.pk]
    assert [(point.value, point.hourly) for point in points] == [(2.0, True), (7.0, False), (8.0, False)]
    entry = JournalEntry.objects.get(kind="readings.dropped")
    assert (entry.subject_id, entry.data["readings"]) == (str(one.pk), 2)


def test_nothing_goes_where_everything_is_kept(settings):
    store(stream(), [1.0])
    pack()
    assert drop(0, settings) == 0
