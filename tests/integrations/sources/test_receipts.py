"""What came with QoS 1 is acknowledged when it lies on the disk: a poller that dies before is told again."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from integrations.plc.batches import summarise
from integrations.plc.poller import Poller
from integrations.plc.spool import Spool
from integrations.sources.feeds import feed
from tests.integrations.sources.foreign.engines import broker, free_port
from tests.integrations.sources.listening import setting, tag, until
from tests.integrations.sources.test_mqtt import BROKERS, say

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 8.0


@contextmanager
def listener(port, folder, *words):
    """A poller of its own, once it listens."""
    command = [sys.executable, "-m", "tests.integrations.sources.listener_process", str(port), str(folder), *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "listens\n"
        yield process
    finally:
        process.kill()
        process.wait(20)


def stored(folder):
    with sqlite3.connect(folder / "store.sqlite") as store:
        return [value for (value,) in store.execute("SELECT value FROM reading WHERE value IS NOT NULL")]


@pytest.mark.parametrize(("engine", "words", "kept"), [
    ("mosquitto", (), [1.0]), ("aedes", (), [1.0]), ("mosquitto", ("eager",), []),  # the last one: how it goes wrong
])
def test_what_was_heard_but_not_kept_when_the_poller_is_killed_is_said_again(tmp_path, engine, words, kept):
    port = free_port()
    with broker(engine, port):
        with listener(port, tmp_path / "first", "hangs", *words) as dying:
            asyncio.run(say(port, ("a", 1)))
            assert dying.stdout.readline() == "hangs\n"
            dying.kill()
            dying.wait(20)
        with listener(port, tmp_path / "second", *words) as living:
            try:
                living.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                assert not kept, "the broker did not say it again"
        assert stored(tmp_path / "second") == kept


@pytest.mark.parametrize("engine", BROKERS)
def test_a_poller_that_ends_as_it_should_has_answered_for_what_it_kept(tmp_path, engine):
    """Hundreds of messages, more than a broker sends without an answer, and none of them a second time."""
    port, found = free_port(), []

    async def listen(folder, wanted):
        one, stop = feed(setting("mqtt", port, [tag(7, "a")], client_id="zhizao-ends")), asyncio.Event()
        spool = Spool(folder, summarise=summarise)
        poller = Poller([], lambda batch: found.extend(batch.table["value"].tolist()), spool, feeds=[one])
        task = asyncio.create_task(poller.run(stop))
        await until(lambda: one.health.state == "ONLINE")
        await wanted()
        stop.set()
        await task
        spool.close()

    async def speak():
        await say(port, *(("a", number) for number in range(300)))
        await until(lambda: 299.0 in found)

    async def be_quiet():
        await say(port, ("a", 300))
        await until(lambda: 300.0 in found)

    with broker(engine, port):
        asyncio.run(listen(tmp_path / "first", speak))
        asyncio.run(listen(tmp_path / "second", be_quiet))

    assert [value for value in found if value == value] == [float(number) for number in range(301)]
