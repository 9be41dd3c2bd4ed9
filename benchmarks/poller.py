"""Polling many controllers: our codec beside pymodbus' client, and the whole poller in its rhythm.

`python -m benchmarks.poller [--seconds N] [--devices N …]`; 1 when a promise was not kept. Both clients read the same
registers of the same farm in interleaved rounds, and must have read the same.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pymodbus.client import AsyncModbusTcpClient

from benchmarks.farm import Farm, farm, machine
from integrations.plc import loops
from integrations.plc.batches import summarise
from integrations.plc.direct import DirectDevice
from integrations.plc.poller import Poller
from integrations.plc.ports import Answer, Heard
from integrations.plc.reader import Source
from integrations.plc.spool import Spool
from integrations.plc.tags import Batch, Tag

FIRST, COUNT, TAGS = 40, 60, 10  # the part of the map that never changes
ROUNDS = 3
LEAST_RATIO, MOST_CORE = 4.0, 0.20
Read = Callable[[], Awaitable[Sequence[int]]]


async def rate(reads: list[Read], seconds: float) -> tuple[float, float]:
    """Polls a second of all devices in closed loops, and microseconds of this process's CPU for each."""
    end, done = time.perf_counter() + seconds, 0

    async def follow(read: Read) -> None:
        nonlocal done
        while time.perf_counter() < end:
            await read()
            done += 1

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*map(follow, reads))
    return done / (time.perf_counter() - began), (time.process_time() - cpu) / done * 1e6


async def ours(ports: list[int], seconds: float) -> tuple[Any, list[tuple[int, ...]]]:
    """Our codec on every port, asked as the poller asks it: its rate, and what it read."""
    devices = [DirectDevice("127.0.0.1", port) for port in ports]
    seen = [(await device.read_block("holding", FIRST, COUNT)).registers for device in devices]
    resting, done = asyncio.Event(), 0
    under_way = len(devices)

    def follow(device: DirectDevice) -> Heard:
        def heard(answer: Answer | BaseException) -> None:
            nonlocal done, under_way
            if isinstance(answer, BaseException):
                raise SystemExit(f"a controller did not answer: {answer}")
            done += 1
            if time.perf_counter() < end:
                device.ask("holding", FIRST, COUNT, heard)
            else:
                under_way -= 1
                if not under_way:
                    resting.set()

        return heard

    began, cpu = time.perf_counter(), time.process_time()
    end = began + seconds
    for device in devices:
        device.ask("holding", FIRST, COUNT, follow(device))
    await resting.wait()
    found = done / (time.perf_counter() - began), (time.process_time() - cpu) / done * 1e6
    for device in devices:
        await device.close()
    return found, seen


async def theirs(ports: list[int], seconds: float) -> tuple[Any, list[tuple[int, ...]]]:
    """pymodbus' asynchronous client, as its documentation shows it."""
    clients = [AsyncModbusTcpClient("127.0.0.1", port=port, timeout=3) for port in ports]
    for client in clients:
        await client.connect()

    def read_of(client: AsyncModbusTcpClient) -> Read:
        async def read() -> Sequence[int]:
            return (await client.read_holding_registers(FIRST, count=COUNT, device_id=1)).registers

        return read

    reads = [read_of(client) for client in clients]
    seen = [tuple(await read()) for read in reads]
    found = await rate(reads, seconds)
    for client in clients:
        client.close()
    return found, seen


def compare(devices: int, seconds: float) -> dict[str, Any]:
    """Interleaved rounds of each client; the median, and the ratio of the rounds."""
    clients = {
        "ours": lambda ports: loops.run(ours(ports, seconds)),
        "pymodbus": lambda ports: asyncio.run(theirs(ports, seconds)),
        "pymodbus_uvloop": lambda ports: loops.run(theirs(ports, seconds)),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in clients}
    with farm(devices, tags=TAGS) as served:
        for _ in range(ROUNDS):
            read = {}
            for name, client in clients.items():
                figures, read[name] = client(served.ports)
                found[name].append(figures)
            if len({tuple(values) for values in read.values()}) != 1:
                raise SystemExit("the clients did not read the same")
    told = {
        name: {
            "polls_per_second": round(statistics.median(one[0] for one in rounds)),
            "cpu_us_per_poll": round(statistics.median(one[1] for one in rounds), 1),
        }
        for name, rounds in found.items()
    }
    pairs = zip(found["ours"], found["pymodbus"], strict=True)
    ratio = statistics.median(mine[0] / plain[0] for mine, plain in pairs)
    return {"devices": devices, **told, "same_values": True, "ratio": round(ratio, 2)}


