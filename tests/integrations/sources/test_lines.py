"""Lines of instruments and scanners: TCP both ways, a serial line, patterns, a scan that reaches a station."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import uuid
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from integrations.plc.spool import Spool
from integrations.plc.tags import Quality
from integrations.sources.lines.cutting import Cutter, found, number
from integrations.sources.lines.scans import Desk, Job, lost, take, take_value, unpacked
from plant.models import DeviceEvent
from tests.integrations import factories as edge
from tests.integrations.sources.foreign.engines import free_port
from tests.integrations.sources.listening import listening, setting, tag, until
from tests.qms.commands.test_instruments import DAY, gauge, in_hand, inspector

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.usefixtures("own_disk")
CALIPER = [tag(7, r"^01A(?P<value>[+-]\d+\.\d+)$"), tag(8, r"^W\s*(\S.*\d)\s*g$")]


@pytest.fixture
def own_disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_a_device_that_is_called_and_hangs_up():
    async def act():
        async def serve(reader, writer):
            writer.write(b"\x0201A+00012.34\r\nW +  1,5 g\r\nnoise\r\n01A")
            await writer.drain()
            await asyncio.sleep(0.1)
            writer.write(b"-00000.10\r")
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with listening(setting("lines", port, CALIPER)) as (heard, feed):
                await until(lambda: -0.1 in heard.values(7) and Quality.STALE in heard.qualities(7))
                return heard, feed.health

    heard, health = asyncio.run(act())

    assert heard.values(7)[:3] == [12.34, -0.1, None]
    assert heard.values(8)[0] == 1.5
    assert health.errors >= 2


def test_devices_that_call_us_and_one_that_may_not():
    async def call(port, *lines):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"".join(lines))
        await writer.drain()
        return reader, writer

    async def act():
        port = free_port()
        one = setting("lines", port, CALIPER, path="listen")
        async with listening(one) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            for value in (b"01A+1.0\n", b"01A+2.0\n"):
                await call(port, value)
            await until(lambda: sorted(heard.values(7)) == [1.0, 2.0])
        other = setting("lines", free_port(), CALIPER, path="listen")
        async with listening(replace(other, host="10.9.9.9")) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            reader, _writer = await call(other.port, b"01A+3.0\n")
            with suppress(ConnectionResetError):
                assert await reader.read() == b""
            await until(lambda: feed.health.errors)
            return heard, feed.health

    heard, health = asyncio.run(act())
    assert (heard.values(7), "may" in health.last_error) == ([], True)


def test_a_serial_line_that_is_pulled_out():
    async def act():
        ours, theirs = os.openpty()
        async with listening(setting("lines", 1, CALIPER, path=os.ttyname(theirs))) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            os.write(ours, b"01A+5.5\r")
            await until(lambda: heard.values(7) == [5.5])
            os.close(ours)
            await until(lambda: feed.health.state == "SILENT")
            os.close(theirs)
            return heard

    assert asyncio.run(act()).qualities(7) == [Quality.GOOD, Quality.STALE]


def test_a_pattern_that_is_none_is_said_and_the_others_work():
    async def act():
        port = free_port()
        async with listening(setting("lines", port, [tag(7, "(")], path="listen")) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            return heard, feed.health.last_error

    assert asyncio.run(act())[1].startswith("(:")


@pytest.mark.parametrize(("text", "value"), [
    ("+  12.5", "+12.5"), ("1,5", "1.5"), ("-3,25", "-3.25"), ("1,000.5", "1,000.5"),
])
def test_numbers_as_instruments_write_them(text, value):
    assert number(text) == value


def test_cutting_holds_lines_together_and_throws_endless_ones_away():
    cutter = Cutter()
    assert [*cutter.take(b"ab"), *cutter.take(b"c\r"), *cutter.take(b"\n\x02d\x03")] == ["abc", "d"]
    assert [*cutter.take(b"x" * 5000), *cutter.take(b"\nok\n")] == ["ok"]
    assert found(re.compile("a(.)c"), "abc") == "b"


@pytest.mark.django_db
def test_a_scan_of_a_gate_is_taken_at_its_station_once():
    edge.plc("GATE", kind="lines", path="listen", host="")
    job = Job("NOBODY-KNOWS", uuid.uuid4(), timezone.now())
    answers = [take("GATE", job) for _again in range(2)]

    assert list(DeviceEvent.objects.values_list("device", "event_id", "outcome")) == [
        ("line:GATE", job.event_id, "refused")]
    assert answers[0] == answers[1]


def test_the_same_code_twice_at_once_is_one_scan(tmp_path):
    async def act():
        desk = Desk("GATE", tmp_path)
        for text in ("A", "A", "B", "A"):
            desk.put(text, desk.told.line(text, 1))
        return [job.text for job in desk._new], [one["outcome"] for one in desk.as_json()["lines"]]

    assert asyncio.run(act()) == (["A", "B"], ["again", "waiting", "again", "waiting"])


def test_what_was_scanned_in_the_last_moment_is_kept(tmp_path):
    async def act():
        desk = Desk("GATE", tmp_path)
        task = asyncio.create_task(desk.work())
        await until(lambda: desk._spool is not None)
        for text in ("SN-1", "SN-2"):
            desk.put(text)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(act())
    with closing(Spool(tmp_path, summarise=lost)) as spool:
        assert [unpacked(record).text for _number, record in spool.read()] == ["SN-1", "SN-2"]


@pytest.mark.usefixtures("committed_db")
def test_scans_that_wait_for_the_database_when_the_poller_is_killed_are_taken_once_by_the_next(tmp_path):
    edge.plc("GATE", kind="lines", path="listen", host="")
    nowhere = dict(os.environ) | {"DATABASE_URL": "postgres://x:x@127.0.0.1:1/x"}
    command = [sys.executable, "-m", "tests.integrations.sources.desk_process", str(tmp_path), "SN-1", "SN-2", "SN-3"]
    assert subprocess.run(command, cwd=ROOT, env=nowhere, check=False, timeout=60).returncode == -signal.SIGKILL

    async def act():
        desk = Desk("GATE", tmp_path)
        task = asyncio.create_task(desk.work())
        await until(lambda: desk.as_json()["hour"] == 3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await until(lambda: not any(one.name.startswith("desk-GATE") for one in threading.enumerate()))
        return desk.waiting

    assert asyncio.run(act()) == 0
    codes = list(DeviceEvent.objects.order_by("pk").values_list("answer__message", flat=True))
    assert [f"SN-{number}" in code for number, code in enumerate(codes, 1)] == [True] * 3


def test_a_scan_line_goes_to_the_desk_and_to_no_reading():
    async def act():
        one = setting("lines", 1, [tag(-3, r"^S(.+)$", kind="scan")], path="listen")
        async with listening(one) as (heard, feed):
            feed._hear("SLOT-1")
            return heard.rows, [job.text for job in feed.desk._new]

    assert asyncio.run(act()) == ([], ["LOT-1"])


def said(gauge, value, now):
    return Job(gauge, uuid.uuid4(), now, value)


@pytest.mark.django_db
def test_a_caliper_fills_the_open_sample_of_the_inspection_in_hand_once_for_each_value():
    now = timezone.now()
    one = in_hand("B-1", inspector(), now)
    caliper = gauge(done=now - DAY, until=now + DAY)
    first, second, third = (said(caliper.code, value, now) for value in (240.0, 241.0, 242.0))
    answers = [take_value("LINE", job) for job in (first, first, second, first, third, said("NONE", 1.0, now))]

    assert [outcome for outcome, _message in answers] == ["accepted"] * 4 + ["refused"] * 2
    assert (answers[0] == answers[1] == answers[3], "NONE" in answers[5][1]) == (True, True)
    assert list(one.items.get().results.order_by("sample").values_list("value", flat=True)) == [240.0, 241.0]


@pytest.mark.parametrize(("is_same", "values"), [(True, 1), (False, 2)])
def test_a_value_that_is_told_again_while_it_is_recorded_is_one_value(at_once, is_same, values):
    """Two at once with one event make one result; with an event each they make two, so the race is a real one."""
    now = timezone.now()
    one = in_hand("B-1", inspector(), now)
    caliper = gauge(done=now - DAY, until=now + DAY)
    jobs = [said(caliper.code, 240.0, now), said(caliper.code, 240.0, now)]
    found = at_once(*(lambda job=jobs[0 if is_same else n]: take_value("LINE", job) for n in range(2)))

    assert [outcome for outcome, _message in found] == ["accepted"] * 2
    assert one.items.get().results.count() == values


def test_a_tag_that_names_a_gauge_sends_its_good_values_there():
    async def act():
        tags = [tag(7, r"^01A(.+)$", "CAL-1", scale=0.1, maximum=100, name="caliper")]
        async with listening(setting("lines", free_port(), tags, path="listen")) as (_heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            waiting = feed.desk._new
            for line in ("01A12.5", "01A9999", "01Ax"):
                feed._hear(line)
            told = [(one["line"], one["found"], one["outcome"]) for one in feed.desk.as_json()["lines"]]
            return [(job.text, job.value) for job in waiting], told

    jobs, told = asyncio.run(act())
    assert jobs == [("CAL-1", 1.25)]
    assert told[-1] == ("01A12.5", [["caliper", "12.5"]], "waiting")
