"""Hearing JSON from a broker: which topic and which field is which tag, its time and its quality."""

import asyncio
import json
import time
from collections import defaultdict
from functools import partial

from integrations.plc.tags import Quality
from integrations.sources.listening import Listener
from integrations.sources.mqtt import mapping
from integrations.sources.mqtt.client import Client, connected
from integrations.sources.mqtt.wire import Message, matches
from integrations.sources.setting import FeedSetting

LOOK = 1.0
MOST_TOPICS = 100_000


class MqttFeed(Listener):
    """One broker. With a name of our own there, it keeps for us what is said while nobody listens."""

    def __init__(self, setting: FeedSetting) -> None:
        super().__init__(setting)
        self._steps = [mapping.path(tag.field) for tag in setting.tags]
        self._time, self._quality = mapping.path(setting.way.time_field), mapping.path(setting.way.quality_field)
        self._filters: dict[str, list[int]] = defaultdict(list)
        for place, tag in enumerate(setting.tags):
            self._filters[tag.path].append(place)
        self._places: dict[str, list[int]] = {}
        self._heard_at = 0.0
        self._is_silent = False

    async def session(self) -> None:
        clean = not self.setting.way.client_id
        self._client: Client | None = None
        early: list[Message] = []  # a broker that kept something for us may say it before we asked
        hear = lambda one: self._take(one) if self._client else early.append(one)  # noqa: E731
        async with connected(self.setting, hear, clean=clean, is_safe_at_once=False) as client:
            await client.subscribe(sorted(self._filters))
            self._heard_at, self._is_silent, self._is_leaving = time.monotonic(), False, False
            self.book.begin()
            self._client = client
            for one in early:
                self._take(one)
            try:
                while not client.lost.done():
                    await asyncio.wait([client.lost], timeout=LOOK)
                    self._watch()
            except asyncio.CancelledError:
                self._is_leaving = True  # what still comes is kept by the broker
                await self.settled()
                raise
            raise client.lost.result()

    def _take(self, message: Message) -> None:
        """Hear a message; its sender is told when what it says lies on the disk, never before."""
        if self._is_leaving or self._client is None:
            return
        self._hear(message)
        if message.qos:
            self.book.answer(partial(self._client.acknowledge, message))

    def _watch(self) -> None:
        """A broker that lives says nothing of whoever should speak through it."""
        patience = self.setting.way.silent_s
        if self._is_silent:
            return
        if patience and time.monotonic() - self._heard_at > patience:
            self._is_silent = True
            self.book.lost(f"nothing came for {patience} s")
        elif not patience:
            self.book.alive()

    def _hear(self, message: Message) -> None:
        places = self._places.get(message.topic)
        if places is None:
            places = self._sort(message.topic)
        if not places:
            return
        self._heard_at = time.monotonic()
        if self._is_silent:
            self._is_silent = False
            self.book.begin()
        self.book.alive()
        try:
            data = json.loads(message.payload)
        except ValueError:
            data = self._as_text(message, places)
        for place in places:
            self._tell(place, data)

    def _tell(self, place: int, data: object) -> None:
        values = mapping.found(data, self._steps[place])
        if not values:
            return
        times = mapping.beside(data, self._time, len(values))
        qualities = mapping.beside(data, self._quality, len(values))
        for value, at, quality in zip(values, times, qualities, strict=True):
            self.book.say(place, value, mapping.moment_us(at), mapping.quality(quality))

    def _as_text(self, message: Message, places: list[int]) -> str:
        """What is no JSON may still be a plain word for a tag that takes the whole of it; the others are bad."""
        fields = [place for place in places if self._steps[place]]
        if fields:
            self.book.fault(f"{message.topic}: this is no JSON")
        for place in fields:
            self.book.say(place, None, None, Quality.BAD)
        return message.payload.decode(errors="replace")

    def _sort(self, topic: str) -> list[int]:
        """The tags of a topic, found once."""
        if len(self._places) >= MOST_TOPICS:
            self._places.clear()
        found = [place for wanted, those in self._filters.items() if matches(wanted, topic) for place in those]
        self._places[topic] = found
        return found
