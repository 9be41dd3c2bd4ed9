"""Telling open pages to look again: a hint after the commit, sent from a thread of its own, never a fact."""

import asyncio
import hashlib
import logging
import queue
import threading
from functools import cache
from typing import Any

from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CAPACITY = 2000
PATIENCE = 2.0

Message = tuple[str, dict[str, Any]]


def group(topic: str) -> str:
    """The channel group of a topic; hashed, so that no topic can spell another group's name."""
    return "zz." + hashlib.sha256(topic.encode()).hexdigest()[:40]


def push(topic: str, event: str, data: dict[str, Any] | None = None) -> None:
    """Once committed, hint to the pages that listen to a topic. The caller never waits and never fails."""
    message = {"type": "hint", "topic": topic, "event": event, "data": data or {}}
    transaction.on_commit(lambda: _hand_over(topic, message), robust=True)


def _hand_over(topic: str, message: dict[str, Any]) -> None:
    try:
        outbox().put_nowait((group(topic), message))
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
    layer = get_channel_layer()
    while True:
        name, message = waiting.get()
        try:
            await asyncio.wait_for(layer.group_send(name, message), PATIENCE)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("a hint for %s was not sent: %s", message["topic"], error)
        finally:
            waiting.task_done()
