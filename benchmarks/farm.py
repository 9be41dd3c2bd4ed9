"""Many controllers in one process of their own: each counts its polls in its registers and can say what it served."""

import asyncio
import multiprocessing
import os
import struct
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from integrations.plc import loops

READ = struct.Struct(">HHHBBHH")
HEAD = struct.Struct(">HHHBBB")
NUMBER = struct.Struct(">I")
WAVE = 4096
CALM = 1.2  # sigmas beyond which the wave never goes


def wave(device: int, tags: int) -> np.ndarray:
    """What the values of a device do about their mean: rows of `tags` values, one for each poll, again and again."""
    noise = np.random.default_rng(device).uniform(-CALM, CALM, (WAVE, tags))
    noise[1::2] = -noise[::2]  # no side is kept for long, so that no run rule fires
    return noise.astype(np.float32)


class Controller(asyncio.Protocol):
    """Registers 0 and 1 hold the number of the poll, then come `tags` floats; everything else is what its address says.

    It gives the whole truth in one frame; a read is served when its answer was handed to the network.
    """

    def __init__(self, device: int, tags: int) -> None:
        self.device, self.served, self.times = device, 0, array("d")
        mean = np.arange(100, 100 + tags, dtype=np.float32)
        self._wave = [row.tobytes() for row in (mean + wave(device, tags)).astype(">f4")]
        rest = [(7 * place + device) % 65536 for place in range(2 + 2 * tags, 125)]
        self._rest = struct.pack(f">{len(rest)}H", *rest)
        self.shift: bytes | None = None
        self._moving = 2 + 2 * tags
        self._still: dict[bytes, bytes] = {}

    def __call__(self) -> "Line":
        return Line(self)

    def answer(self, request: bytes) -> bytes:
        """The next answer; what is asked of the middle of the map is cut out of it."""
        if still := self._still.get(request[8:]):
            self.served += 1
            return request[:2] + still
        tid, protocol, _length, unit, function, address, count = READ.unpack(request)
        row = self.shift or self._wave[self.served % WAVE]
        image = NUMBER.pack(self.served) + row + self._rest
        data = image[2 * address : 2 * (address + count)]
        self.served += 1
        frame = HEAD.pack(tid, protocol, 3 + len(data), unit, function, len(data)) + data
        if address < self._moving:
            self.times.append(time.time())
        else:
            self._still[request[8:]] = frame[2:]
        return frame

    def drift(self, by: float, tags: int) -> None:
        """Let every value stand this far above its mean; 0 ends it."""
        self.shift = (np.arange(100, 100 + tags) + by).astype(">f4").tobytes() if by else None


class Line(asyncio.Protocol):
    """One connection to a controller."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._open = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        data = self._open + data
        whole = len(data) - len(data) % READ.size
        for start in range(0, whole, READ.size):
            self._transport.write(self._controller.answer(data[start : start + READ.size]))
        self._open = data[whole:]


def live(pipe: Connection, devices: int, tags: int) -> None:
    """Serve until told to stop; answers `count`, `times` and `drift`."""

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        controllers = [Controller(device, tags) for device in range(devices)]
        servers = [await loop.create_server(one, "127.0.0.1", 0, backlog=8) for one in controllers]

        def heard() -> None:
            verb, *words = pipe.recv()
            if verb == "stop":
                pipe.send(None)
                stop.set()
            elif verb == "drift":
                for device in words[0]:
                    controllers[device].drift(words[1], tags)
                pipe.send(time.time())
            elif verb == "times":
                pipe.send([one.times.tobytes() for one in controllers])
            else:
                pipe.send((sum(one.served for one in controllers), time.process_time()))

        loop.add_reader(pipe.fileno(), heard)
        pipe.send([server.sockets[0].getsockname()[1] for server in servers])
        await stop.wait()

    loops.run(serve())


class Farm:
    """The controllers as a measurement sees them."""

    def __init__(self, pipe: Connection, ports: list[int]) -> None:
        self._pipe, self.ports = pipe, ports

    def ask(self, *words: Any) -> Any:
        """One question, one answer."""
        self._pipe.send(words)
        return self._pipe.recv()

    def served(self) -> list[array]:
        """When each controller answered each poll (seconds since 1970); the place in the list is the poll's number."""
        return [array("d", times) for times in self.ask("times")]


@contextmanager
def farm(devices: int, *, tags: int = 10) -> Iterator[Farm]:
    """So many controllers, as long as the block runs."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=live, args=(theirs, devices, tags), daemon=True)
    process.start()
    try:
        found = Farm(ours, ours.recv())
        yield found
        found.ask("stop")
    finally:
        process.join(5)
        process.kill()


def machine() -> dict[str, Any]:
    """Other work on the machine shows in the load."""
    return {"cores": os.cpu_count(), "load": [round(value, 2) for value in os.getloadavg()]}
