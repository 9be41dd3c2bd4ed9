"""IPC-CFX through AMQP 1.0, against rhea and RabbitMQ: every message once, none accepted that is not on the disk."""

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.plc.batches import summarise
from integrations.plc.poller import Poller
from integrations.plc.spool import Spool
from integrations.plc.tags import Quality
from integrations.sources.amqp import frames, types
from integrations.sources.feeds import feed
from plant import sealing
from tests.integrations.plc.foreign.engines import absent
from tests.integrations.sources.foreign.engines import free_port, node, wait_for
from tests.integrations.sources.listening import listening, setting, tag, until

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
TAGS = [
    tag(7, "UnitsProcessed:Zone3", name="zone3"), tag(8, "StationStateChanged:NewState", kind="state", name="state"),
    tag(-9, "UnitsArrived:Units", kind="scan", name="units"),
]
RABBIT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


@pytest.fixture(autouse=True)
def own_disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def envelope(name, body, number=0):
    at = AT.replace(second=number % 60, minute=number // 60 % 60).isoformat()
    return {"MessageName": f"CFX.{name}", "TimeStamp": at, "UniqueID": str(uuid.uuid4()), "Source": "ACME.Oven",
            "MessageBody": body}


def processed(value, number=0):
    values = [{"Name": "Zone3", "Value": str(value)}]
    return envelope("Production.Processing.UnitsProcessed", {"Values": values}, number)


def say(process, *said):
    for one in said:
        text = one if isinstance(one, str) else json.dumps(one)
        process.stdin.write(f"{text}\n".encode())
    process.stdin.flush()


def answers(process, count):
    """So many times the other side said that a message was accepted."""
    return [process.stdout.readline().strip() for _number in range(count)] == [b"accepted"] * count


@contextmanager
def rabbit(port):
    """RabbitMQ with its plugin for AMQP 1.0, in a folder of its own."""
    if not RABBIT.exists():
        absent("RabbitMQ, Debian's package rabbitmq-server", "not installed")
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder, "plugins")
        plugins.write_text("[rabbitmq_amqp1_0].\n")
        environment = os.environ | {
            "HOME": folder, "RABBITMQ_NODENAME": f"zz{port}@localhost", "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia", "RABBITMQ_LOG_BASE": folder,
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins), "ERL_EPMD_PORT": str(free_port()),
        }
        process = subprocess.Popen([str(RABBIT)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
                                   start_new_session=True)
        try:
            wait_for(port, 60)
            yield
        finally:
            os.killpg(process.pid, 9)
            process.wait()
            shutil.rmtree(Path(folder, "mnesia"), ignore_errors=True)


def test_a_line_is_heard_through_rabbitmq_and_what_came_meanwhile_is_kept_for_us():
    port = free_port()
    with rabbit(port):
        heard = asyncio.run(through_rabbit(port))

    assert [value for value in heard.values(7) if value is not None] == [float(n) for n in range(250)]
    assert Quality.STALE not in heard.qualities(7)


async def through_rabbit(port):
    """Two stretches of listening; the second hears what was said between them."""
    one = setting("cfx", port, TAGS, path="/queue/cfx", username="guest",
                  sealed=sealing.seal(json.dumps({"password": "guest"})))
    async with listening(one) as (heard, found):
        await until(lambda: found.health.state == "ONLINE", 60)
        with node("amqp.js", "say", str(port), "/queue/cfx") as line:
            say(line, *(processed(n, n) for n in range(200)))
            await until(lambda: len(heard.values(7)) == 200)
    with node("amqp.js", "say", str(port), "/queue/cfx") as line:
        say(line, *(processed(n, n) for n in range(200, 250)))
        assert await asyncio.to_thread(answers, line, 50)
    async with listening(one) as (more, found):
        await until(lambda: len(more.values(7)) == 50)
    heard.rows += more.rows
    return heard


def test_a_message_says_numbers_states_and_units_in_pieces_and_what_is_none_is_told():
    port = free_port()
    long = processed(5, 3)
    long["MessageBody"]["Note"] = "x" * 20_000  # more than a frame of the other side holds
    units = envelope("Production.UnitsArrived", {"PrimaryIdentifier": "SN-1"})

    async def act(peer):
        async with listening(setting("cfx", port, TAGS, path="cfx")) as (heard, found):
            await until(lambda: found.health.state == "ONLINE")
            say(peer, processed(245.5, 1), long, "{broken", {"no": "envelope"}, units,
                envelope("ResourcePerformance.StationStateChanged", {"NewState": "ReadyProcessingActive"}, 2))
            await until(lambda: heard.values(8))
            assert await asyncio.to_thread(answers, peer, 6)
            return heard, found.health, found.desk.as_json()

    with node("amqp.js", "serve", str(port)) as peer:
        heard, health, told = asyncio.run(act(peer))

    assert (heard.values(7), heard.values(8)) == ([245.5, 5.0], [2.0])
    assert heard.moments(7)[0] == round(AT.replace(second=1).timestamp() * 1e6)
    assert (health.errors, "CFX" in health.last_error) == (2, True)
    assert [one["found"] for one in told["lines"] if one["line"].startswith("UnitsArrived")] == [[["units", "SN-1"]]]


class FullDisk(Spool):
    """Takes nothing for as long as it is told to."""

    is_full = True

    def append(self, payload):
        if self.is_full:
            raise OSError("no space left on device")
        return super().append(payload)


@pytest.mark.parametrize("is_full", [True, False])
def test_what_did_not_reach_the_disk_is_said_again(tmp_path, is_full):
    """A poller that ends while its disk takes nothing has accepted nothing; with a good disk nothing comes twice."""
    port, found = free_port(), []

    async def listen(folder, spool_kind, wanted):
        one, stop = feed(setting("cfx", port, TAGS, path="cfx")), asyncio.Event()
        spool = spool_kind(folder, summarise=summarise)
        poller = Poller([], lambda batch: found.extend(batch.table["value"].tolist()), spool, feeds=[one])
        task = asyncio.create_task(poller.run(stop))
        await until(lambda: one.health.state == "ONLINE")
        await until(lambda: wanted(poller))
        stop.set()
        await task
        spool.close()

    with node("amqp.js", "serve", str(port)) as peer:
        say(peer, *(processed(n, n) for n in range(150)))
        first = (lambda poller: poller.spool_errors) if is_full else (lambda poller: 149.0 in found)
        asyncio.run(listen(tmp_path / "first", FullDisk if is_full else Spool, first))
        before = len(found)
        say(peer, processed(150, 150))
        asyncio.run(listen(tmp_path / "second", Spool, lambda poller: 150.0 in found))

    assert before == (0 if is_full else 150)
    assert [value for value in found if value == value] == [float(number) for number in range(151)]


@pytest.mark.parametrize(("way", "path", "says"), [
    ({"username": "line"}, "cfx", "refuses user or password"), ({}, "nowhere", "no such queue"),
])
def test_a_broker_that_does_not_want_us_says_why(way, path, says):
    port = free_port()

    async def act():
        async with listening(setting("cfx", port, TAGS, path=path, **way)) as (_heard, found):
            await until(lambda: found.health.errors)
            return found.health

    with node("amqp.js", "serve", str(port)):
        health = asyncio.run(act())
    assert (health.state, says in health.last_error) == ("SILENT", True)


def test_values_come_out_as_they_went_in_and_broken_ones_are_refused():
    sent = [None, True, False, "tä", types.Symbol("PLAIN"), b"\0\1", ["a", [None]], types.uint(7), "x" * 300]
    reader = types.Reader(b"".join(types.encode(one) for one in sent))
    found = [reader.take() for _one in sent]

    assert found == [7 if isinstance(one, types.Number) else one for one in sent]
    for broken in (b"\xa1\x05ab", b"\xc0\x03\x02\x40", b"\x3f", b"\x00" * 200, b"\xd0\xff\xff\xff\xff\x00\x00\x00\x01"):
        with pytest.raises(types.BadFrame):
            types.Reader(broken).take()


def test_frames_come_out_of_any_pieces_and_nonsense_is_refused():
    data = frames.AMQP + frames.begin() + frames.empty() + frames.attach("n" * 300, "cfx") + frames.flow(1, 2, 3)
    whole = list(frames.Stream().take(data))
    for piece in (1, 3, 64):
        stream, found = frames.Stream(), []
        for at in range(0, len(data), piece):
            found += stream.take(data[at : at + piece])
        assert found == whole
    assert [one.code for one in whole[1:]] == [frames.BEGIN, 0, frames.ATTACH, frames.FLOW]
    for nonsense in (b"HTTP/1.1 400 Bad", b"\0\0\0\1\2\0\0\0", b"\xff\xff\xff\xff\2\0\0\0"):
        with pytest.raises(types.BadFrame):
            list(frames.Stream().take(nonsense))
