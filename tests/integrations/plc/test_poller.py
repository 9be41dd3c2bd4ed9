"""The poller with real controllers: order, change, staleness, gaps, and one dead device that harms nobody."""

import asyncio
import os
import time

import pytest

from integrations.plc.batches import summarise
from integrations.plc.direct import DirectDevice
from integrations.plc.poller import Poller
from integrations.plc.reader import Source
from integrations.plc.spool import Spool
from integrations.plc.tags import Quality, Tag
from tests.integrations.plc.memory_plc import memory_plc

NUMBER, STATE, VERSION, PULSE, BEYOND, ABSENT = range(1, 7)
COUNTED = Tag(NUMBER, 0, "uint32")


class Shelf:
    """A sink that fails as often as told, and ignores what it stored before, within a batch too, as every sink must."""

    def __init__(self, failures=0):
        self.samples, self.gaps, self.failures, self.stored = [], [], failures, set()

    def __call__(self, batch):
        if self.failures:
            self.failures -= 1
            raise OSError("the database is down")
        for sample in batch.samples():
            if (sample.tag, sample.seq) not in self.stored:
                self.stored.add((sample.tag, sample.seq))
                self.samples.append(sample)
        self.gaps += batch.gaps

    def values(self, key):
        return [sample.value for sample in self.samples if sample.tag == key]

    def qualities(self, key):
        return [sample.quality for sample in self.samples if sample.tag == key]


def device(port):
    return DirectDevice("127.0.0.1", port, timeout=0.1)


class Deaf(DirectDevice):
    """Drops the first cancellation that meets its answer, as `asyncio.wait_for` of Python 3.11 does."""

    dropped = False

    async def read_block(self, table, address, count):
        reading = asyncio.ensure_future(super().read_block(table, address, count))
        while not reading.done():
            try:
                await asyncio.shield(reading)
            except asyncio.CancelledError:
                if self.dropped:
                    raise
                self.dropped = True
        return reading.result()


