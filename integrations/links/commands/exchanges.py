"""Carrying out what waits: leased, carried in or handed over, and marked; in order for each object, nothing twice."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database
from django.db.models import Exists, OuterRef, Q

from integrations import waiting
from integrations.links.limits import TRIPS
from integrations.links.limits import lease as time_to_carry
from integrations.models import Connection, Direction, Exchange, ExchangeStatus
from plant.locks import lock
from plant.spoken import cut, kept_all
from plant.transactions import command

BATCH, TRIAL = 20, 1
LONGEST_WAIT = 24 * 3600.0
MOST_ATTEMPTS = 25  # nine days and more of waiting
MOST_REFUSALS = 6  # what a later message may mend is tried for some minutes
LONGEST_REST = 600.0
MINUTE = timedelta(minutes=1)
# Whoever comes later waits for what came before of the same object; inward a parked one only stops those without a
# version, for a version tells by itself which is the newer. An array is made once; a list in IN may
# be asked for again with each row, and then the limit holds for none.
TAKE = """
UPDATE integrations_exchange SET lease = %(lease)s, lease_until = %(until)s, attempts = attempts + 1
WHERE id = ANY (ARRAY(
  SELECT m.id FROM integrations_exchange m
  WHERE m.connection_id = %(connection)s AND m.direction = %(direction)s AND m.status = 'WAITING'
    AND m.next_at <= %(at)s AND (m.lease_until IS NULL OR m.lease_until < %(at)s)
    AND NOT EXISTS (
      SELECT FROM integrations_exchange e
      WHERE e.connection_id = m.connection_id AND e.direction = m.direction AND e.subject = m.subject
        AND e.noun = m.noun AND e.seq < m.seq
        AND (e.status = 'WAITING'
             OR e.status = 'DEAD' AND (m.direction = 'OUT' OR m.version = '' OR e.version = '')))
  ORDER BY m.seq LIMIT %(most)s FOR UPDATE OF m SKIP LOCKED))
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some messages of one connection, and the lease under which they are out."""

    connection: Connection
    lease: uuid.UUID
    exchanges: Sequence[Exchange]


def due(direction: str, at: datetime) -> list[Connection]:
    """The connections in use that have something to carry; outward only those that do not rest."""
    rows = Exchange.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=at), connection=OuterRef("pk"), direction=direction,
        status=ExchangeStatus.WAITING, next_at__lte=at,
    )
    found = Connection.objects.filter(Exists(rows), enabled=True).select_related("acts_as", "site").order_by("pk")
    if direction == Direction.OUT:
        found = found.filter(Q(rests_until__isnull=True) | Q(rests_until__lte=at), sends=True)
    return list(found)


@command
def take(*, connection: Connection, direction: str, at: datetime, most: int = BATCH) -> Batch | None:
    """Lease what is due of a connection; one that has just rested is tried with a single message."""
    row = lock(Connection.objects.filter(pk=connection.pk))[0]
    if direction == Direction.OUT:
        most = min(most, TRIAL if row.failures >= TRIPS else most, left(row, at))
    lease = uuid.uuid4()
    words: dict[str, Any] = {"lease": lease, "until": at + time_to_carry(row), "at": at, "most": most}
    words |= {"connection": row.pk, "direction": direction}
    with database.cursor() as cursor:
        cursor.execute(TAKE, words)
        taken = [pk for (pk,) in cursor.fetchall()]
    rows = list(Exchange.objects.filter(pk__in=taken).select_related("mapping").order_by("seq"))
    for one in rows:
        one.connection = connection
    return Batch(connection, lease, rows) if taken else None


@command
def renew(*, connection: Connection, lease: uuid.UUID, at: datetime) -> None:
    """Stay at what is left of a batch: its lease lasts from now on."""
    rows = Exchange.objects.filter(lease=lease, status=ExchangeStatus.WAITING, connection=connection)
    rows.update(lease_until=at + time_to_carry(connection))


def hold(*, exchange: Exchange, lease: uuid.UUID) -> bool:
    """Lock a message for as long as it is carried; False when the lease ran out and somebody else has it now."""
    rows = Exchange.objects.filter(pk=exchange.pk, lease=lease, status=ExchangeStatus.WAITING)
    return bool(lock(rows.only("pk")))


def left(connection: Connection, at: datetime) -> int:
    """How many more messages the other side takes at the moment; what is out now counts."""
    sent = Q(status=ExchangeStatus.DONE, done_at__gt=at - MINUTE)
    out = Q(status=ExchangeStatus.WAITING, lease_until__gte=at)
    count = Exchange.objects.filter(sent | out, connection=connection, direction=Direction.OUT).count()
    return max(0, connection.per_minute - count)


FREE: dict[str, Any] = {"lease": None, "lease_until": None}


@command
def done(
    *, exchange: Exchange, lease: uuid.UUID, at: datetime, result: Mapping[str, Any],
    status: str = ExchangeStatus.DONE, **more: Any,
) -> bool:
    """It was carried out; False when the lease ran out and somebody else has it now."""
    rows = Exchange.objects.filter(pk=exchange.pk, lease=lease, status=ExchangeStatus.WAITING)
    changes = {"status": status, "done_at": at, "result": kept_all(dict(result)), "last_error": "", **FREE, **more}
    if rows.update(**changes) != 1:
        return False
    if exchange.direction == Direction.OUT:
        answered(connection=exchange.connection_id, at=at)
    return True


@command
def failed(
    *, exchange: Exchange, lease: uuid.UUID, error: str, again: bool, at: datetime, after: float = 0.0,
    most: int = MOST_ATTEMPTS, result: Mapping[str, Any] | None = None, blame: bool = False, **more: Any,
) -> bool:
    """It could not be carried out: it waits longer each time, or is parked with the reason; whether it is parked."""
    again = again and exchange.attempts < most
    changes: dict[str, Any] = {
        "status": ExchangeStatus.WAITING if again else ExchangeStatus.DEAD, "last_error": cut(error, 500) or "?",
        "next_at": at + waiting.wait(exchange.attempts, longest=LONGEST_WAIT, asked=after),
        "died_at": None if again else at, **FREE, **more,
    }
    if result is not None:
        changes["result"] = kept_all(dict(result))
    rows = Exchange.objects.filter(pk=exchange.pk, lease=lease, status=ExchangeStatus.WAITING)
    if rows.update(**changes) == 1 and blame:
        silent(connection=exchange.connection_id, error=error, at=at, after=after)
    return not again


@command
def put_back(*, exchanges: Sequence[Exchange], lease: uuid.UUID) -> None:
    """Not tried, because one before failed: they wait on, and no attempt is counted."""
    rows = Exchange.objects.filter(pk__in=[one.pk for one in exchanges], lease=lease, status=ExchangeStatus.WAITING)
    for row in lock(rows):
        Exchange.objects.filter(pk=row.pk).update(attempts=max(0, row.attempts - 1), **FREE)


@command
def answered(*, connection: int, at: datetime) -> None:
    """The other side answered: whatever it failed before is over."""
    Connection.objects.filter(pk=connection).update(failures=0, rests_until=None, last_ok_at=at, last_error="")


@command
def silent(*, connection: int, error: str, at: datetime, after: float = 0.0) -> None:
    """The other side failed once more; after some failures in a row nobody asks it for a while."""
    row = lock(Connection.objects.filter(pk=connection))[0]
    row.failures += 1
    row.last_error = cut(error, 300)
    if row.failures >= TRIPS or after:
        row.rests_until = at + waiting.wait(row.failures - TRIPS + 1, longest=LONGEST_REST, asked=after)
    row.save(update_fields=["failures", "last_error", "rests_until"])
