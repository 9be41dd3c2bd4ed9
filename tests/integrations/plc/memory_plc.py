"""A truthful controller whose registers, silence and holes a test sets while it is polled."""

import asyncio
import contextlib
import struct
import threading
import time
from contextlib import asynccontextmanager

from tests.integrations.plc.fault_server import answer, exception

WRITE = 16  # write several registers


class MemoryPlc:
    """Registers from a dictionary; `counting` puts the next number into registers 0 and 1 at each read, and logs it."""

    def __init__(self, *, counting: bool = False) -> None:
        self.registers: dict[int, int] = {}
        self.holes: set[int] = set()
        self.silent = False
        self.counting = counting
        self.served: list[tuple[int, float]] = []
        self.asked = 0
        self.written: list[tuple[int, tuple[int, ...]]] = []
        self.port = 0
        self.server: asyncio.Server | None = None

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                request = await reader.readexactly(12)
                self.asked += 1
                if request[7] == WRITE:
                    self.write(request, await reader.readexactly(1 + 2 * struct.unpack(">H", request[10:12])[0]))
                if not self.silent:
                    writer.write(self.reply(request))
                    await writer.drain()
        writer.close()

    def write(self, request: bytes, body: bytes) -> None:
        """Take what is written, and keep what was taken."""
        first, words = struct.unpack(">H", request[8:10])[0], struct.unpack(f">{len(body) // 2}H", body[1:])
        self.registers |= {first + step: word for step, word in enumerate(words)}
        self.written.append((first, words))

    def reply(self, request: bytes) -> bytes:
        """The registers asked for, or exception 2 where there are none; a write is confirmed."""
        if request[7] == WRITE:
            return request[:4] + struct.pack(">H", 6) + request[6:12]
        address, count = struct.unpack(">HH", request[8:12])
        if self.holes & set(range(address, address + count)):
            return exception(request, 2)
        if self.counting:
            number = len(self.served)
            self.served.append((number, time.time()))
            self.registers |= {0: number >> 16, 1: number & 0xFFFF}
        words = [self.registers.get(place, 0) for place in range(address, address + count)]
        return answer(request, data=struct.pack(f">{count}H", *words))


@asynccontextmanager
async def memory_plc(**options):
    """A truthful controller on a port of its own."""
    plc = MemoryPlc(**options)
    plc.server = await asyncio.start_server(plc.handle, "127.0.0.1", 0)
    plc.port = plc.server.sockets[0].getsockname()[1]
    try:
        yield plc
    finally:
        plc.server.close()


@contextlib.contextmanager
def plc_in_thread(**options):
    """The same beside the test, for pollers in other processes."""
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), []

    async def live():
        async with memory_plc(**options) as plc:
            found.extend([plc, asyncio.Event()])
            ready.set()
            await found[1].wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(found[1].set)
        thread.join(5)
