"""A connection to one controller that is dropped at the first doubt and reopened with growing, scattered delays."""

import asyncio
import random
import time
from abc import ABC, abstractmethod

from integrations.plc import wire
from integrations.plc.ports import Answer, DeviceError, NoAnswerError, RefusedError

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

    async def read_block(self, table: str, address: int, count: int) -> Answer:
        """Read a stretch of one table; stamped when the request leaves, checked byte by byte, never retried."""
        function = wire.FUNCTIONS[table]
        async with self._lock:
            tid, frame, sent_us, seconds = await self._ask(function, address, count, None)
            registers = self._checked(wire.values, frame, tid=tid, unit=self.unit, function=function, count=count)
        return Answer(registers, sent_us, seconds)

    async def write_registers(self, address: int, registers: list[int]) -> None:
        """Write holding registers once; whether a failed write arrived is unknown and is not tried again."""
        async with self._lock:
            tid, frame, _, _ = await self._ask(wire.WRITE_MULTIPLE, address, len(registers), registers)
            self._checked(wire.check_written, frame, tid=tid, unit=self.unit, address=address, count=len(registers))

    async def close(self) -> None:
        """Give the connection back."""
        self._drop()

    async def _ask(self, function: int, address: int, count: int, registers: list[int] | None):
        if time.monotonic() < self._backoff.due:
            raise NoAnswerError(self._why)
        done = False
        try:
            async with asyncio.timeout(self.timeout * 2 + 0.2):
                await self._open()
                sent_us, start = time.time_ns() // 1000, time.perf_counter()
                tid, frame = await self._exchange(function, address, count, registers)
            done = True
        except OSError as error:
            self._why = f"no answer within {self.timeout} s" if isinstance(error, TimeoutError) else str(error)
            raise NoAnswerError(self._why) from error
        finally:
            if not done:
                self._fail()
        return tid, frame, sent_us, time.perf_counter() - start

    def _checked(self, check, frame: bytes, **expected: int):
        try:
            result = check(frame, **expected)
        except RefusedError:
            self._backoff.reset()
            raise
        except DeviceError as error:
            self._why = str(error)
            self._fail()
            raise
        self._backoff.reset()
        return result

    def _fail(self) -> None:
        self._drop()
        self._backoff.fail()

    @abstractmethod
    async def _open(self) -> None:
        """Be connected, or raise OSError or TimeoutError."""

    @abstractmethod
    async def _exchange(
        self, function: int, address: int, count: int, registers: list[int] | None
    ) -> tuple[int, bytes]:
        """Send one request; return its transaction id and every byte that came back, or raise TimeoutError."""

    @abstractmethod
    def _drop(self) -> None:
        """Forget the connection and whatever may still arrive on it."""
