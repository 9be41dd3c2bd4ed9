"""A connection to one controller that is dropped at the first doubt and reopened with growing, scattered delays."""

import asyncio
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable

from integrations.plc import loops, wire
from integrations.plc.ports import Answer, Heard, NoAnswerError, RefusedError

FIRST_DELAY, LONGEST_DELAY = 0.1, 5.0


class Backoff:
    """When the next try is due: 0.1 s, doubling to 5 s, scattered so that twenty controllers don't return at once."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """All is well."""
        self._delay, self.due = FIRST_DELAY, 0.0

    def fail(self) -> None:
        """Wait longer."""
        self.due = time.monotonic() + self._delay * random.uniform(0.5, 1.0)
        self._delay = min(2 * self._delay, LONGEST_DELAY)


class Link(ABC):
    """The rules every codec shares; a codec says how to open, to exchange one frame, and to drop."""

    def __init__(self, host: str, port: int, unit: int = 1, *, timeout: float = 0.8) -> None:
        self.host, self.port, self.unit, self.timeout = host, port, unit, timeout
        self._backoff = Backoff()
        self._lock = asyncio.Lock()
        self._why = "not connected"
        self._tid = 0
        self._reading: set[asyncio.Task[None]] = set()

    def ask(self, table: str, address: int, count: int, heard: Heard) -> None:
        """What `read_block` does, without waiting: `heard` is told once, later, what that would give or raise."""
        task = asyncio.get_running_loop().create_task(self._tell(table, address, count, heard))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def read_block(self, table: str, address: int, count: int) -> Answer:
        """Read a stretch of one table; stamped when the request leaves, checked byte by byte, never retried."""
        question = wire.question(self.unit, wire.FUNCTIONS[table], address, count)
        async with self._lock:
            if self._backoff.due or not self._is_open:
                await self._get_ready()
            sent_us, start = time.time_ns() // 1000, time.perf_counter()
            try:
                frame = await self._exchange(question.function, address, count, None)
                seconds = time.perf_counter() - start
                data = question.data(frame, self._tid)
            except BaseException as error:
                self._fail(error)
                raise
            if self._backoff.due:
                self._backoff.reset()
        return Answer(data, sent_us, seconds)

    async def write_registers(self, address: int, registers: list[int]) -> None:
        """Write holding registers once; whether a failed write arrived is unknown and is not tried again."""
        async with self._lock:
            await self._get_ready()
            try:
                frame = await self._exchange(wire.WRITE_MULTIPLE, address, len(registers), registers)
                wire.check_written(frame, tid=self._tid, unit=self.unit, address=address, count=len(registers))
            except BaseException as error:
                self._fail(error)
                raise
            if self._backoff.due:
                self._backoff.reset()

    async def close(self) -> None:
        """Give the connection back; what was asked is not answered any more."""
        if self._reading:
            await loops.cancel(self._reading)
        self._drop()

    async def _tell(self, table: str, address: int, count: int, heard: Heard) -> None:
        try:
            answer = await self.read_block(table, address, count)
        except Exception as error:
            heard(error)
        else:
            heard(answer)

    async def _get_ready(self) -> None:
        """Be connected, but not before the next try is due."""
        if time.monotonic() < self._backoff.due:
            raise NoAnswerError(self._why)
        if self._is_open:
            return
        try:
            await self._open()
        except BaseException as error:
            self._fail(error)
            raise

    def _fail(self, error: BaseException) -> None:
        """Raises NoAnswerError for silence of any kind; else the caller raises what it has."""
        told = self._failed(error)
        if told is not error:
            raise told from error

    def _failed(self, error: BaseException) -> BaseException:
        """What to say of an error; the connection is dropped, unless the controller only refused."""
        if isinstance(error, RefusedError):
            self._backoff.reset()
            return error
        self._drop()
        self._backoff.fail()
        self._why = f"no answer within {self.timeout} s" if isinstance(error, TimeoutError) else str(error)
        return NoAnswerError(self._why) if isinstance(error, OSError) else error

    @property
    @abstractmethod
    def _is_open(self) -> bool:
        """Is there a connection?"""

    @abstractmethod
    async def _open(self) -> None:
        """Be connected, or raise OSError or TimeoutError within the timeout."""

    @abstractmethod
    def _exchange(self, function: int, address: int, count: int, registers: list[int] | None) -> Awaitable[bytes]:
        """Send one request under a new `_tid`; every byte that came back, or an OSError or TimeoutError in time."""

    @abstractmethod
    def _drop(self) -> None:
        """Forget the connection and whatever may still arrive on it."""
