"""Tablets that scan every two seconds, with repeats; afterwards the database is asked what was done."""

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.plant import Plant
from benchmarks.throughput import percentile
from benchmarks.wire import Wire

TABLETS, EVERY, REPEATED = 20, 2.0, 0.1
OPERATIONS = ["PLACE", "REFLOW", "AOI", "SCREW", "TEST", "PACK"]
TAKES = {
    "PLACE": ["PCB-100", "MCU-32", "CAP-10U", "PASTE-SAC"], "SCREW": ["HOUSING-A", "SCREW-M3", "CON-8"],
    "PACK": ["CARTON-S"],
}


@dataclass
class Tablet:
    """One tablet with a work order of its own: it walks serial after serial through the line."""

    wire: Wire
    job: dict[str, Any]
    sent: list[tuple[dict[str, str], int, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    unequal: list[Any] = field(default_factory=list)
    repeated: int = 0

    def walk(self) -> list[tuple[str, str]]:
        """(station, code) of every scan in its order: start, materials, done, at each operation."""
        return [
            (f"L2-{operation}", code)
            for serial in self.job["lots"]
            for operation in OPERATIONS
            for code in [serial, *(self.job["raw"][material] for material in TAKES.get(operation, [])), serial]
        ]

    def run(self, began: float, end: float, rng: random.Random) -> None:
        """Scan in step until the time is over; each tenth scan is sent a second time at once."""
        due = began + rng.uniform(0, EVERY)
        for station, code in self.walk():
            if due >= end:
                return
            time.sleep(max(due - time.monotonic(), 0))
            words = {"station": station, "code": code, "job_order": self.job["job"], "event_id": str(uuid.uuid4())}
            first = self._send(words)
            self.sent.append((words, *first))
            if rng.random() < REPEATED:
                self._again(words, first)
            due += EVERY

    def _send(self, words: dict[str, str]) -> tuple[int, Any]:
        self.at.append(time.monotonic())
        answer = self.wire.post("/api/v1/scans/", words)
        self.times.append(time.monotonic() - self.at[-1])
        return answer

    def _again(self, words: dict[str, str], first: tuple[int, Any]) -> None:
        status, answer = self._send(words)
        self.repeated += 1
        if (status, {**answer, "replayed": False}) != first or not answer["replayed"]:
            self.unequal.append([first, (status, answer)])

    def expected(self) -> Counter[str]:
        """What the answers promised."""
        return Counter(answer["done"] for _words, status, answer in self.sent if status == 200)


def measure(plant: Plant, jobs: list[dict[str, Any]], *, seconds: float) -> dict[str, Any]:
    """All tablets at once; then promised against done."""
    return scanned(plant, jobs, seconds=seconds)[0]


def scanned(
    plant: Plant, jobs: list[dict[str, Any]], *, seconds: float
) -> tuple[dict[str, Any], list[tuple[float, float]]]:
    """The same, and beside it when each answer was asked for and how long it took, in seconds."""
    tablets = [Tablet(plant.wire(), job) for job in jobs]
    began = time.monotonic()
    threads = [
        threading.Thread(target=tablet.run, args=[began, began + seconds, random.Random(number)])
        for number, tablet in enumerate(tablets)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [took for tablet in tablets for took in tablet.times]
    moments = [pair for tablet in tablets for pair in zip(tablet.at, tablet.times, strict=True)]
    return {
        "tablets": len(tablets), "every_s": EVERY, "seconds": seconds, "scans": sum(len(t.sent) for t in tablets),
        "p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95), "p99_ms": percentile(times, 0.99),
        "worst_ms": percentile(times, 1.0), **verdict(plant, tablets),
    }, moments


def verdict(plant: Plant, tablets: list[Tablet]) -> dict[str, Any]:
    """Lost: promised and not in the database. Twice: in the database and never promised."""
    rows = {row["job"]: row for row in plant.floor("audit", *(tablet.job["job"] for tablet in tablets))}
    lost = twice = 0
    for tablet in tablets:
        promised, row = tablet.expected(), rows[tablet.job["job"]]
        for effect in ("started", "finished", "consumed", "loaded"):
            difference = int(row[effect]) - promised[effect]
            lost, twice = lost + max(-difference, 0), twice + max(difference, 0)
    refused = [(status, answer) for tablet in tablets for _words, status, answer in tablet.sent if status != 200]
    return {
        "answers": sum(len(tablet.times) for tablet in tablets), "refused": len(refused), "refusals": refused[:3],
        "repeated": sum(tablet.repeated for tablet in tablets), "lost": lost, "applied_twice": twice,
        "unequal_repeats": sum(len(tablet.unequal) for tablet in tablets),
    }
