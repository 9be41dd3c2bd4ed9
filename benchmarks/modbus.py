"""Polls a second and CPU a poll: plain pymodbus, our strict client on it, and our own codec, in interleaved rounds."""

import asyncio
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pymodbus.client import AsyncModbusTcpClient

from integrations.plc.client import Device
from integrations.plc.direct import DirectDevice
from tests.integrations.plc.fault_server import lying_plc

REGISTERS, SECONDS, ROUNDS = 60, 1.0, 5
Read = Callable[[], Awaitable[object]]


def serve(port: "multiprocessing.Queue[int]") -> None:
    """A truthful server in a process of its own, so that its work is not counted."""

    async def live() -> None:
        async with lying_plc() as plc:
            port.put(plc.port)
            await asyncio.Event().wait()

    asyncio.run(live())


async def measure(read: Read) -> tuple[float, float]:
    """Polls a second in a closed loop, and microseconds of this process's CPU for each."""
    for _ in range(50):
        await read()
    count, cpu, start = 0, time.process_time(), time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        await read()
        count += 1
    return count / (time.perf_counter() - start), (time.process_time() - cpu) / count * 1e6


async def compare(port: int) -> dict[str, dict[str, float]]:
    """The median of interleaved rounds for each client."""
    plain = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=0.8, retries=0)
    await plain.connect()
    strict, direct = Device("127.0.0.1", port), DirectDevice("127.0.0.1", port)
    reads: dict[str, Read] = {
        "plain_pymodbus": lambda: plain.read_holding_registers(0, count=REGISTERS, device_id=1),
        "strict_pymodbus": lambda: strict.read_block("holding", 0, REGISTERS),
        "own_codec": lambda: direct.read_block("holding", 0, REGISTERS),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in reads}
    for _ in range(ROUNDS):
        for name, read in reads.items():
            found[name].append(await measure(read))
    plain.close()
    await strict.close()
    await direct.close()
    return {
        name: {
            "polls_per_second": round(statistics.median(rate for rate, _ in rounds)),
            "cpu_us_per_poll": round(statistics.median(cpu for _, cpu in rounds), 1),
        }
        for name, rounds in found.items()
    }


def main() -> None:
    """Print the comparison as JSON."""
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    result = asyncio.run(compare(port.get(timeout=20)))
    server.terminate()
    base = result["plain_pymodbus"]["cpu_us_per_poll"]
    print(json.dumps({
        "registers": REGISTERS, "rounds": ROUNDS, "clients": result,
        "cpu_ratio_to_plain": {name: round(figures["cpu_us_per_poll"] / base, 2) for name, figures in result.items()},
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