class Shelf:
    """Where the whole poller's readings end: counted and looked at, not stored."""

    def __init__(self) -> None:
        self.tables: list[Any] = []
        self.gaps = 0

    def __call__(self, batch: Batch) -> None:
        self.tables.append(batch.table)
        self.gaps += len(batch.gaps)

    def is_whole(self) -> bool:
        """Of each controller every poll from the first to the newest, once, and with it every value."""
        table = np.concatenate(self.tables)
        table = table[np.unique(table[["key", "seq"]], return_index=True)[1]]  # told twice is allowed
        firsts = np.flatnonzero(np.diff(table["key"], prepend=-1))
        counts = np.diff(firsts, append=len(table))
        numbers = (table["key"] - 1) % (TAGS + 1) == 0
        expected = np.arange(len(table)) - np.repeat(firsts, counts)
        each = counts.reshape(-1, TAGS + 1)
        return bool((table["value"] == expected)[numbers].all() and (each == each[:, :1]).all())


def tags_of(device: int) -> list[Tag]:
    """The number of the poll and the process values of one controller."""
    first = device * (TAGS + 1) + 1
    values = [Tag(first + place, 2 * place, "float32", kind="process") for place in range(1, TAGS + 1)]
    return [Tag(first, 0, "uint32"), *values]


async def follow(served: Farm, period: float, seconds: float) -> dict[str, Any]:
    """The whole poller (decode, spool on disk, hand over) in its rhythm."""
    with tempfile.TemporaryDirectory() as folder:
        shelf, spool = Shelf(), Spool(Path(folder), summarise=summarise)
        sources = [
            Source(str(number), DirectDevice("127.0.0.1", port), tags_of(number), period)
            for number, port in enumerate(served.ports)
        ]
        poller, stop = Poller(sources, shelf, spool), asyncio.Event()
        running = asyncio.create_task(poller.run(stop))
        await asyncio.sleep(max(2.0, period))
        polled, before, began, cpu = health(poller), served.ask("count"), time.perf_counter(), time.process_time()
        await asyncio.sleep(seconds)
        after, took, spent = health(poller), time.perf_counter() - began, time.process_time() - cpu
        farm_cpu = served.ask("count")[1] - before[1]
        stop.set()
        await running
        spool.close()
    polls = after["polls"] - polled["polls"]
    return {
        "devices": len(sources), "hz": 1 / period, "seconds": round(took, 1), "polls": polls,
        "missed": after["overruns"] - polled["overruns"], "errors": after["errors"], "gaps": shelf.gaps,
        "share_of_polls": round(polls / (len(sources) * took / period), 4),
        "cpu_us_per_poll": round(spent / max(polls, 1) * 1e6, 1), "core": round(spent / took, 3),
        "farm_core": round(farm_cpu / took, 3), "readings": sum(map(len, shelf.tables)),
        "every_reading_there": shelf.is_whole(),
    }


def health(poller: Poller) -> dict[str, int]:
    """The sums over all controllers."""
    told = poller.health.values()
    return {name: sum(getattr(one, name) for one in told) for name in ("polls", "overruns", "errors")}


def rhythm(devices: int, hertz: float, seconds: float) -> dict[str, Any]:
    """A farm of its own for a poller in its rhythm."""
    with farm(devices, tags=TAGS) as served:
        return loops.run(follow(served, 1 / hertz, seconds))


def main() -> int:
    """Measure, print one JSON object, and say which promises were kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.poller", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="how long the poller runs in its rhythm")
    parser.add_argument("--devices", type=int, nargs="*", default=[1, 10, 100], help="for the comparison")
    options = parser.parse_args()
    found = [compare(devices, options.seconds / 10) for devices in options.devices]
    slow, fast = rhythm(500, 1, options.seconds), rhythm(1000, 10, options.seconds)
    kept = {f"500 devices at 1 Hz ≤ {MOST_CORE:.0%} of a core": slow["core"] <= MOST_CORE}
    kept["1,000 devices at 10 Hz, none missed"] = fast["missed"] == fast["errors"] == fast["gaps"] == 0
    kept["every reading arrived"] = slow["every_reading_there"] and fast["every_reading_there"]
    kept |= {f"ratio ≥ {LEAST_RATIO:g} at 100": one["ratio"] >= LEAST_RATIO for one in found if one["devices"] == 100}
    print(json.dumps({"machine": machine(), "loop": loops.new_loop.__module__, "registers": COUNT, "compared": found,
                      "slow": slow, "fast": fast, "load_after": machine()["load"], "kept": kept}, indent=1))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
