"""A controller that lies: a real Modbus TCP server whose next answers are broken in a way that the test names."""

import asyncio
import struct
from collections import deque
from contextlib import asynccontextmanager

LATE = 0.35


def truth(address: int, count: int) -> tuple[int, ...]:
    """What the registers really hold."""
    return tuple((7 * place + 1) % 65536 for place in range(address, address + count))


def answer(
    request: bytes, *, tid=None, protocol=0, unit=None, function=None, data=None, size=None, length=None
) -> bytes:
    """The answer to a read, with whatever parts are to be wrong."""
    asked_tid, _, _, asked_unit, asked_function, address, count = struct.unpack(">HHHBBHH", request)
    data = struct.pack(f">{count}H", *truth(address, count)) if data is None else data
    function = asked_function if function is None else function
    body = (
        struct.pack(">BBB", asked_unit if unit is None else unit, function, len(data) if size is None else size) + data
    )
    head = struct.pack(">HHH", asked_tid if tid is None else tid, protocol, len(body) if length is None else length)
    return head + body


def exception(request: bytes, code: int) -> bytes:
    """A Modbus exception."""
    return request[:4] + struct.pack(">HBBB", 3, request[6], request[7] | 0x80, code)


def _tid(request: bytes, step: int) -> int:
    return (int.from_bytes(request[:2], "big") + step) % 65536


def _data(request: bytes, more: int) -> bytes:
    address, count = struct.unpack(">HH", request[8:12])
    return struct.pack(f">{count + more}H", *truth(address, count + more))


BROKEN = {
    "short": lambda r: [answer(r, data=_data(r, -2))],
    "long": lambda r: [answer(r, data=_data(r, 3))],
    "empty": lambda r: [answer(r, data=b"")],
    "wrong function": lambda r: [answer(r, function=4 if r[7] == 3 else 3)],
    "unknown function": lambda r: [answer(r, function=0x55)],
    "transaction 0": lambda r: [answer(r, tid=0)],
    "earlier transaction": lambda r: [answer(r, tid=_tid(r, -1))],
    "later transaction": lambda r: [answer(r, tid=_tid(r, 1))],
    "wrong unit": lambda r: [answer(r, unit=9)],
    "wrong protocol": lambda r: [answer(r, protocol=1)],
    "odd bytes": lambda r: [answer(r, data=_data(r, 0)[:-1])],
    "byte count too high": lambda r: [answer(r, size=len(_data(r, 0)) + 2)],
    "byte count too low": lambda r: [answer(r, size=len(_data(r, 0)) - 2)],
    "length too high": lambda r: [answer(r, length=60)],
    "length huge": lambda r: [answer(r, length=65535)],
    "length too low": lambda r: [answer(r, length=5)],
    "length 0": lambda r: [answer(r, length=0)],
    "exception 0": lambda r: [exception(r, 0)],
    **{f"exception {code}": lambda r, code=code: [exception(r, code)] for code in (1, 2, 3, 4, 5, 6, 8, 10, 11)},
    "exception of another function": lambda r: [exception(r[:7] + b"\x06" + r[8:], 2)],
    "garbage": lambda r: [bytes(range(200, 230))],
    "garbage, then good": lambda r: [b"\xff\xfe\xfd\xfc\xfb", answer(r)],
    "good, then garbage": lambda r: [answer(r) + b"\x00\x01\x02"],
    "another transaction, then good": lambda r: [
        answer(r, tid=_tid(r, -1), data=b"\xaa" * len(_data(r, 0))) + answer(r)
    ],
    "header only": lambda r: [answer(r)[:7]],
    "the question itself": lambda r: [r],
    "drip": lambda r: [part for byte in answer(r)[:-1] for part in (bytes([byte]), LATE / 5)],
    "silence": lambda r: [],
    "late": lambda r: [LATE, answer(r, data=b"\xbb" * len(_data(r, 0)))],
    "close": lambda r: [None],
    "half, then close": lambda r: [answer(r)[:11], None],
}
CORRECT = {
    "good": lambda r: [answer(r)],
    "byte by byte": lambda r: [answer(r)[place : place + 1] for place in range(len(answer(r)))],
    "in halves": lambda r: [answer(r)[:9], 0.05, answer(r)[9:]],
    "slow": lambda r: [0.08, answer(r)],
}
DUPLICATE = {"twice at once": lambda r: [answer(r) + answer(r)], "twice": lambda r: [answer(r), 0.01, answer(r)]}
MODES = BROKEN | CORRECT | DUPLICATE


class LyingPlc:
    """Answers each request in the next mode of the queue, truthfully when it is empty."""

    def __init__(self) -> None:
        self.modes: deque[str] = deque()
        self.port = 0
        self.requests = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side goes."""
        try:
            while True:
                request = await reader.readexactly(12)
                self.requests += 1
                for part in MODES[self.modes.popleft() if self.modes else "good"](request):
                    if part is None:
                        return
                    if isinstance(part, float):
                        await asyncio.sleep(part)
                    else:
                        writer.write(part)
                        await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def lying_plc(port: int = 0):
    """A lying controller on a port of its own."""
    plc = LyingPlc()
    server = await asyncio.start_server(plc.handle, "127.0.0.1", port)
    plc.port = server.sockets[0].getsockname()[1]
    try:
        yield plc
    finally:
        server.close()
