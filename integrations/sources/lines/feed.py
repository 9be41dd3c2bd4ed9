"""Hearing lines: from a device that we call, from devices that call us, or from a serial line."""

import asyncio
import re
import socket
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from integrations.plc.tags import Quality, Tag
from integrations.sources.lines.cutting import Cutter, found, number
from integrations.sources.lines.scans import Desk
from integrations.sources.listening import Listener
from integrations.sources.setting import FeedSetting
from integrations.sources.settling import settle

LISTEN = "listen"  # as path: devices call us, on our port
SCAN = "scan"
LOOK = 1.0
PIECE = 4096
KEEP_ALIVE = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))


class NotAPattern(ValueError):
    """A tag whose path can't be read as a pattern."""


class LinesFeed(Listener):
    """One device, or all that call one port of ours."""

    def __init__(self, setting: FeedSetting) -> None:
        super().__init__(setting)
        self._patterns: list[re.Pattern[str] | None] = []
        self._wrong: list[str] = []
        for tag in setting.tags:
            try:
                self._patterns.append(re.compile(tag.path))
            except re.error as error:
                self._patterns.append(None)
                self._wrong.append(f"{tag.path}: {error}")
        self._heard_at, self._is_silent = 0.0, False
        self.desk = Desk(setting.code, settings.VAR_DIR / "spool" / f"lines-{setting.code}")

    async def session(self) -> None:
        for wrong in self._wrong:
            self.book.fault(wrong)
        working = [asyncio.create_task(self.desk.work()), asyncio.create_task(self._listen())]
        try:
            await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in working:
                task.cancel()
            ends = await asyncio.gather(*working, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def _listen(self) -> None:
        if self.setting.path == LISTEN:
            await self._be_called()
        elif self.setting.path:
            await self._hear_serial()
        else:
            await self._call()

    async def _call(self) -> None:
        async with asyncio.timeout(max(self.setting.timeout_ms / 1000, 1.0) * 3):
            reader, writer = await asyncio.open_connection(self.setting.host, self.setting.port)
        try:
            self._keep_alive(writer)
            self._begin()
            await self._follow(reader)
        finally:
            writer.close()

    async def _be_called(self) -> None:
        server = await asyncio.start_server(self._answer, "0.0.0.0", self.setting.port)  # noqa: S104
        async with server:
            self._begin()
            await self._watch()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A device that calls; with a host among our settings, only that one may."""
        try:
            peer = writer.get_extra_info("peername")[0]
            if self.setting.host and peer != self.setting.host:
                self.book.fault(f"{peer} called, and only {self.setting.host} may")
                return
            self._keep_alive(writer)
            cutter = Cutter()
            while data := await reader.read(PIECE):
                self._take(cutter, data)
        except OSError as error:
            self.book.fault(str(error))
        finally:
            writer.close()

    async def _hear_serial(self) -> None:
        import serial

        loop, over = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()
        line = serial.Serial(self.setting.path, self.setting.way.baud, timeout=0)
        cutter = Cutter()
        loop.add_reader(line.fileno(), self._read_serial, line.read, cutter, over)
        try:
            self._begin()
            await self._watch(over)
        finally:
            loop.remove_reader(line.fileno())
            line.close()

    def _read_serial(self, read: Callable[[int], bytes], cutter: Cutter, over: "asyncio.Future[None]") -> None:
        try:
            data = read(PIECE)
            if not data:
                raise ConnectionError("the serial line was pulled out")
            self._take(cutter, data)
        except Exception as error:  # pyserial's own errors are of several families
            if not over.done():
                over.set_exception(error)

    async def _follow(self, reader: asyncio.StreamReader) -> None:
        cutter = Cutter()
        watching = asyncio.create_task(self._watch())
        try:
            while data := await reader.read(PIECE):
                self._take(cutter, data)
        finally:
            watching.cancel()
        raise ConnectionError("the device closed the connection")

    async def _watch(self, over: "asyncio.Future[None] | None" = None) -> None:
        """A line that is open is well, unless somebody said how long it may be quiet."""
        while True:
            await asyncio.wait([over or asyncio.create_task(asyncio.sleep(LOOK))], timeout=LOOK)
            if over is not None and over.done():
                over.result()
            patience = self.setting.way.silent_s
            if patience and not self._is_silent and time.monotonic() - self._heard_at > patience:
                self._is_silent = True
                self.book.lost(f"nothing came for {patience} s")
            elif not patience:
                self.book.alive()
            self.tell()

    def _begin(self) -> None:
        self._heard_at, self._is_silent = time.monotonic(), False
        self.book.begin()

    def _take(self, cutter: Cutter, data: bytes) -> None:
        for line in cutter.take(data):
            self._heard_at = time.monotonic()
            if self._is_silent:
                self._begin()
            self.book.alive()
            self._hear(line)
            self.tell()

    def _hear(self, line: str) -> None:
        """Every pattern that fits takes its part of the line."""
        said = self.desk.told.line(line, time.time_ns() // 1000)
        for place, pattern in enumerate(self._patterns):
            text = found(pattern, line) if pattern is not None else None
            if text is None:
                continue
            tag = self.setting.tags[place]
            said["found"].append([tag.name, text])
            if tag.kind == SCAN:
                self.desk.put(text, said)
            else:
                self.book.say(place, number(text), None)
                self._measure(tag, number(text), said)
        if not said["found"]:
            self.book.fault(f"no pattern fits: {line[:80]}")

    def _measure(self, tag: Tag, text: str, said: dict[str, Any]) -> None:
        """A tag whose field names a gauge also fills the open sample of the inspection in hand."""
        value, quality = settle(tag, text)
        if tag.field and quality == Quality.GOOD:
            self.desk.measure(tag.field, value, said)

    def tell(self) -> None:
        """How the desk does, for the page of this source."""
        self.health.told = self.desk.as_json()

    def _keep_alive(self, writer: asyncio.StreamWriter) -> None:
        """A cable that was pulled out is noticed within half a minute."""
        one: socket.socket = writer.get_extra_info("socket")
        one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEP_ALIVE:
            if hasattr(socket, name):
                one.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
