"""Scans a second, the product's and the plain way's, side by side in interleaved rounds."""

import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any

from benchmarks.wire import Wire
from ops.paths import ROOT
from ops.ports import any_free
from ops.processes import _web as web_options
from tests.system import System

CONNECTIONS = 8
STATION, MATERIAL, SCANS_PER_LOT = "L2-PLACE", "CAP-10U", 80  # four capacitors a board, twenty boards a lot
SETTINGS = "benchmarks.scan_baseline.settings"


@dataclass
class Bench:
    """One connection that scans capacitors, one by one, into the lots of a work order of its own."""

    wire: Wire
    starter: Wire
    job: str
    lots: Iterator[str]
    raw: str
    left: int = 0
    times: list[float] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)

    def scan(self) -> None:
        """One capacitor; the next lot when this one has all of its own."""
        if self.left == 0:
            self._start_lot()
        began = time.perf_counter()
        status, answer = self.wire.post("/api/v1/scans/", self._words(self.raw, quantity="1"))
        self.times.append(time.perf_counter() - began)
        self.left -= 1
        if status != 200:
            self.refused.append((status, answer))
            self.left = 0

    def _start_lot(self) -> None:
        status, answer = self.starter.post("/api/v1/scans/", self._words(next(self.lots)))
        if status != 200:
            raise RuntimeError(f"{self.job}: the next lot could not be started: {status} {answer}")
        self.left = SCANS_PER_LOT

    def _words(self, code: str, **more: str) -> dict[str, str]:
        return {"station": STATION, "code": code, "job_order": self.job, "event_id": str(uuid.uuid4()), **more}


def benches(url: str, system: System, made: list[dict[str, Any]]) -> list[Bench]:
    """A connection for each work order; lots are started through the product, whoever is measured."""
    key = system.facts["api_key"]
    return [
        Bench(Wire(url, key), Wire(system.url, key), job["job"], iter(job["lots"]), job["raw"][MATERIAL])
        for job in made
    ]


def drive(among: list[Bench], seconds: float) -> float:
    """All connections scan as fast as they are answered; scans a second."""
    for bench in among:
        bench.scan()
        bench.times.clear()
    end, began = time.monotonic() + seconds, time.monotonic()

    def run(bench: Bench) -> None:
        for _ in count():
            if time.monotonic() >= end:
                return
            bench.scan()

    threads = [threading.Thread(target=run, args=[bench]) for bench in among]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(len(bench.times) for bench in among) / (time.monotonic() - began)


@contextmanager
def baseline(system: System) -> Iterator[str]:
    """The plain view in a server of its own, started with the options of the product's."""
    port = any_free()
    command = [sys.executable, "-m", "granian", *web_options(port, "127.0.0.1")]
    env = {**system.env, "DJANGO_SETTINGS_MODULE": SETTINGS}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}", system.facts["api_key"])
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url: str, key: str, seconds: float = 60) -> None:
    """Until both workers have surely loaded: an answer of any kind, many times in a row."""
    deadline = time.monotonic() + seconds
    for _ in range(20):
        while True:
            try:
                Wire(url, key).post("/api/v1/scans/", {})
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                break


def percentile(times: list[float], share: float) -> float | None:
    """Milliseconds, by nearest rank; None of nothing."""
    if not times:
        return None
    ranked = sorted(times)
    return round(1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)], 1)


def measure(system: System, ours: list[Any], plain: list[Any], *, rounds: int, seconds: float) -> dict[str, Any]:
    """Rounds of each in turn; the ratio is that of each round's pair, and its median."""
    with baseline(system) as url:
        sides = {"product": benches(system.url, system, ours), "baseline": benches(url, system, plain)}
        rates: dict[str, list[float]] = {name: [] for name in sides}
        times: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(rounds):
            for name in sorted(sides, reverse=number % 2 == 0):
                rates[name].append(drive(sides[name], seconds))
                times[name] += [took for bench in sides[name] for took in bench.times]
    ratios = [ours / plain for ours, plain in zip(rates["product"], rates["baseline"], strict=True)]
    told = {
        name: {"scans_per_second": [round(rate, 1) for rate in rates[name]], "p50_ms": percentile(times[name], 0.5),
               "p95_ms": percentile(times[name], 0.95), "refused": [b.refused[:2] for b in sides[name] if b.refused]}
        for name in sides
    }
    verdict = {"ratios": [round(ratio, 2) for ratio in ratios], "ratio": round(median(ratios), 2)}
    return {"connections": CONNECTIONS, **told, **verdict}
