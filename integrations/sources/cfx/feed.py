"""Hearing lines that speak IPC-CFX through a broker of AMQP 1.0: numbers, states, and units that arrive."""

import asyncio
import json
import time
from collections import defaultdict
from functools import partial
from typing import Any

from django.conf import settings

from integrations.sources.amqp import frames
from integrations.sources.amqp.client import Client, Message, connected
from integrations.sources.amqp.types import BadFrame
from integrations.sources.cfx import envelopes
from integrations.sources.lines.scans import Desk
from integrations.sources.listening import LAST_RECEIPTS, Listener
from integrations.sources.setting import FeedSetting

LOOK = 1.0
SCAN = "scan"


class CfxFeed(Listener):
    """One queue or address of one broker. A message is accepted when all that it says lies on the disk."""

    def __init__(self, setting: FeedSetting) -> None:
        super().__init__(setting)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, tag in enumerate(setting.tags):
            self._places[tag.path].append(place)
        self.desk = Desk(setting.code, settings.VAR_DIR / "spool" / f"cfx-{setting.code}")
        self._heard_at, self._is_silent, self._is_leaving = 0.0, False, False

    async def session(self) -> None:
        working = [asyncio.create_task(self.desk.work()), asyncio.create_task(self._listen())]
        try:
            await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._is_leaving = True  # what still comes is kept by the broker
            await self.settled()
            raise
        finally:
            for task in reversed(working):
                task.cancel()
            ends = await asyncio.gather(*working, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def _listen(self) -> None:
        self._client: Client | None = None
        early: list[Message] = []
        hear = lambda one: self._take(one) if self._client else early.append(one)  # noqa: E731
        async with connected(self.setting, hear) as client:
            self._heard_at, self._is_silent = time.monotonic(), False
            self.book.begin()
            self._client = client
            for one in early:
                self._take(one)
            while not client.lost.done():
                await asyncio.wait([client.lost], timeout=LOOK)
                self._watch()
            raise client.lost.result()

    async def settled(self) -> None:
        """Scans reach the disk by another way than readings."""
        until = time.monotonic() + LAST_RECEIPTS
        while self.desk.is_writing and time.monotonic() < until:
            await asyncio.sleep(0.005)
        await super().settled()

    def _watch(self) -> None:
        patience = self.setting.way.silent_s
        if patience and not self._is_silent and time.monotonic() - self._heard_at > patience:
            self._is_silent = True
            self.book.lost(f"nothing came for {patience} s")
        elif not patience:
            self.book.alive()
        self.health.told = self.desk.as_json()

    def _take(self, message: Message) -> None:
        if self._is_leaving or self._client is None:
            return
        if self.desk.is_full:  # whatever is not accepted stays with the broker
            self._client.refuse("too many scans wait for the database")
            return
        self._heard_at = time.monotonic()
        if self._is_silent:
            self._is_silent = False
            self.book.begin()
        self.book.alive()
        try:
            for body in frames.bodies(message.payload):
                self._hear(json.loads(body))
        except (BadFrame, ValueError) as error:  # what can't be read today can't be read tomorrow: told, and left
            self.book.fault(f"this is no message of CFX: {error}")
        accept = partial(self._client.accept, message)
        self.desk.when_kept(lambda: self.book.answer(accept))

    def _hear(self, data: Any) -> None:
        envelope = envelopes.read(data)
        said = self.desk.told.line(f"{envelope.short} {envelope.source}".strip(), time.time_ns() // 1000)
        for number, fact in enumerate(envelopes.facts(envelope)):
            for place in self._places.get(fact.path, ()):
                tag = self.setting.tags[place]
                said["found"].append([tag.name, str(fact.value)])
                if tag.kind == SCAN:
                    event = envelopes.event(self.code, envelope, fact, number)
                    self.desk.scan(str(fact.value), event, said)
                else:
                    self.book.say(place, fact.value, fact.at_us)
