"""How far a file is, for the page that waits for it: a hint in Redis, never a fact."""

import logging
from functools import cache

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
KEPT = 120
PATIENCE = 0.5


@cache
def _client() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def _key(person: int, token: str) -> str:
    return f"zz.export.{person}.{token}"


def note(person: int, token: str, rows: int) -> None:
    """Say that so many rows are written."""
    try:
        _client().set(_key(person, token), rows, ex=KEPT)
    except RedisError as error:
        log.warning("the progress of a file was not noted: %s", error)


def read(person: int, token: str) -> int:
    """How many rows are written."""
    try:
        return int(_client().get(_key(person, token)) or 0)
    except RedisError as error:
        log.warning("the progress of a file was not read: %s", error)
        return 0
