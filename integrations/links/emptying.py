"""Connections whose messages have contents that were kept long enough, one after the other, piece by piece."""

from collections.abc import Callable
from datetime import datetime

from integrations.links.commands import emptying
from integrations.models import Connection
from plant.queries import persons

MOST_PIECES = 50  # of a connection in one hour


def empty_all(*, clock: Callable[[], datetime]) -> int:
    """Empty what is due; how many messages."""
    by, count = persons.system("links"), 0
    for connection in Connection.objects.filter(keep_days__gt=0).order_by("pk"):
        for _piece in range(MOST_PIECES):
            done = emptying.empty(connection=connection, by=by, at=clock())
            count += done
            if done < emptying.BATCH:
                break
    return count
