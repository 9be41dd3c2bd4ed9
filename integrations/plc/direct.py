"""Reading a controller with our own frames: the same rules as through pymodbus at a fraction of its work."""

import asyncio

from integrations.plc import wire
from integrations.plc.link import Link


class _Stream(asyncio.Protocol):
    """Collects the bytes of one answer."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiter: asyncio.Future[bytes] | None = None
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.waiter is not None and not self.waiter.done() and wire.complete(self.received):
            self.waiter.set_result(self.received)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(ConnectionResetError("the controller closed the connection"))


class DirectDevice(Link):
    """A controller behind our own codec."""

    _stream: _Stream | None = None
    _tid = 0

    async def _open(self) -> None:
        if self._stream is not None and self._stream.transport is not None:
            return
        self._drop()
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self.timeout):
            _, self._stream = await loop.create_connection(_Stream, self.host, self.port)

    async def _exchange(
        self, function: int, address: int, count: int, registers: list[int] | None
    ) -> tuple[int, bytes]:
        stream = self._stream
        if stream is None or stream.transport is None or stream.received:
            raise ConnectionResetError("the controller spoke without being asked, or left")
        self._tid = self._tid % 65535 + 1
        stream.waiter = asyncio.get_running_loop().create_future()
        if registers is None:
            stream.transport.write(wire.read_request(self._tid, self.unit, function, address, count))
        else:
            stream.transport.write(wire.write_request(self._tid, self.unit, address, registers))
        async with asyncio.timeout(self.timeout):
            frame = await stream.waiter
        stream.received = b""
        return self._tid, frame

    def _drop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None and stream.transport is not None:
            stream.transport.abort()
