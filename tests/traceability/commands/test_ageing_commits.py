"""Packing beside others: a reader sees each reading once, a killed packer leaves all of them, what is held stays."""

import threading
from datetime import timedelta

import numpy as np
import psycopg2
import pytest
from django.db import connection

from plant.models import JournalEntry
from plant.queries import persons
from tests import factories
from tests.traceability.ageing import NOW, THEN, everything, pack, store, stream
from traceability.commands import ageing, holds, visits
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Reading, ReadingBlock
from traceability.queries import kept, readings

COUNT = 6000


def another():
    """A connection beside Django's."""
    found = connection.settings_dict
    return psycopg2.connect(
        dbname=found["NAME"], host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"]
    )


def ask(statement, *words):
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return cursor.fetchall() if cursor.description else []


def test_reader_sees_every_reading_once_while_they_are_packed(committed_db, monkeypatch):
    one, seen, ended = stream(), [], threading.Event()
    store(one, np.arange(float(COUNT)))
    monkeypatch.setattr(ageing, "TURN", 700)

    def look():
        while not ended.is_set():
            found = readings.series([one.pk], THEN, NOW, max_points=10 * COUNT)[one.pk]
            seen.append([point.value for point in found])
        connection.close()

    reader = threading.Thread(target=look)
    reader.start()
    assert pack() == COUNT
    ended.set()
    reader.join()
    assert seen
    assert all(values == list(range(COUNT)) for values in seen)


def test_killed_packer_loses_nothing(committed_db):
    one = stream()
    store(one, np.arange(float(COUNT)))
    before, packer = everything(one), another()
    cursor = packer.cursor()
    cursor.execute("SELECT zz_pack_readings(%s, %s, 500, 1000)", [one.pk, NOW])
    packer.commit()
    cursor.execute("SELECT zz_pack_readings(%s, %s, 500, 2000), pg_backend_pid()", [one.pk, NOW])
    packed, pid = cursor.fetchone()
    ask("SELECT pg_terminate_backend(%s, 5000)", pid)
    assert (packed, Reading.objects.count(), everything(one)) == (2000, COUNT - 1000, before)
    with pytest.raises(psycopg2.OperationalError):
        packer.commit()
    assert (pack(), Reading.objects.count(), everything(one)) == (COUNT - 1000, 0, before)


def test_old_reading_waits_for_the_packer_and_is_known(at_once):
    one = stream()
    store(one, np.arange(900.0))
    packer = another()
    packer.cursor().execute("SELECT zz_pack_readings(%s, %s, 500, 9000)", [one.pk, NOW])
    timer = threading.Timer(0.3, packer.commit)
    timer.start()
    assert at_once(lambda: store(one, np.arange(900.0))) == [0]
    timer.join()
    packer.close()
    assert (Reading.objects.count(), len(everything(one))) == (0, 900)


def test_empty_day_goes_when_nobody_can_see_a_reading_of_it(committed_db):
    one = stream()
    ask("SELECT zz_reading_partitions(%s, %s)", THEN.date(), THEN.date())
    name, there = f"traceability_reading_{THEN:%Y%m%d}", "SELECT to_regclass(%s) IS NOT NULL"
    store(one, [1.0, 2.0])
    assert (pack(), ageing.drop_empty_days(now=NOW)) == (2, 0)
    ask(f"VACUUM {name}")
    assert (ageing.drop_empty_days(now=NOW), ask(there, name)) == (1, [(False,)])
    store(one, [3.0], THEN + timedelta(minutes=1), seq=9)
    assert (pack(), len(everything(one))) == (1, 3)


@pytest.mark.django_db
def test_readings_of_a_held_lot_stay(settings):
    settings.READINGS_KEEP_DAYS = 10
    one, lot = stream(), factories.received("L1")
    store(one, [1.0] * 500), store(one, [2.0] * 500, THEN + timedelta(days=1), seq=500)
    pack()
    by = factories.person("QE", "QUALITY_ENGINEER", "OPERATOR")
    visits.arrive(lot=lot, equipment=one.equipment, by=by, at=THEN)
    visits.depart(lot=lot, equipment=one.equipment, at=THEN + timedelta(minutes=9))
    hold = holds.place(target=Target.lot(lot), cause=Cause(CauseKind.PERSON, "x"), reason="look", by=by, at=NOW)
    assert list(kept.by_stream(NOW)) == [one.pk]
    assert ageing.drop(by=persons.system("readings"), now=NOW, seconds=60) == 500
    assert [block.from_at for block in ReadingBlock.objects.all()] == [THEN]
    holds.release(hold=hold, reason="fine", by=by, at=NOW)
    assert ageing.drop(by=persons.system("readings"), now=NOW, seconds=60) == 500
    assert JournalEntry.objects.filter(kind="readings.dropped").count() == 2
