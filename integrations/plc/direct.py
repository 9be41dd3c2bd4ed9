"""Reading a controller with our own frames: the same rules as through pymodbus at a fraction of its work."""

import asyncio
import time
from collections.abc import Callable

from integrations.plc import wire
from integrations.plc.link import Link
from integrations.plc.ports import Answer, Heard

Came = Callable[[bytes | Exception], None]
ROUNDING = 0.001  # seconds by which the loop's timers may be early


class _Stream(asyncio.Protocol):
    """Collects the bytes of one answer at a time, and tells who asked."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.transport: asyncio.Transport | None = None
        self._received = b""
        self._loop = loop
        self._came: Came | None = None
        self._deadline, self._is_overdue = 0.0, False
        self._timer: asyncio.TimerHandle | None = None  # runs on over many answers: one for each is much work

    @property
    def is_ready(self) -> bool:
        """Can a question be asked now?"""
        return self._came is None and self.transport is not None and not self._received

    def ask(self, request: bytes, timeout: float, came: Came) -> None:
        """Send one request of a stream that is ready; `came` is told of its answer or of the error that came instead.

        Of a stream that is not, it is told at once: bytes that nobody asked for are as bad as no connection.
        """
        if self.transport is None or not self.is_ready:
            came(ConnectionResetError("the controller spoke without being asked, or left"))
            return
        self._came, self._deadline, self._is_overdue = came, self._loop.time() + timeout, False
        if self._timer is None:
            self._timer = self._loop.call_later(timeout, self._look)
        self.transport.write(request)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if self._received:
            data = self._received + data
        if self._came is not None and wire.complete(data):
            self._received = b""
            self._end(data)
        else:
            self._received = data[: wire.LONGEST_FRAME]

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self._timer is not None:
            self._timer.cancel()
        self._end(ConnectionResetError("the controller closed the connection"))

    def _look(self) -> None:
        """Is the answer overdue that is being waited for now?"""
        self._timer = None
        if self._came is None:
            return
        left = self._deadline - self._loop.time()
        if left > 0 or not self._is_overdue:
            self._is_overdue = left <= 0  # an answer that came while this process slept is read before the next look
            self._timer = self._loop.call_later(max(left, ROUNDING), self._look)
        else:
            self._end(TimeoutError())

    def _end(self, outcome: bytes | Exception) -> None:
        came, self._came = self._came, None
        if came is not None:
            came(outcome)


class DirectDevice(Link):
    """A controller behind our own codec."""

    _stream: _Stream | None = None
    _heard: Heard
    _question: wire.Question
    _sent_us, _started = 0, 0.0

    def ask(self, table: str, address: int, count: int, heard: Heard) -> None:
        """What `read_block` does, without a task where the connection stands and all is well."""
        stream = self._stream
        if stream is None or self._backoff.due or not stream.is_ready or self._lock.locked():
            super().ask(table, address, count, heard)
            return
        self._heard = heard
        self._question = question = wire.question(self.unit, wire.FUNCTIONS[table], address, count)
        self._tid = tid = self._tid % 65535 + 1
        self._sent_us, self._started = time.time_ns() // 1000, time.perf_counter()
        stream.ask(question.request(tid), self.timeout, self._came)

    def _came(self, outcome: bytes | Exception) -> None:
        seconds = time.perf_counter() - self._started
        try:
            if isinstance(outcome, Exception):
                raise outcome
            data = self._question.data(outcome, self._tid)
        except Exception as error:
            self._heard(self._failed(error))
        else:
            self._heard(Answer(data, self._sent_us, seconds))

    @property
    def _is_open(self) -> bool:
        return self._stream is not None and self._stream.transport is not None

    async def _open(self) -> None:
        self._drop()
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self.timeout):
            _, self._stream = await loop.create_connection(lambda: _Stream(loop), self.host, self.port)

    def _exchange(
        self, function: int, address: int, count: int, registers: list[int] | None
    ) -> asyncio.Future[bytes]:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        def came(outcome: bytes | Exception) -> None:
            if answer.done():
                return
            if isinstance(outcome, Exception):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

        self._tid = tid = self._tid % 65535 + 1
        if self._stream is None:
            came(ConnectionResetError("the connection is closed"))
        elif registers is None:
            self._stream.ask(wire.question(self.unit, function, address, count).request(tid), self.timeout, came)
        else:
            self._stream.ask(wire.write_request(tid, self.unit, address, registers), self.timeout, came)
        return answer

    def _drop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None and stream.transport is not None:
            stream.transport.abort()
