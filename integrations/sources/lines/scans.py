"""Scans of a fixed scanner or an RFID gate, taken at the source's station in the order in which they were made."""

import asyncio
import logging
import time
import uuid
from collections import deque
from datetime import datetime

from django.db import Error, close_old_connections
from django.utils import timezone

from integrations.models import Plc
from mes.commands import scans
from plant.errors import Refusal
from plant.queries import persons

MOST = 1000  # scans that wait for the database
SAME = 2.0  # seconds within which the same code is one scan: a tag stays in the field, a scanner reads twice
RETRY = 1.0
log = logging.getLogger(__name__)


class Desk:
    """Takes scans one after the other; while the database is away they wait, each with its own event id."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._waiting: deque[tuple[str, uuid.UUID, datetime]] = deque()
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
        self._waiting.append((text, uuid.uuid4(), timezone.now()))
        self._more.set()

    async def work(self) -> None:
        """Take what comes, until cancelled."""
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                try:
                    await asyncio.to_thread(_in_thread, self._code, *self._waiting[0])
                except Error as error:
                    log.warning("%s: the scan waits for the database: %s", self._code, error)
                    await asyncio.sleep(RETRY)
                    continue
                self._waiting.popleft()


def _in_thread(source: str, text: str, event_id: uuid.UUID, at: datetime) -> None:
    close_old_connections()
    try:
        take(source, text, event_id, at)
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
