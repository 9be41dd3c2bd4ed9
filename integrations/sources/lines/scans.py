"""Scans of a fixed scanner or an RFID gate, and values of an instrument, taken one after the other as they came."""

import asyncio
import logging
import time
import uuid
from collections import deque
from datetime import datetime
from typing import NamedTuple

from django.db import Error, close_old_connections
from django.utils import timezone

from integrations.models import Plc
from mes.commands import scans
from plant.errors import Refusal
from plant.queries import persons
from qms.commands import instruments
from qms.models import Gauge
from traceability.models import Source

MOST = 1000  # scans that wait for the database
SAME = 2.0  # seconds within which the same code is one scan: a tag stays in the field, a scanner reads twice
RETRY = 1.0
log = logging.getLogger(__name__)


class Job(NamedTuple):
    """A code that was scanned, or a gauge with its value."""

    text: str
    event_id: uuid.UUID
    at: datetime
    value: float | None = None


class Desk:
    """Takes scans one after the other; while the database is away they wait, each with its own event id."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._waiting: deque[Job] = deque()
        self._seen: dict[str, float] = {}
        self._more = asyncio.Event()
        self.dropped = 0

    def put(self, text: str) -> None:
        """A scan was made just now."""
        now = time.monotonic()
        self._seen = {one: at for one, at in self._seen.items() if now - at < SAME}
        is_again = text in self._seen
        self._seen[text] = now
        if is_again:
            return
        if len(self._waiting) >= MOST:
            self.dropped += 1
            log.error("%s: too many scans wait; %s is not taken", self._code, text)
            return
        self._waiting.append(Job(text, uuid.uuid4(), timezone.now()))
        self._more.set()

    def measure(self, gauge: str, value: float) -> None:
        """An instrument said a value: the open sample that waits for it takes it."""
        self._waiting.append(Job(gauge, uuid.uuid4(), timezone.now(), value))
        self._more.set()

    async def work(self) -> None:
        """Take what comes, until cancelled."""
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                try:
                    await asyncio.to_thread(_in_thread, self._code, self._waiting[0])
                except Error as error:
                    log.warning("%s: the scan waits for the database: %s", self._code, error)
                    await asyncio.sleep(RETRY)
                    continue
                self._waiting.popleft()


def _in_thread(source: str, job: Job) -> None:
    close_old_connections()
    try:
        if job.value is None:
            take(source, job.text, job.event_id, job.at)
        else:
            take_value(source, job.text, job.value, job.at)
    finally:
        close_old_connections()


def take(source: str, text: str, event_id: uuid.UUID, at: datetime) -> None:
    """One scan; a refused one is kept with its reason, and shown at the station."""
    try:
        station = Plc.objects.select_related("equipment").get(code=source).equipment
        scans.accept(
            code=text, station=station, event_id=event_id, by=persons.system("plc"), at=at,
            device=f"line:{source}"[:40], device_at=at,
        )
    except Refusal as refusal:
        log.info("%s: %s was refused: %s", source, text, refusal)


def take_value(source: str, gauge: str, value: float, at: datetime) -> None:
    """A value for the inspection in hand; one that nobody waits for is kept as a reading, where it has a stream."""
    try:
        found = Gauge.objects.filter(code=gauge).first()
        if found is None:
            log.warning("%s: there is no gauge %s", source, gauge)
            return
        instruments.hear(gauge=found, value=value, by=persons.system("plc"), at=at, source=Source.AUTO)
    except Refusal as refusal:
        log.info("%s: the value of %s was not taken: %s", source, gauge, refusal)
