"""Customers' pages as they were drawn, kept for seconds, and scans that are not counted yet: hints in the broker.

A page is kept under the version that its lot had in the database before it was drawn, so whatever changes it is seen at
once; the few seconds only bound what no version knows (a name that was put right). Without the broker every page is
drawn anew, and every scan is counted at once.
"""

import logging
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis, RedisError

log = logging.getLogger(__name__)
PATIENCE, LASTS = 0.2, 30
SCANNED = "zz.public.scanned"  # lots with scans that are not counted yet
Scans = dict[tuple[str, date], int]


@cache
def broker() -> "Redis":
    """The connection of this process."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def look(lot: int, key: str, place: str, day: date, *, is_scan: bool) -> tuple[bytes | None, bool]:
    """The page kept under this key, and whether this scan of it is noted, to be counted soon. One round trip."""
    try:
        pipe = broker().pipeline(transaction=False).get(_name(lot, key))
        if is_scan:
            pipe.hincrby(_pending(lot), f"{day:%Y-%m-%d}|{place}", 1).sadd(SCANNED, lot)
        found = pipe.execute()
    except (RedisError, OSError) as error:
        log.warning("customers' pages are not kept: %s", error)
        return None, False
    return found[0], is_scan


def keep(lot: int, key: str, page: bytes) -> None:
    """Keep a page for the next ones who scan this code."""
    _without_fail(lambda: broker().set(_name(lot, key), page, ex=LASTS), None)


def pending(lot: int) -> Scans:
    """The scans of a lot that are not counted yet; whoever takes them counts them."""
    def take() -> dict[bytes, bytes]:
        pipe = broker().pipeline()
        found: dict[bytes, bytes] = pipe.hgetall(_pending(lot)).delete(_pending(lot)).execute()[0]
        return found

    taken = _without_fail(take, {})
    pairs = [(name.decode().partition("|"), int(times)) for name, times in taken.items()]
    return {(place, date.fromisoformat(day)): times for (day, _bar, place), times in pairs}


def waiting(most: int) -> list[int]:
    """Lots with scans to be counted."""
    return [int(one) for one in _without_fail(lambda: broker().spop(SCANNED, most), None) or []]


def _without_fail(act: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return act()
    except (RedisError, OSError) as error:
        log.warning("customers' pages are not kept: %s", error)
        return otherwise


def _name(lot: int, key: str) -> str:
    return f"zz.public.page:{lot}:{key}"


def _pending(lot: int) -> str:
    return f"zz.public.scans:{lot}"
