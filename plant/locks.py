"""Row locks, taken in one order everywhere.

Place (an advisory lock: a machine is sealed while what stood there is held), queue (likewise: who changes the order in
which a line works), job order, job segment, lot (ascending id), nonconformance and hold, document, journal head. A
command that needs several kinds of rows locks them in this order; within a kind, by ascending key.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

RowT = TypeVar("RowT", bound=Model)


def lock(rows: "QuerySet[RowT]") -> list[RowT]:
    """Lock rows until the transaction ends, and read them as they are once locked."""
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


PLACE, QUEUE = 0x5A50, 0x5A51  # the advisory locks of places and of queues; any other kind takes another number
ENTER = "SELECT pg_advisory_xact_lock_shared(%s, place) FROM unnest(%s::int[]) AS place ORDER BY place"
SEAL = "SELECT pg_advisory_xact_lock(%s, place) FROM unnest(%s::int[]) AS place ORDER BY place"


def enter(places: Iterable[int]) -> None:
    """Say, until the transaction ends, that something may arrive at these places. Taken before any row lock."""
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [PLACE, list(places)])


def seal(places: Iterable[int]) -> None:
    """Wait for whatever is arriving at these places, and let nothing else arrive until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(SEAL, [PLACE, list(places)])


def queue(lines: Iterable[int]) -> None:
    """Change the order in which these lines work alone, until the transaction ends. Taken before any row lock."""
    with connection.cursor() as cursor:
        cursor.execute(SEAL, [QUEUE, list(lines)])
