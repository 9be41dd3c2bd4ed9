"""What the workers do for connections: ask the other side, carry in what came, hand over what waits."""

import logging
import queue
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from integrations.adapters.port import Adapter, Again, Incoming, Link, Never, Outgoing, Receipt, Refuses, Trouble
from integrations.links import answering, busy, carrying, opening
from integrations.links.commands import exchanges, fetching, inbox, outbox
from integrations.links.commands.exchanges import Batch
from integrations.links.queries import standing
from integrations.models import Connection, Direction, Exchange, ExchangeStatus
from plant.errors import Refusal

log = logging.getLogger(__name__)
AT_ONCE = 8
Clock = Callable[[], datetime]


def fetch(*, clock: Clock) -> int:
    """Ask every connection whose time has come, one after the other; how many messages were new."""
    count = 0
    while (taken := fetching.take(at=clock())) is not None:
        connection, lease = taken
        count += _fetched(connection, lease, clock)
    return count


def _fetched(connection: Connection, lease: uuid.UUID, clock: Clock) -> int:
    """One round with one connection: each message is kept before the next is asked for."""
    count, cursor, error = 0, connection.cursor, None
    try:
        adapter, link = opening.adapter_of(connection), opening.opened(connection)
        for incoming in adapter.fetch(link, connection.cursor):
            count += _keep(connection, incoming, clock())
            cursor = incoming.cursor or cursor
            if not fetching.renew(connection=connection, lease=lease, at=clock()):
                return count
        if isinstance(adapter, Refuses):
            adapter.refused(link, standing.refused(connection))
    except Trouble as trouble:
        error = trouble
    except Refusal as refusal:
        error = Never(refusal.message)
    except Exception as fault:  # an adapter's own fault must not stop the others
        log.exception("the adapter of %s failed", connection.code)
        error = Again(f"{type(fault).__name__}: {fault}")
    fetching.finished(connection=connection, lease=lease, cursor=cursor, error=error, at=clock())
    return count


def _keep(connection: Connection, incoming: Incoming, at: datetime) -> int:
    try:
        return int(inbox.receive(connection=connection, incoming=incoming, by=connection.acts_as, at=at).is_new)
    except Refusal as refusal:
        inbox.park(connection=connection, incoming=incoming, reason=refusal.message, by=connection.acts_as, at=at)
        return 1


def carry_in(*, clock: Clock) -> int:
    """Carry in what waits, object by object in order; how many were looked at."""
    count = 0
    for connection in exchanges.due(Direction.IN, clock()):
        while batch := exchanges.take(connection=connection, direction=Direction.IN, at=clock()):
            for one in batch.exchanges:
                _carried(batch, one, clock)
                exchanges.renew(connection=batch.connection, lease=batch.lease, at=clock())
                count += 1
    return count


def _carried(batch: Batch, one: Exchange, clock: Clock) -> None:
    try:
        carrying.carry(connection=batch.connection, exchange=one, lease=batch.lease, at=clock())
    except Exception as fault:  # nothing of it stands: the message waits, and is parked if it goes on like this
        log.exception("message %s of %s could not be carried in", one.seq, batch.connection.code)
        _failed(batch, one, f"{type(fault).__name__}: {fault}", clock())


def _failed(batch: Batch, one: Exchange, error: str, at: datetime) -> None:
    """A fault of ours, or of the tables in which the other side is told; it is told again at the next attempt."""
    parked = exchanges.failed(
        exchange=one, lease=batch.lease, error=error, again=True, at=at, most=exchanges.MOST_REFUSALS
    )
    status = ExchangeStatus.DEAD if parked else ExchangeStatus.WAITING
    try:
        answering.answer(batch.connection, one, status, error=error)
    except DatabaseError:
        log.warning("%s can't be told what became of message %s", batch.connection.code, one.seq)


def spread(*, clock: Clock, is_over: Callable[[], bool] = lambda: False) -> int:
    """Make messages of what happened, for every connection that sends; how many. Where time is over, the rest waits."""
    count = 0
    for connection in Connection.objects.filter(enabled=True, sends=True).select_related("acts_as").order_by("pk"):
        more = True
        while more and not is_over():
            made, more = outbox.spread(connection=connection, by=connection.acts_as, at=clock())
            count += made
    return count


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message; `left` are those of its batch that were not tried after it."""

    exchange: Exchange
    lease: uuid.UUID
    found: Receipt | Trouble
    left: tuple[Exchange, ...] = ()


def hand_over(*, clock: Clock) -> int:
    """Hand over what waits, every connection beside the others, each outcome written as soon as it is known."""
    with busy.one_by_one(exchanges.due(Direction.OUT, clock())) as free:
        taken = [exchanges.take(connection=one, direction=Direction.OUT, at=clock()) for one in free]
        return _served([batch for batch in taken if batch is not None], clock)


def _served(batches: Sequence[Batch], clock: Clock) -> int:
    outcomes: queue.Queue[Outcome] = queue.Queue()
    waiting, count = sum(len(batch.exchanges) for batch in batches), 0
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        for batch in batches:
            pool.submit(_serve, batch, *_ready(batch), outcomes)
        while waiting:
            one = outcomes.get()
            waiting -= 1 + len(one.left)
            count += written(one, clock())
            exchanges.renew(connection=one.exchange.connection, lease=one.lease, at=clock())
    return count


def _ready(batch: Batch) -> tuple[Adapter | None, Link | None, Trouble | None]:
    """Everything that the database knows of a connection, so that the thread needs none."""
    try:
        return opening.adapter_of(batch.connection), opening.opened(batch.connection), None
    except Refusal as refusal:
        return None, None, Again(refusal.message)


def outgoing(one: Exchange) -> Outgoing:
    """A message as adapters take it."""
    body = bytes(one.edited if one.edited is not None else one.body)
    return Outgoing(str(one.key), one.noun, one.subject, one.version, one.words or {}, body)


def _serve(
    batch: Batch, adapter: Adapter | None, link: Link | None, trouble: Trouble | None,
    outcomes: "queue.Queue[Outcome]",
) -> None:
    """One after the other; once the other side fails, the rest is not tried now."""
    for index, one in enumerate(batch.exchanges):
        found = trouble or _sent(adapter, link, one)
        is_silent = isinstance(found, Again)
        left = tuple(batch.exchanges[index + 1 :]) if is_silent else ()
        outcomes.put(Outcome(one, batch.lease, found, left))
        if left:
            return


def _sent(adapter: Adapter | None, link: Link | None, one: Exchange) -> Receipt | Trouble:
    if adapter is None or link is None:
        return Again("no adapter")
    try:
        return adapter.send(link, outgoing(one))
    except Trouble as error:
        return error
    except Exception as fault:  # an adapter's own fault must not stop the others
        return Again(f"{type(fault).__name__}: {fault}")


def written(one: Outcome, at: datetime) -> bool:
    """Write an outcome down; whether it was handed over."""
    if one.left:
        exchanges.put_back(exchanges=one.left, lease=one.lease)
    if isinstance(one.found, Receipt):
        result = {"status": "sent", "reference": one.found.reference, "said": one.found.said}
        return exchanges.done(exchange=one.exchange, lease=one.lease, at=at, result=result)
    again = isinstance(one.found, Again)
    after = one.found.after if isinstance(one.found, Again) else 0.0
    exchanges.failed(
        exchange=one.exchange, lease=one.lease, error=one.found.reason, again=again, after=after, at=at, blame=again
    )
    return False
