"""Looking at many controllers, each in its own rhythm, without a task for each."""

import asyncio
import heapq
from collections.abc import Sequence
from contextlib import suppress

from integrations.plc.reader import Reader

TICK, LONGEST_TICK = 0.02, 0.02  # of the shortest period, and seconds: who is due within a tick is asked at once


class Wheel:
    """Begins a look of every reader each time it is due; one that is still under way misses it."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._readers = readers
        self._tick = min([LONGEST_TICK, *(TICK * one.source.period for one in readers)])
        self._due: list[tuple[float, int]] = []
        self._under_way: set[Reader] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._rest: asyncio.Event | None = None

    def start(self) -> None:
        """Begin to turn, the readers spread over their periods."""
        self._loop = asyncio.get_running_loop()
        began, share = self._loop.time(), 1 / max(len(self._readers), 1)
        self._due = [(began + one.source.period * place * share, place) for place, one in enumerate(self._readers)]
        heapq.heapify(self._due)
        self._turn()

    def done(self, reader: Reader) -> None:
        """A look is over."""
        self._under_way.discard(reader)
        if self._rest is not None and not self._under_way:
            self._rest.set()

    async def stop(self, seconds: float) -> None:
        """Begin nothing any more, and wait so long for what is under way."""
        if self._timer is not None:
            self._timer.cancel()
        self._due, self._rest = [], asyncio.Event()
        if self._under_way:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._rest.wait()

    def _turn(self) -> None:
        now, due = self._loop.time(), self._due
        while due and due[0][0] <= now:
            at, place = due[0]
            reader = self._readers[place]
            period = reader.source.period
            slipped = int((now - at) // period)
            heapq.heapreplace(due, (at + (slipped + 1) * period, place))
            self._look(reader, slipped)
        if due:
            self._timer = self._loop.call_at(max(due[0][0], now + self._tick), self._turn)

    def _look(self, reader: Reader, slipped: int) -> None:
        if reader in self._under_way:
            reader.health.overruns += slipped + 1
            return
        reader.health.overruns += slipped
        self._under_way.add(reader)
        reader.look()
