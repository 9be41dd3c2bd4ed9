"""Reading a controller with our own frames: the same rules as through pymodbus at a fraction of its work."""

import asyncio

from integrations.plc import wire
from integrations.plc.link import Link


class _Stream(asyncio.Protocol):
    """Collects the bytes of one answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.transport: asyncio.Transport | None = None
        self.received = b""
        self._loop = loop
        self._waiter: asyncio.Future[bytes] | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def ask(self, request: bytes, timeout: float) -> asyncio.Future[bytes]:
        """Send one request; its answer, or TimeoutError. Bytes that nobody asked for make it a ConnectionResetError."""
        self._waiter = waiter = self._loop.create_future()
        if self.transport is None or self.received:
            waiter.set_exception(ConnectionResetError("the controller spoke without being asked, or left"))
        else:
            self._deadline = self._loop.call_later(timeout, self._end, None, TimeoutError())
            self.transport.write(request)
        return waiter

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        if self._waiter is not None and wire.complete(self.received):
            frame, self.received = self.received, b""
            self._end(frame, None)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._end(None, ConnectionResetError("the controller closed the connection"))

    def _end(self, frame: bytes | None, error: Exception | None) -> None:
        waiter, self._waiter = self._waiter, None
        if self._deadline is not None:
            self._deadline.cancel()
        if waiter is None or waiter.done():
            return
        if error is None:
            waiter.set_result(frame)
        else:
            waiter.set_exception(error)


class DirectDevice(Link):
    """A controller behind our own codec."""

    _stream: _Stream | None = None

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
        if self._stream is None:
            raise ConnectionResetError("the connection is closed")
        self._tid = tid = self._tid % 65535 + 1
        if registers is None:
            request = wire.read_request(tid, self.unit, function, address, count)
        else:
            request = wire.write_request(tid, self.unit, address, registers)
        return self._stream.ask(request, self.timeout)

    def _drop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None and stream.transport is not None:
            stream.transport.abort()
