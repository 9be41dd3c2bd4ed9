"""Hints to other processes: sent from a thread of their own, dropped when nobody listens, never a fact."""

import logging
import queue
import threading
from functools import cache
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CAPACITY = 1000


@cache
def outbox() -> "queue.Queue[tuple[str, list[Any]]]":
    """The waiting hints of this process, and the thread that sends them."""
    waiting: queue.Queue[tuple[str, list[Any]]] = queue.Queue(CAPACITY)
    threading.Thread(target=drain, args=[waiting], name="hints", daemon=True).start()
    return waiting


def send(task: str, *args: Any) -> None:
    """Ask a worker to run a task soon. The caller never waits and never fails."""
    try:
        outbox().put_nowait((task, list(args)))
    except queue.Full:
        log.warning("dropped the hint %s: %s wait already", task, CAPACITY)


def drain(waiting: "queue.Queue[tuple[str, list[Any]]]") -> None:
    """Send hints one by one, merging repeats, for as long as the process lives."""
    while True:
        batch = [waiting.get()]
        while not waiting.empty():
            batch.append(waiting.get_nowait())
        for task, args in {repr(hint): hint for hint in batch}.values():
            try:
                current_app.send_task(task, args=args, expires=30, retry=False)
            except (OperationalError, RedisError, OSError) as error:
                log.warning("the hint %s was not sent: %s", task, error)
