"""Many controllers in one process of their own: each counts its polls in its registers and can say what it served."""

import asyncio
import multiprocessing
import os
import struct
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from integrations.plc import loops

REQUEST = 12  # bytes of a read
ASKED = struct.Struct(">BBHH")  # unit, function, address, count
HEAD = struct.Struct(">HHBBB")
NUMBER = struct.Struct(">I")
WAVE, WAVES = 4096, 16
CALM = 1.2  # sigmas beyond which the wave never goes


@lru_cache(maxsize=WAVES)
def wave(number: int, tags: int) -> list[bytes]:
    """What the values of a device are: rows of `tags` floats, one for each poll, again and again."""
    noise = np.random.default_rng(number).uniform(-CALM, CALM, (WAVE, tags))
    noise[1::2] = -noise[::2]  # no side is kept for long, so that no run rule fires
    return [row.tobytes() for row in (np.arange(100, 100 + tags) + noise).astype(">f4")]


class Controller(asyncio.Protocol):
    """Registers 0 and 1 hold the number of the poll, then come `tags` floats; everything else is what its address says.

    It gives the whole truth in one frame; a read is served when its answer was handed to the network.
    """

    def __init__(self, device: int, tags: int) -> None:
        self.device, self.served, self.times = device, 0, array("d")
        self._wave, self._place = wave(device % WAVES, tags), device
        self._moving = 2 + 2 * tags
        rest = [(7 * place + device) % 65536 for place in range(self._moving, 125)]
        self._rest = struct.pack(f">{len(rest)}H", *rest)
        self.shift: bytes | None = None
        self._heads: dict[bytes, tuple[bytes, int, int]] = {}
        self._still: dict[bytes, bytes] = {}

    def __call__(self) -> "Line":
        return Line(self)

    def answer(self, request: bytes) -> bytes:
        """The next answer; what is asked of the middle of the map is cut out of it."""
        asked = request[6:]
        if still := self._still.get(asked):
            self.served += 1
            return request[:2] + still
        head, address, count = self._heads.get(asked) or self._learn(asked)
        number = self.served
        self.served = number + 1
        data = NUMBER.pack(number) + (self.shift or self._wave[(number + self._place) % WAVE])
        if address or count != self._moving:
            data = (data + self._rest)[2 * address : 2 * (address + count)]
        if address < self._moving:
            self.times.append(time.time())
        else:
            self._still[asked] = head + data
        return request[:2] + head + data

    def _learn(self, asked: bytes) -> tuple[bytes, int, int]:
        """What stands before the data of the answer, and what is asked for."""
        unit, function, address, count = ASKED.unpack(asked)
        self._heads[asked] = HEAD.pack(0, 3 + 2 * count, unit, function, 2 * count), address, count
        return self._heads[asked]

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
        if self._open or len(data) != REQUEST:
            data = self._open + data
        whole = len(data) - len(data) % REQUEST
        for start in range(0, whole, REQUEST):
            self._transport.write(self._controller.answer(data[start : start + REQUEST]))
        self._open = data[whole:]


def live(pipe: Connection, devices: int, tags: int) -> None:
    """Serve until told to stop; answers `count`, `times` and `drift`."""

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        controllers = [Controller(device, tags) for device in range(devices)]
        servers = [await loop.create_server(one, "127.0.0.1", 0, backlog=8) for one in controllers]

        def answer(what: Any) -> None:
            os.set_blocking(pipe.fileno(), True)  # the loop that listens to it made it one that takes only a little
            pipe.send(what)

        def heard() -> None:
            verb, *words = pipe.recv()
            if verb == "stop":
                answer(None)
                stop.set()
            elif verb == "drift":
                for device in words[0]:
                    controllers[device].drift(words[1], tags)
                answer(time.time())
            elif verb == "times":
                answer([one.times.tobytes() for one in controllers])
            else:
                answer((sum(one.served for one in controllers), time.process_time()))

        loop.add_reader(pipe.fileno(), heard)
        pipe.send([server.sockets[0].getsockname()[1] for server in servers])
        await stop.wait()

    loops.run(serve())


class Farm:
    """The controllers as a measurement sees them."""

    def __init__(self, pipe: Connection, ports: list[int]) -> None:
        self._pipe, self.ports, self._turn = pipe, ports, threading.Lock()

    def ask(self, *words: Any) -> Any:
        """One question, one answer."""
        with self._turn:
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
