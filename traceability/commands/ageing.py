"""What becomes of readings as they grow old: rows, then blocks, then values by the hour."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from plant.commands import journal, leases
from plant.models import Person
from plant.transactions import command
from traceability.models import Stream
from traceability.queries import kept
from traceability.queries.kept import Stretch

log = logging.getLogger(__name__)

LEASE, LEASE_SECONDS = "readings.ageing", 60.0
BLOCK = 500  # readings: a window of a thousand opens three blocks at most
TURN = 20_000  # readings packed, or blocks dropped times their size, in one transaction
WITH_ROWS = """
SELECT s.id FROM traceability_stream s
WHERE EXISTS (SELECT FROM traceability_reading r WHERE r.stream_id = s.id AND r.at < %s) ORDER BY s.id
"""
PACK = "SELECT zz_pack_readings(%s, %s, %s, %s)"
DROP = """
SELECT blocks, readings, from_at, to_at FROM zz_drop_readings(%s, %s, ARRAY(
  SELECT tstzrange(k.from_at, k.to_at, '[]') FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS k(from_at, to_at)
), %s)
"""
DROP_DAYS = "SELECT zz_drop_empty_days(%s)"


def pack(*, now: datetime, seconds: float) -> int:
    """Pack what is older than READINGS_RAW_DAYS whole days, for so many seconds at most; how many readings that were.

    Each turn commits for itself, so a pass may end anywhere and the next one goes on.
    """
    before = midnight(now) - timedelta(days=max(settings.READINGS_RAW_DAYS, 1))
    packed, end = 0, time.monotonic() + seconds
    with _alone() as still:
        for stream in _with_rows(before):
            try:
                while time.monotonic() < end and still() and (count := _pack_some(stream=stream, before=before)):
                    packed += count
            except DatabaseError:
                log.exception("the readings of stream %s stay as they are", stream)
    return packed


def drop(*, by: Person, now: datetime, seconds: float) -> int:
    """Drop what is older than READINGS_KEEP_DAYS, but for what somebody still needs; how many readings went.

    Their values by the hour stay, and the journal of each stream says what went. 0 days keep everything.
    """
    if not settings.READINGS_KEEP_DAYS:
        return 0
    before = midnight(now) - timedelta(days=settings.READINGS_KEEP_DAYS)
    dropped, end = 0, time.monotonic() + seconds
    with _alone() as still:
        needed = kept.by_stream(now)
        for stream in Stream.objects.filter(blocks__to_at__lt=before).distinct().order_by("pk"):
            stretches = needed.get(stream.pk, [])
            while time.monotonic() < end and still() and (
                count := _drop_some(stream=stream, before=before, stretches=stretches, by=by)
            ):
                dropped += count
    return dropped


def drop_empty_days(*, now: datetime) -> int:
    """Drop the day tables that packing emptied; how many."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_DAYS, [(midnight(now) - timedelta(days=max(settings.READINGS_RAW_DAYS, 1))).date()])
        dropped: int = cursor.fetchone()[0]
    return dropped


def midnight(now: datetime) -> datetime:
    """When the day of the readings' tables began."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@contextmanager
def _alone() -> Iterator[Callable[[], bool]]:
    """One at a time; what it gives says whether that is still so, and keeps it so for a while."""
    holder = uuid.uuid4().hex
    token = leases.acquire(name=LEASE, holder=holder, seconds=LEASE_SECONDS)
    try:
        yield lambda: token is not None and leases.renew(
            name=LEASE, holder=holder, token=token, seconds=LEASE_SECONDS
        )
    finally:
        if token is not None:
            leases.release(name=LEASE, holder=holder, token=token)


@command
def _pack_some(*, stream: int, before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(PACK, [stream, before, BLOCK, TURN])
        packed: int = cursor.fetchone()[0]
    return packed


@command
def _drop_some(*, stream: Stream, before: datetime, stretches: Sequence[Stretch], by: Person) -> int:
    starts, ends = [one.from_at for one in stretches], [one.to_at for one in stretches]
    with connection.cursor() as cursor:
        cursor.execute(DROP, [stream.pk, before, starts, ends, TURN // BLOCK])
        blocks, readings, from_at, to_at = cursor.fetchone()
    if blocks:
        data = {"readings": readings, "blocks": blocks, "from": from_at, "to": to_at}
        journal.record("readings.dropped", subject=stream, by=by, data=data, crosses_sites=True)
    return int(readings)


def _with_rows(before: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(WITH_ROWS, [before])
        return [pk for (pk,) in cursor.fetchall()]
