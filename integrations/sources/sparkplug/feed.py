"""Hearing nodes of Sparkplug B, and letting them know that their host is there."""

import asyncio
import json
import time
from collections import defaultdict
from functools import partial

from integrations.plc.tags import Quality
from integrations.sources.listening import Listener
from integrations.sources.mqtt.client import Client, connected
from integrations.sources.mqtt.wire import Message
from integrations.sources.setting import FeedSetting
from integrations.sources.sparkplug import payload as payloads
from integrations.sources.sparkplug.nodes import SPACE, Ask, Born, Died, Host, Said, parts
from integrations.sources.sparkplug.protobuf import BadMessage

LOOK = 1.0
ASK_AGAIN = 5.0  # seconds between two requests to one node


class SparkplugFeed(Listener):
    """One broker with its nodes, as a host application (specification 3.0, chapter 5)."""

    def __init__(self, setting: FeedSetting) -> None:
        super().__init__(setting)
        self._places: dict[str, list[int]] = defaultdict(list)
        self._below: dict[str, list[int]] = defaultdict(list)
        for place, tag in enumerate(setting.tags):
            where = tag.path.partition(":")[0]
            levels = where.split("/")
            self._places[tag.path].append(place)
            for depth in range(2, len(levels) + 1):
                self._below["/".join(levels[:depth])].append(place)
        self._wanted = {"/".join(where.split("/")[:2]) for where in self._below}
        self._since: dict[str, int] = {}
        self._heard: dict[str, int] = {}

    async def session(self) -> None:
        self._host, self._asked, self._unborn = Host(), dict[str, float](), set[str]()
        host_id, at_ms = self.setting.way.client_id, time.time_ns() // 1_000_000
        state = f"{SPACE}/STATE/{host_id}"
        will = Message(state, _state(False, at_ms), 1, True) if host_id else None
        self._client: Client | None = None
        early: list[Message] = []
        async with connected(self.setting, lambda one: self._take(one) if self._client else early.append(one),
                             will=will, is_safe_at_once=False) as client:
            await client.subscribe([f"{SPACE}/{self.setting.path or '+'}/#", *([state] if host_id else [])])
            self._client = client
            if host_id:
                client.publish(state, _state(True, at_ms), qos=1, retain=True)
            self.book.begin()
            for one in early:
                self._take(one)
            for node in sorted(self._wanted):
                if node not in self._host.nodes:
                    self._ask(node)
            while not client.lost.done():
                await asyncio.wait([client.lost], timeout=LOOK)
                if not client.lost.done():
                    self.book.alive()
                    self.book.refresh()
                    for node in sorted(self._unborn):
                        self._ask(node)
            raise client.lost.result()

    def _take(self, message: Message) -> None:
        """Hear a message; its sender is told when what it says lies on the disk."""
        self._hear(message)
        if message.qos and self._client is not None:
            self.book.answer(partial(self._client.acknowledge, message))

    def _hear(self, message: Message) -> None:
        found = parts(message.topic)
        if found is None:
            self._keep_state(message)
            return
        kind, node, device = found
        if node not in self._wanted:
            return
        try:
            payload = payloads.read(message.payload)
        except BadMessage as error:
            self.book.fault(f"{message.topic}: {error}")
            return
        self.book.alive()
        for event in self._host.hear(kind, node, device, payload):
            if isinstance(event, Said):
                self._say(event)
            elif isinstance(event, Born):
                self._born(event.where)
            elif isinstance(event, Died):
                self._died(event)
            elif isinstance(event, Ask):
                self.book.fault(f"{event.node}: {event.cause}")
                self._ask(event.node)
        self._heard[node] = self._heard[f"{node}/{device}"] = time.time_ns() // 1000

    def _say(self, event: Said) -> None:
        for place in self._places.get(event.path, ()):
            metric = event.metric
            quality = metric.quality if metric.value is not None else max(metric.quality, Quality.BAD)
            at_us = None if event.at_ms is None else event.at_ms * 1000
            self.book.say(place, metric.value, at_us, quality, late=metric.is_historical)

    def _died(self, event: Died) -> None:
        """What was under it is stale from now on, and missing since it was heard last."""
        since = self._heard.get(event.where, time.time_ns() // 1000)
        self._since.setdefault(event.where, since)
        self.book.fault(f"{event.where}: {event.cause}")
        self.book.doubt(Quality.STALE, self._below.get(event.where, ()))

    def _born(self, where: str) -> None:
        """What was missing until now is written down."""
        self._unborn.discard(where)
        for gone in [one for one in self._since if one == where or one.startswith(f"{where}/")]:
            since = self._since.pop(gone)
            for place in self._below.get(gone, ()):
                self.book.miss(place, since, f"{gone} was away")

    def _ask(self, node: str) -> None:
        """Ask a node to be born again; not too often, but until it is."""
        now = time.monotonic()
        self._unborn.add(node)
        if self._client is None or now - self._asked.get(node, -ASK_AGAIN) < ASK_AGAIN:
            return
        self._asked[node] = now
        group, _, name = node.partition("/")
        self._client.publish(f"{SPACE}/{group}/NCMD/{name}", payloads.rebirth(time.time_ns() // 1_000_000))

    def _keep_state(self, message: Message) -> None:
        """An old will of ours may say that we are gone; nodes must not believe it."""
        host_id = self.setting.way.client_id
        if not host_id or self._client is None or message.topic != f"{SPACE}/STATE/{host_id}":
            return
        try:
            is_online = json.loads(message.payload).get("online")
        except (ValueError, AttributeError):
            is_online = False
        if not is_online:
            self._client.publish(message.topic, _state(True, time.time_ns() // 1_000_000), qos=1, retain=True)


def _state(is_online: bool, at_ms: int) -> bytes:
    return json.dumps({"online": is_online, "timestamp": at_ms}).encode()