async def until(condition, seconds=8.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


def play(tmp_path, story, *, tags=(COUNTED,), failures=0, period=0.02, map_version=None, **options):
    """Run a poller on one controller while `story(plc, shelf, poller)` happens; gives the shelf and the poller."""

    async def act():
        async with memory_plc(**options) as plc:
            shelf, stop = Shelf(failures), asyncio.Event()
            spool = Spool(tmp_path / "spool", summarise=summarise)
            sources = [Source("P", device(plc.port), tags, period, map_version)]
            poller = Poller(sources, shelf, spool)
            running = asyncio.create_task(poller.run(stop))
            await story(plc, shelf, poller)
            stop.set()
            await running
            spool.close()
            return shelf, poller

    return asyncio.run(act())


def test_run_keeps_everything_in_order_while_the_sink_fails(tmp_path):
    async def story(plc, shelf, poller):
        await until(lambda: len(plc.served) >= 60 and shelf.failures == 0 and len(shelf.samples) > 50)

    shelf, poller = play(tmp_path, story, counting=True, failures=3)
    values, sequences = shelf.values(NUMBER), [sample.seq for sample in shelf.samples]

    assert values == list(range(len(values)))
    assert sequences == sorted(set(sequences))
    assert (poller.sink_errors, poller.backlog) == (3, 0)


def test_run_again_delivers_what_the_last_run_could_not(tmp_path):
    async def story(plc, shelf, poller):
        await until(lambda: len(plc.served) >= 30 and poller.sink_errors)

    async def nothing(plc, shelf, poller):
        await until(lambda: shelf.gaps)

    lost, _ = play(tmp_path, story, counting=True, failures=10**6)
    found, _ = play(tmp_path, nothing, counting=True)
    start = found.values(NUMBER).index(0, 1)

    assert lost.samples == []
    assert found.values(NUMBER)[:start] == list(range(start))
    assert start >= 29
    assert [gap.cause for gap in found.gaps] == ["the poller was not running"]


def test_run_says_stale_once_and_the_gap_when_the_controller_is_back(tmp_path):
    async def story(plc, shelf, poller):
        await until(lambda: len(shelf.samples) > 3)
        plc.silent = True
        await until(lambda: shelf.qualities(NUMBER)[-1] == Quality.STALE)
        assert poller.health["P"].state == "SILENT"
        await asyncio.sleep(0.2)
        plc.silent = False
        await until(lambda: shelf.qualities(NUMBER)[-1] == Quality.GOOD)

    shelf, poller = play(tmp_path, story, counting=True)
    stale = [sample for sample in shelf.samples if sample.quality is Quality.STALE]
    gap = shelf.gaps[0]

    assert [sample.value for sample in stale] == [None]
    assert gap.start < stale[0].at < gap.end
    assert poller.health["P"].state == "ONLINE"


def test_run_stores_states_only_when_they_change(tmp_path):
    tags = (COUNTED, Tag(STATE, 5, kind=STATE))

    async def story(plc, shelf, poller):
        await until(lambda: len(shelf.values(NUMBER)) >= 5)
        plc.registers[5] = 3
        await until(lambda: shelf.values(STATE)[-1:] == [3])
        await until(lambda: len(shelf.values(NUMBER)) >= 15)

    shelf, _ = play(tmp_path, story, tags=tags)

    assert shelf.values(STATE) == [0, 3]
    assert set(shelf.values(NUMBER)) == {0}


@pytest.mark.parametrize("version", [7, 8])
def test_run_takes_nothing_from_another_register_map(tmp_path, version):
    tags = (COUNTED, Tag(VERSION, 9, kind="identity"))

    async def story(plc, shelf, poller):
        plc.registers[9] = version
        await until(lambda: poller.health["P"].polls > 5)

    shelf, poller = play(tmp_path, story, tags=tags, map_version=7, period=0.05)
    good = [sample for sample in shelf.samples if sample.quality is Quality.GOOD]

    assert bool(good) == (version == 7)
    assert poller.health["P"].state == ("ONLINE" if version == 7 else "MISMATCH")
    assert shelf.values(VERSION) == []


def test_run_calls_values_stale_when_the_heartbeat_stands_still(tmp_path):
    tags = (COUNTED, Tag(PULSE, 2, kind="heartbeat"))

    async def story(plc, shelf, poller):
        await until(lambda: poller.health["P"].state == "STUCK")
        plc.registers[2] = 77
        await until(lambda: poller.health["P"].state == "ONLINE")

    shelf, _ = play(tmp_path, story, tags=tags)

    assert shelf.qualities(NUMBER).count(Quality.STALE) == 1
    assert shelf.qualities(NUMBER)[-1] == Quality.GOOD
    assert len(shelf.gaps) == 1


def test_run_reads_around_holes_and_marks_only_the_missing_tag(tmp_path):
    tags = (COUNTED, Tag(BEYOND, 20), Tag(ABSENT, 30))

    async def story(plc, shelf, poller):
        plc.holes = {10, 30}
        await until(lambda: shelf.values(BEYOND) and len(shelf.values(NUMBER)) > 4)

    shelf, _ = play(tmp_path, story, tags=tags)

    assert shelf.values(BEYOND)[-1] == 0
    assert shelf.qualities(ABSENT) == [Quality.BAD]


def test_run_while_the_disk_is_full_keeps_the_readings(tmp_path, monkeypatch):
    real = os.write

    async def story(plc, shelf, poller):
        monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
        await until(lambda: poller.spool_errors)
        monkeypatch.setattr(os, "write", real)
        await until(lambda: len(shelf.samples) > 20)

    shelf, _ = play(tmp_path, story, counting=True)
    values = shelf.values(NUMBER)

    assert values == list(range(len(values)))


async def stop_while_an_answer_is_awaited(path):
    async with memory_plc() as plc:
        port, stop = Deaf("127.0.0.1", plc.port, timeout=60), asyncio.Event()
        plc.silent = True
        spool = Spool(path / "spool", summarise=summarise)
        poller = Poller([Source("P", port, [COUNTED], 0.02)], Shelf(), spool)
        running = asyncio.create_task(poller.run(stop))
        await until(lambda: plc.asked)
        stop.set()
        ended, _ = await asyncio.wait([running], timeout=5)
        spool.close()
    return port.dropped, len(ended)


def test_run_ends_though_a_library_drops_the_cancellation(tmp_path):
    assert asyncio.run(stop_while_an_answer_is_awaited(tmp_path)) == (True, 1)
