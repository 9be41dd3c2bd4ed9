"""What comes in is kept first, as bytes, once, under a number without a gap; what it means is asked later."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from integrations.adapters.port import Incoming
from integrations.links import beats, versions
from integrations.links.limits import PARKED
from integrations.models import Connection, Direction, Exchange, ExchangeCounter, ExchangeStatus
from plant import policies
from plant.commands.idempotency import KeyReused
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.spoken import cut
from plant.spoken import spoken as _
from plant.transactions import command

LARGEST = 20_000_000


class NotTaken(Refusal):
    """A message that this connection does not take."""

    code = "not-taken"


@dataclass(frozen=True, slots=True)
class Received:
    """The message as it is kept, and whether it is a new one."""

    exchange: Exchange
    is_new: bool


@command
def receive(*, connection: Connection, incoming: Incoming, by: Person, at: datetime) -> Received:
    """Keep a message, once: the same again is the one that is kept; the same id with another body is refused."""
    policies.check(by, "exchange.carry", connection=connection.code)
    if not connection.receives:
        raise NotTaken(_("%(connection)s takes nothing in.") % {"connection": connection})
    if len(incoming.body) > LARGEST:
        raise NotTaken(_("The message has more than %(most)s MB.") % {"most": LARGEST // 1_000_000}, code="too-large")
    if incoming.fault:
        raise NotTaken(incoming.fault, code="faulty")
    counter(connection, Direction.IN)
    digest = hashlib.sha256(incoming.body).hexdigest()
    claim, known = claimed(connection, incoming, digest)
    if known is None:
        return Received(_kept(connection, incoming, claim, digest, at), True)
    if known.body_hash != digest:
        message = _("Message “%(id)s” came before with other content. Send a new id with new content.")
        raise KeyReused(message % {"id": claim[:80]})
    Exchange.objects.filter(pk=known.pk).update(repeats=F("repeats") + 1)
    return Received(known, False)


def counter(connection: Connection, direction: str) -> ExchangeCounter:
    """The counter under lock: whoever looks for an id and then takes a number does so alone."""
    ExchangeCounter.objects.get_or_create(connection=connection, direction=direction)
    return lock(ExchangeCounter.objects.filter(connection=connection, direction=direction))[0]


def claimed(connection: Connection, incoming: Incoming, digest: str) -> tuple[str, Exchange | None]:
    """The id of a message, and the one that bears it already.

    Without an id of its own, object and version are its id; without a version it is new unless the object's latest
    message says the very same.
    """
    rows = Exchange.objects.filter(connection=connection, direction=Direction.IN)
    if incoming.id or incoming.version:
        said = incoming.id or f"{incoming.noun}:{incoming.key}:{incoming.version}"
        claim = said if len(said) <= 200 else hashlib.sha256(said.encode()).hexdigest()
        return claim, rows.filter(claim=claim).first()
    latest = rows.filter(noun=incoming.noun, subject=incoming.key[:120]).order_by("-seq").first()
    if latest is not None and latest.body_hash == digest:
        return latest.claim, latest
    return f"{digest[:40]}@{latest.seq if latest else 0}:{incoming.key}"[:200], None


def _kept(connection: Connection, incoming: Incoming, claim: str, digest: str, at: datetime, **more: Any) -> Exchange:
    made = Exchange.objects.create(
        connection=connection, direction=Direction.IN, claim=claim, noun=incoming.noun[:60],
        subject=incoming.key[:120], version=incoming.version[:80], body=incoming.body, body_hash=digest,
        content_type=incoming.content_type[:80], made_at=at, next_at=at, **more,
    )
    made.refresh_from_db(fields=["seq"])
    return made


@command
def park(*, connection: Connection, incoming: Incoming, reason: str, by: Person, at: datetime) -> Exchange:
    """Keep a message that was refused at the door, so that nothing is lost and somebody looks at it; once."""
    policies.check(by, "exchange.carry", connection=connection.code)
    counter(connection, Direction.IN)
    digest = hashlib.sha256(incoming.body).hexdigest()
    claim = f"{PARKED}{incoming.id or f'{digest}:{incoming.noun}:{incoming.key}'}"[:200]
    rows = Exchange.objects.filter(connection=connection, direction=Direction.IN, claim=claim)
    if (known := rows.first()) is not None:
        rows.update(repeats=F("repeats") + 1)
        return known
    state = {"status": ExchangeStatus.DEAD, "last_error": cut(reason, 500) or "?", "died_at": at}
    return _kept(connection, incoming, claim, digest, at, **state)


@command
def post(
    *, connection: Connection, noun: str, key: str, version: str, words: dict[str, Any], body: bytes, by: Person,
    at: datetime, claim: str, entry_id: int | None = None, error: str = "", mapping_id: int | None = None,
    content_type: str = "application/json",
) -> Exchange | None:
    """Lay a message to the other side ready; None when the same news lies there already."""
    policies.check(by, "exchange.carry", connection=connection.code)
    counter(connection, Direction.OUT)
    if Exchange.objects.filter(connection=connection, direction=Direction.OUT, claim=claim).exists():
        return None
    state: dict[str, Any] = {}
    if error:
        state = {"status": ExchangeStatus.DEAD, "last_error": cut(error, 500), "died_at": at}
    made = Exchange.objects.create(
        key=uuid.uuid4(), connection=connection, direction=Direction.OUT, claim=claim, noun=noun, subject=key[:120],
        version=version[:80], words=words, body=body, body_hash=hashlib.sha256(body).hexdigest() if body else "",
        content_type=content_type, mapping_id=mapping_id, entry_id=entry_id, made_at=at,
        next_at=beats.sent_from(connection, at), **state,
    )
    made.refresh_from_db(fields=["seq"])
    return made


def order_of(version: str) -> int | None:
    """What orders this version among others of its object."""
    return versions.number(version)
