"""The poller with the real database: readings arrive, only one polls, an outage of the database loses nothing."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from integrations.models import Plc, PlcCounter, PlcHealth, PlcTag
from integrations.plc import tasks
from integrations.plc.tenure import LostError, Tenure
from mes.models import MachineCount, MachineState
from plant.models import Lease, Parameter, Unit
from tests import factories
from tests.integrations.plc.memory_plc import plc_in_thread
from traceability.models import Gap, Quality, Reading, Stream

TERMINATE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def configured(port):
    """A controller with one recorded number and one state that nobody records."""
    plc = Plc.objects.create(
        code="P", name="P", port=port, host="127.0.0.1", equipment=factories.station(), period_ms=20
    )
    unit, _ = Unit.objects.get_or_create(code="Cel", defaults={"name": "°C"})
    parameter, _ = Parameter.objects.get_or_create(code="number", defaults={"name": "Number", "unit": unit})
    stream = Stream.objects.create(code="OVEN:number", parameter=parameter, equipment=plc.equipment)
    PlcTag.objects.create(plc=plc, name="number", address=0, data_type="uint32", stream=stream)
    PlcTag.objects.create(plc=plc, name="state", address=4, kind="state")
    PlcTag.objects.create(plc=plc, name="good_count", address=0, data_type="uint32", kind="counter")
    return stream


@contextmanager
def polling(tmp_path, settings):
    """The poll task in a thread, as the worker runs it."""
    settings.VAR_DIR = tmp_path
    tasks.STOPPING.clear()
    thread = threading.Thread(target=in_thread, args=(tasks.poll,), daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        tasks.STOPPING.set()
        thread.join(20)
        assert not thread.is_alive(), "the poller did not end"
        tasks.STOPPING.clear()


def in_thread(act):
    try:
        act()
    finally:
        connection.close()


def until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def stored():
    return list(Reading.objects.filter(quality=Quality.GOOD).order_by("seq").values_list("value", flat=True))


def is_whole(values, plc):
    """Every number that was served, once, but for the answer under way at the stop: the next start finds that gap."""
    assert values == [float(number) for number in range(len(values))]
    assert len(plc.served) - len(values) <= 1


@pytest.mark.usefixtures("committed_db")
def test_poll_stores_every_number_once_and_writes_down_the_health(tmp_path, settings):
    with plc_in_thread(counting=True) as plc:
        configured(plc.port)
        with polling(tmp_path, settings):
            until(lambda: len(stored()) > 30)
            until(lambda: PlcHealth.objects.filter(state="ONLINE").exists())

    is_whole(stored(), plc)
    assert PlcHealth.objects.get().plc.code == "P"


@pytest.mark.usefixtures("committed_db")
def test_poll_leaves_it_to_whoever_polls_already(tmp_path, settings):
    with plc_in_thread(counting=True) as plc:
        configured(plc.port)
        with polling(tmp_path, settings):
            until(lambda: len(stored()) > 3)
            start = time.monotonic()
            tasks.poll()
            seconds = time.monotonic() - start

    assert seconds < 1
    assert Lease.objects.get(name="plc-poller-0/1").token == 1


@pytest.mark.usefixtures("committed_db")
def test_poll_survives_the_loss_of_every_database_connection(tmp_path, settings):
    with plc_in_thread(counting=True) as plc:
        configured(plc.port)
        with polling(tmp_path, settings):
            until(lambda: len(stored()) > 3)  # before its first reading the clock starts it again
            for _ in range(3):
                before = len(stored())
                with connection.cursor() as cursor:
                    cursor.execute(TERMINATE)
                until(lambda before=before: len(stored()) > before + 20)

    is_whole(stored(), plc)


@pytest.mark.usefixtures("committed_db")
def test_poll_ends_when_the_register_map_changes_and_says_so_in_a_gap(tmp_path, settings):
    with plc_in_thread(counting=True) as plc:
        stream = configured(plc.port)
        with polling(tmp_path, settings) as first:
            until(lambda: len(stored()) > 3)
            PlcTag.objects.filter(name="state").update(scale=2.0)
            until(lambda: not first.is_alive())
        with polling(tmp_path, settings):
            until(lambda: Gap.objects.exists())

    assert list(Gap.objects.values_list("stream", "cause")) == [(stream.pk, "the poller was not running")]


@pytest.mark.usefixtures("committed_db")
def test_poll_adds_up_counts_once_and_notes_the_machine_state(tmp_path, settings):
    with plc_in_thread(counting=True) as plc:
        configured(plc.port)
        plc.registers[4] = 2
        for _ in range(2):
            before = len(stored())
            with polling(tmp_path, settings):
                until(lambda before=before: len(stored()) > before + 20)

    last = PlcCounter.objects.get().value
    assert MachineCount.objects.aggregate(total=Sum("good"))["total"] == last
    assert last in (len(plc.served) - 1, len(plc.served) - 2)  # the answer under way at the stop
    assert list(MachineState.objects.values_list("equipment__code", "state")) == [("OVEN", "RUNNING")]


@pytest.mark.usefixtures("committed_db")
def test_poll_without_controllers_gives_the_lease_back(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    tasks.poll()
    tasks.poll()

    assert Lease.objects.get(name="plc-poller-0/1").token == 2
    assert not (tmp_path / "spool").exists()


@pytest.mark.django_db
def test_tenure_outlives_its_lease_only_while_nobody_else_comes():
    first, second = Tenure("plc-poller"), Tenure("plc-poller")

    assert (first.take(), second.take()) == (True, False)
    Lease.objects.update(until=timezone.now() - timedelta(minutes=1))
    first.hold()
    Lease.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert second.take()
    with pytest.raises(LostError):
        first.hold()
