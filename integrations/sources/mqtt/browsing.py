"""Listening to a broker for a moment, to see what is said there."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from integrations.plc import loops
from integrations.sources.mqtt import mapping
from integrations.sources.mqtt.client import connected
from integrations.sources.mqtt.wire import Message
from integrations.sources.seen import Seen
from integrations.sources.setting import FeedSetting
from integrations.sources.sparkplug import payload as payloads
from integrations.sources.sparkplug.nodes import SPACE, parts
from integrations.sources.sparkplug.protobuf import BadMessage

SECONDS = 2.0
MOST = 500
DEEPEST = 6


def look(setting: FeedSetting, path: str = "") -> list[Seen]:
    """What was said within two seconds, and what the broker keeps; `path` narrows it to a topic filter."""
    return loops.run(_heard(setting, path))


async def _heard(setting: FeedSetting, path: str) -> list[Seen]:
    found: dict[tuple[str, str], Seen] = {}
    nodes: set[str] = set()
    is_sparkplug = setting.kind == "sparkplug"

    def hear(message: Message) -> None:
        for one in _births(message, nodes) if is_sparkplug else _leaves(message, setting):
            if len(found) < MOST or (one.path, one.field) in found:
                found[one.path, one.field] = one

    plain = FeedSetting(setting.kind, setting.code, setting.host, setting.port, setting.path, setting.period_ms,
                        setting.timeout_ms, (), _nameless(setting))
    async with connected(plain, hear) as client:
        await client.subscribe([f"{SPACE}/{setting.path or '+'}/#" if is_sparkplug else path or "#"], 0)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not client.lost.done():
            await asyncio.wait([client.lost], timeout=SECONDS / 4)
            while nodes:
                group, _, name = nodes.pop().partition("/")
                client.publish(f"{SPACE}/{group}/NCMD/{name}", payloads.rebirth(time.time_ns() // 1_000_000))
    return sorted(found.values(), key=lambda one: (one.path, one.field))


def _nameless(setting: FeedSetting) -> Any:
    """Under another name than the feed's, for a broker ends the session of a name that comes twice."""
    return replace(setting.way, client_id="")


def _leaves(message: Message, setting: FeedSetting) -> Iterator[Seen]:
    try:
        data = json.loads(message.payload)
    except ValueError:
        data = message.payload.decode(errors="replace")
    times = mapping.found(data, mapping.path(setting.way.time_field)) if setting.way.time_field else []
    at_us = mapping.moment_us(times[0]) if times else time.time_ns() // 1000
    for field, value in _flat(data, "", 0):
        yield Seen(message.topic, message.topic.rpartition("/")[2], field, type(value).__name__, value, at_us=at_us)


def _flat(data: Any, where: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict) and depth < DEEPEST:
        for name, value in data.items():
            yield from _flat(value, f"{where}.{name}" if where else str(name), depth + 1)
    elif isinstance(data, list) and depth < DEEPEST:
        for place, value in enumerate(data[:DEEPEST]):
            yield from _flat(value, f"{where}[{place}]", depth + 1)
    else:
        yield where, data


def _births(message: Message, nodes: set[str]) -> Iterator[Seen]:
    """Metrics that are named; a node that only says aliases is asked for its names."""
    found = parts(message.topic)
    if found is None or found[0].endswith("DEATH"):
        return
    kind, node, device = found
    try:
        payload = payloads.read(message.payload)
    except BadMessage:
        return
    if kind.endswith("DATA"):
        nodes.add(node)
    where = f"{node}/{device}" if device else node
    for one in payload.metrics:
        if one.name:
            at_ms = one.at_ms or payload.at_ms
            yield Seen(f"{where}:{one.name}", one.name, kind=payloads.TYPES.get(one.kind, ""), value=one.value,
                       quality=one.quality, at_us=None if at_ms is None else at_ms * 1000)
