"""Scans of a fixed scanner or an RFID gate, and values of an instrument, taken one after the other as they came.

They lie on the disk before the database is asked: what was scanned while it is away, or when this process is killed, is
taken afterwards, each once by its own event id.
"""

import asyncio
import json
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import Error, close_old_connections, connections
from django.utils import timezone

from integrations.models import Plc
from integrations.plc.spool import Spool
from integrations.sources.commands import measured
from integrations.sources.lines.told import AGAIN, REFUSED, Told
from mes.commands import scans
from plant.errors import Refusal
from plant.queries import persons

MOST = 10_000  # scans that wait for the database
SAME = 2.0  # seconds within which the same code is one scan: a tag stays in the field, a scanner reads twice
RETRY = 1.0
log = logging.getLogger(__name__)


class Job(NamedTuple):
    """A code that was scanned, or a gauge with its value."""

    text: str
    event_id: uuid.UUID
    at: datetime
    value: float | None = None

    def packed(self) -> bytes:
        """As it lies on the disk."""
        return json.dumps([self.text, str(self.event_id), self.at.isoformat(), self.value]).encode()


def unpacked(record: bytes) -> Job | None:
    """A job from the disk; None where there is only word that some were lost."""
    said = json.loads(record)
    if not isinstance(said, list):
        return None
    return Job(said[0], uuid.UUID(said[1]), datetime.fromisoformat(said[2]), said[3])


def lost(records: Sequence[bytes]) -> bytes:
    """One record that says that others went with the disk."""
    return json.dumps({"lost": len(records)}).encode()


class Desk:
    """Takes scans one after the other; while the database is away they wait, each with its own event id."""

    def __init__(self, code: str, folder: Path) -> None:
        self._code, self._folder = code, folder
        self._new: deque[Job | Callable[[], None]] = deque()
        self._spool: Spool | None = None
        self._seen: dict[str, float] = {}
        self._more = asyncio.Event()
        self.told = Told()
        self.dropped = 0

    @property
    def is_full(self) -> bool:
        """Whether so many wait that no more is taken."""
        return self.waiting >= MOST

    @property
    def is_writing(self) -> bool:
        """Whether something is on its way to the disk."""
        return bool(self._new)

    @property
    def waiting(self) -> int:
        """How many are not in the database yet."""
        return len(self._new) + (self._spool.backlog if self._spool else 0)

    def as_json(self) -> dict[str, Any]:
        """How it goes, for the page of the source."""
        return self.told.as_json(now_us=time.time_ns() // 1000, waiting=self.waiting, dropped=self.dropped)

    def put(self, text: str, said: dict[str, Any] | None = None) -> None:
        """A scan was made just now."""
        now = time.monotonic()
        self._seen = {one: at for one, at in self._seen.items() if now - at < SAME}
        is_again = text in self._seen
        self._seen[text] = now
        if is_again:
            self.told.waits("", said, AGAIN)
        else:
            self._keep(Job(text, uuid.uuid4(), timezone.now()), said)

    def scan(self, text: str, event_id: uuid.UUID, said: dict[str, Any] | None = None) -> None:
        """A scan that has an event of its own already: told again, it is the same one."""
        self._keep(Job(text, event_id, timezone.now()), said)

    def when_kept(self, kept: Callable[[], None]) -> None:
        """Do this when all that was handed over until now lies on the disk; at once where it does."""
        if self._new:
            self._new.append(kept)
        else:
            kept()

    def measure(self, gauge: str, value: float, said: dict[str, Any] | None = None) -> None:
        """An instrument said a value: the open sample that waits for it takes it."""
        self._keep(Job(gauge, uuid.uuid4(), timezone.now(), value), said)

    def _keep(self, job: Job, said: dict[str, Any] | None) -> None:
        if self.is_full:
            self.dropped += 1
            log.error("%s: too many scans wait; %s is not taken", self._code, job.text)
            return
        self._new.append(job)
        self.told.waits(str(job.event_id), said)
        self._more.set()

    async def work(self) -> None:
        """Take what comes, until cancelled, and first what an earlier run left on the disk."""
        self._spool = spool = await asyncio.to_thread(Spool, self._folder, summarise=lost)
        pool = ThreadPoolExecutor(1, f"desk-{self._code}")  # one thread, so one connection to the database
        try:
            while True:
                while self._new:
                    first = self._new[0]
                    if isinstance(first, Job):
                        await asyncio.to_thread(spool.append, first.packed())
                    else:
                        first()
                    self._new.popleft()
                for number, record in spool.read(1):
                    await self._take(pool, unpacked(record))
                    spool.commit(number)
                if not self._new and not spool.backlog:
                    self._more.clear()
                    await self._more.wait()
        finally:
            self._spool = None
            self._leave(spool)
            spool.close()
            pool.submit(connections.close_all)
            pool.shutdown(wait=False)

    def _leave(self, spool: Spool) -> None:
        """What was scanned in the last moment is kept for the next run; twice is once, by its event."""
        try:
            for one in self._new:
                if isinstance(one, Job):
                    spool.append(one.packed())
            self._new.clear()
        except OSError:
            log.exception("%s: the last scans could not be kept", self._code)

    async def _take(self, pool: ThreadPoolExecutor, job: Job | None) -> None:
        """Into the database, however long it is away; what it can't take for another reason is told and left."""
        if job is None:
            log.error("%s: scans were lost with the disk", self._code)
            return
        while True:
            try:
                answer = await asyncio.get_running_loop().run_in_executor(pool, _in_thread, self._code, job)
                break
            except Error as error:
                log.warning("%s: the scan waits for the database: %s", self._code, error)
                await asyncio.sleep(RETRY)
            except Exception as error:
                log.exception("%s: %s was not taken", self._code, job.text)
                answer = REFUSED, f"{type(error).__name__}: {error}"
                break
        self.told.became(str(job.event_id), *answer, made_us=round(job.at.timestamp() * 1e6),
                         now_us=time.time_ns() // 1000)


def _in_thread(source: str, job: Job) -> tuple[str, str]:
    close_old_connections()
    try:
        return take(source, job) if job.value is None else take_value(source, job)
    finally:
        close_old_connections()


def device(source: str) -> str:
    """What a source is called among the devices that send acts."""
    return f"line:{source}"[:40]


def take(source: str, job: Job) -> tuple[str, str]:
    """One scan; a refused one is kept with its reason, and shown at the station."""
    try:
        station = Plc.objects.select_related("equipment").get(code=source).equipment
        outcome = scans.accept(
            code=job.text, station=station, event_id=job.event_id, by=persons.system("plc"), at=timezone.now(),
            device=device(source), device_at=job.at,
        )
    except Refusal as refusal:
        log.info("%s: %s was refused: %s", source, job.text, refusal)
        return REFUSED, str(refusal)
    return outcome.outcome, str(outcome.message)


def take_value(source: str, job: Job) -> tuple[str, str]:
    """A value for the inspection in hand; one that nobody waits for is kept as a reading, where it has a stream."""
    try:
        answer = measured.take(
            device=device(source), event_id=job.event_id, gauge=job.text, value=job.value or 0.0,
            by=persons.system("plc"), at=timezone.now(), said_at=job.at,
        )
    except Refusal as refusal:
        return REFUSED, str(refusal)
    return str(answer.get("outcome", "")), str(answer.get("message", ""))
