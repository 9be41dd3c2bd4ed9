"""Telling open pages to look again: a hint after the commit, sent from a thread of its own, never a fact."""

import asyncio
import hashlib
import logging
import queue
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CAPACITY = 2000
PATIENCE = 2.0

Message = tuple[str, dict[str, Any]]
Told = Callable[[], dict[str, Any]]
MANY = ""  # instead of a group's name: hints by topic, built only where somebody listens
HEARD = "asgi__group__"  # how the channel layer spells a group in the broker


def group(topic: str) -> str:
    """The channel group of a topic; hashed, so that no topic can spell another group's name."""
    return "zz." + hashlib.sha256(topic.encode()).hexdigest()[:40]


def push(topic: str, event: str, data: dict[str, Any] | None = None) -> None:
    """Once committed, hint to the pages that listen to a topic. The caller never waits and never fails."""
    message = {"type": "hint", "topic": topic, "event": event, "data": data or {}}
    transaction.on_commit(lambda: _hand_over(topic, message), robust=True)


def push_heard(event: str, told: Mapping[str, Told]) -> None:
    """`push` for very many topics of which few have a listener: what nobody hears is neither built nor sent."""
    hints = {group(topic): (topic, event, build) for topic, build in told.items()}
    if hints:
        transaction.on_commit(lambda: _hand_over(f"{len(hints)} topics", hints, MANY), robust=True)


def _hand_over(topic: str, message: dict[str, Any], name: str | None = None) -> None:
    try:
        outbox().put_nowait((group(topic) if name is None else name, message))
    except queue.Full:
        log.warning("dropped a hint for %s: %s wait already", topic, CAPACITY)


@cache
def outbox() -> "queue.Queue[Message]":
    """The waiting hints of this process, and the thread that sends them."""
    waiting: queue.Queue[Message] = queue.Queue(CAPACITY)
    threading.Thread(target=lambda: asyncio.run(_drain(waiting)), name="live", daemon=True).start()
    return waiting


async def _drain(waiting: "queue.Queue[Message]") -> None:
    """Send hints in their order for as long as the process lives; waiting blocks only this thread's own loop."""
    layer, broker = get_channel_layer(), Redis.from_url(settings.REDIS_URL)
    while True:
        name, message = waiting.get()
        try:
            hints = [(name, message)] if name != MANY else await _heard(broker, message)
            for one, hint in hints:
                await asyncio.wait_for(layer.group_send(one, hint), PATIENCE)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("a hint for %s was not sent: %s", message.get("topic", "many topics"), error)
        finally:
            waiting.task_done()


async def _heard(broker: "Redis", hints: dict[str, Any]) -> list[Message]:
    """The hints that somebody listens for, built."""
    asked = broker.pubsub_numsub(*(HEARD + name for name in hints))
    counts = await asyncio.wait_for(asked, PATIENCE)
    return [
        (name, {"type": "hint", "topic": topic, "event": event, "data": build()})
        for (name, (topic, event, build)), (_channel, listeners) in zip(hints.items(), counts, strict=True) if listeners
    ]
