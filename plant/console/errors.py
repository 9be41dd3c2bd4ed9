"""The last errors of every process, kept in Redis for the health page; losing them harms nobody."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import redis
from django.conf import settings

KEY, KEPT, LONGEST = "zhizao:errors", 100, 300
# An error must not wait for its own report.
PATIENCE = 0.3


def client() -> Any:
    """A connection that gives up soon."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


class RecentErrors(logging.Handler):
    """Keeps errors where the health page finds them; what can't be kept is counted."""

    lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one error: when, in which process, what."""
        try:
            with client() as link:
                link.lpush(KEY, json.dumps(told(record)))
                link.ltrim(KEY, 0, KEPT - 1)
        except redis.RedisError:
            self.lost += 1


def told(record: logging.LogRecord) -> dict[str, str]:
    """An error in one line; what a person typed is not in it, only the kind of the exception."""
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    text = " · ".join(filter(None, [record.getMessage().splitlines()[0] if record.getMessage() else "", kind]))
    where = f"{record.name} ({sys.argv[0].rsplit('/', 1)[-1]} {record.process})"
    return {"at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(), "where": where, "text": text[:LONGEST]}


def recent(count: int) -> list[dict[str, str]]:
    """The newest errors; raises RedisError when Redis does not answer."""
    with client() as link:
        return [json.loads(line) for line in link.lrange(KEY, 0, count - 1)]
