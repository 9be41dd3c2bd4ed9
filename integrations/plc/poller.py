"""Following many controllers at once: each in its own rhythm, everything spooled before it is stored, in order."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from integrations.plc import batches, loops
from integrations.plc.batches import Heard, Missing, Taken
from integrations.plc.feed import Feed, Receipt
from integrations.plc.reader import Health, Reader, Source
from integrations.plc.spool import Spool
from integrations.plc.tags import Batch
from integrations.plc.wheel import Wheel

log = logging.getLogger(__name__)

Sink = Callable[[Batch], None]
WINDOW = 0.05
AWAITED = 0.005  # the window when somebody waits for a receipt: a broker sends no more until it has some
RECORDS_PER_WRITE = 100
PENDING_LIMIT = 200_000
LAST_ANSWERS = 1.0
FIRST_RETRY, LONGEST_RETRY, LONGEST_REST = 0.1, 5.0, 0.1


class Poller:
    """Reads sources and listens to feeds, and hands batches to `sink`.

    The sink is a plain function that runs in one thread and raises when it failed.
    The sink sees every batch at least once and in order; it must ignore a (tag, seq) that it has stored before.
    `on_end` runs last in the sink's thread, to give back what that thread holds.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        sink: Sink,
        spool: Spool,
        *,
        window: float = WINDOW,
        on_end: Callable[[], None] = lambda: None,
        feeds: Sequence[Feed] = (),
    ) -> None:
        self._readers = [Reader(source, self._look_done) for source in sources]
        self._wheel = Wheel(self._readers)
        self._feeds = feeds
        self._sink, self._spool, self._window, self._on_end = sink, spool, window, on_end
        self._taken: list[Taken | Heard] = []
        self._pending = 0
        self._gaps: list[Missing] = []
        self._receipts: list[Receipt] = []
        self._epoch = 0
        self._has_ended = False
        self._arrived, self._stored = asyncio.Event(), asyncio.Event()
        self._disk = ThreadPoolExecutor(1, "plc-spool")
        self._writer = ThreadPoolExecutor(1, "plc-writer")
        self.sink_errors = 0
        self.spool_errors = 0

    @property
    def health(self) -> dict[str, Health]:
        """How each controller is doing, by its code."""
        return {one.source.code: one.health for one in self._readers} | {one.code: one.health for one in self._feeds}

    @property
    def backlog(self) -> int:
        """Spooled records that the sink has not taken yet."""
        return self._spool.backlog

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; then spool what is open and try once more to store it."""
        self._begin()
        workers = [asyncio.create_task(self._collect()), asyncio.create_task(self._deliver())]
        ended = asyncio.create_task(stop.wait())
        listening = [asyncio.create_task(feed.run(self._listened)) for feed in self._feeds]
        self._wheel.start()
        done, _ = await asyncio.wait([ended, *workers], return_when=asyncio.FIRST_COMPLETED)
        await loops.cancel(listening) if listening else None
        await self._wheel.stop(LAST_ANSWERS)  # what was asked may still answer: no reading is thrown away
        self._has_ended = True
        await loops.cancel([ended, *workers])
        await self._finish()
        for task in done - {ended}:
            task.result()

    def _begin(self) -> None:
        """Take a new epoch; what lies between the last spooled batch and now is a gap."""
        self._epoch = self._spool.new_epoch()
        if self._spool.last is not None and (span := batches.span(self._spool.last)):
            self._gaps.append(Missing("*", span[1], max(time.time_ns() // 1000, span[1]), "the poller was not running"))
            self._arrived.set()
        if self._spool.backlog:
            self._stored.set()

    async def _finish(self) -> None:
        for reader in self._readers:
            await reader.source.port.close()
        try:
            await self._spool_open()
            await asyncio.get_running_loop().run_in_executor(self._writer, self._store)
        except Exception:
            log.exception("the last batch could not be stored; it waits in the spool")
        self._writer.submit(self._on_end)
        self._disk.shutdown()
        self._writer.shutdown()

    def _look_done(self, reader: Reader, taken: list[Taken], gaps: list[Missing]) -> None:
        self._wheel.done(reader)
        if not self._has_ended:
            self._take(taken, gaps)

    def _listened(self, heard: Heard | None, gaps: list[Missing], kept: Receipt | None = None) -> None:
        if self._has_ended:
            return
        self._take([] if heard is None else [heard], gaps)
        if kept is not None:
            self._receipts.append(kept)
            self._arrived.set()

    def _take(self, taken: Sequence[Taken | Heard], gaps: list[Missing]) -> None:
        """Keep what one look gave until the window closes; a disk that takes nothing may not fill the memory."""
        for one in taken:
            self._taken.append(one)
            self._pending += len(one.keys)
        self._gaps += gaps
        if self._pending > PENDING_LIMIT:
            half = len(self._taken) // 2
            lost, self._taken = self._taken[:half], self._taken[half:]
            self._pending = sum(len(one.keys) for one in self._taken)
            self._gaps.append(Missing("*", lost[0].at_us, lost[-1].at_us, "the local disk takes nothing"))
        if taken or gaps:
            self._arrived.set()

    async def _collect(self) -> None:
        """Close a batch each window and make it durable; while the disk refuses, keep it and try again."""
        while True:
            await self._arrived.wait()
            await asyncio.sleep(min(AWAITED, self._window) if self._receipts else self._window)
            self._arrived.clear()
            try:
                await self._spool_open()
            except OSError:
                self.spool_errors += 1
                log.exception("the spool could not be written")
                self._arrived.set()
                await asyncio.sleep(1.0)
            self._stored.set()

    async def _spool_open(self) -> None:
        """Make what is open durable; what did not get there stays open (twice in the spool is allowed, lost is not)."""
        taken, self._taken, self._pending = self._taken, [], 0
        gaps, self._gaps = self._gaps, []
        receipts, self._receipts = self._receipts, []
        stored = False
        try:
            if taken or gaps:
                await asyncio.get_running_loop().run_in_executor(self._disk, self._append, taken, gaps)
            stored = True
        finally:
            if not stored:
                self._taken, self._gaps = taken + self._taken, gaps + self._gaps
                self._receipts = receipts + self._receipts
                self._pending = sum(len(one.keys) for one in self._taken)
        for kept in receipts:
            kept()

    def _append(self, taken: list[Taken | Heard], gaps: list[Missing]) -> None:
        self._spool.append(batches.pack(self._epoch, taken, gaps))

    async def _deliver(self) -> None:
        """Hand spooled batches to the sink in order; while it fails, wait longer and longer and try the same again.

        After each the sink rests as long as it worked: the more comes, the more it takes at once, the less each costs.
        """
        loop = asyncio.get_running_loop()
        delay = FIRST_RETRY
        while True:
            await self._stored.wait()
            self._stored.clear()
            began = loop.time()
            try:
                more = await loop.run_in_executor(self._writer, self._store)
                delay = FIRST_RETRY
                if self.backlog < RECORDS_PER_WRITE:
                    await asyncio.sleep(min(loop.time() - began, LONGEST_REST))
            except Exception:
                self.sink_errors += 1
                log.exception("readings could not be stored; next try in %.1f s", delay)
                await asyncio.sleep(delay)
                delay, more = min(2 * delay, LONGEST_RETRY), True
            if more:
                self._stored.set()

    def _store(self) -> bool:
        records = self._spool.read(RECORDS_PER_WRITE)
        if records:
            self._sink(batches.unpack([payload for _, payload in records]))
            self._spool.commit(records[-1][0])
        return self._spool.backlog > 0
