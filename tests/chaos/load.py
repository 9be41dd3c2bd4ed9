"""Tablets that never give up: each scan is sent again, with its event id, until it is answered."""

import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.plant import Plant
from benchmarks.tablets import Tablet

ANSWERS = {200, 409, 422}
PACE, AGAIN, PATIENCE = 0.15, 0.1, 90.0


class Stubborn(Tablet):
    """A tablet that scans quickly and keeps a scan until it has an answer."""

    stopping: threading.Event

    def scan_on(self, stopping: threading.Event) -> None:
        for station, code in self.walk():
            if stopping.is_set():
                return
            words = {"station": station, "code": code, "job_order": self.job["job"], "event_id": str(uuid.uuid4())}
            self.sent.append((words, *self.insist(words)))
            stopping.wait(random.uniform(0, 2 * PACE))

    def insist(self, words: dict[str, str]) -> tuple[int, Any]:
        """Send until answered; no answer and a server error both mean: perhaps it was done."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                status, answer = self.wire.post("/api/v1/scans/", words)
            except OSError:
                status, answer = 0, None
            if status in ANSWERS:
                return status, answer
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer within {PATIENCE:g} s; the last was {status} {answer}")
            time.sleep(AGAIN)


@contextmanager
def scanning(plant: Plant, jobs: list[dict[str, Any]]) -> Iterator[list[Stubborn]]:
    """Tablets scan for as long as the block runs; their last scans are answered before it ends."""
    stopping = threading.Event()
    tablets = [Stubborn(plant.wire(), job) for job in jobs]
    threads = [threading.Thread(target=tablet.scan_on, args=[stopping], daemon=True) for tablet in tablets]
    for thread in threads:
        thread.start()
    try:
        yield tablets
    finally:
        stopping.set()
        for thread in threads:
            thread.join(PATIENCE)
