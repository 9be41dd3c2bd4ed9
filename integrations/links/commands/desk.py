"""The desk of dead letters: carried again, mended by two, or given up with a reason."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.links import answering
from integrations.models import Connection, Exchange, ExchangeStatus
from plant import policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command

LARGEST = 1_000_000
NO_PROPOSAL: dict[str, Any] = {"proposed": None, "proposed_by": None, "proposed_at": None, "proposed_reason": ""}


class DeskRefused(Refusal):
    """Something that can't be done with this message."""

    code = "desk-refused"


def parked(exchange: Exchange) -> Exchange:
    """The message under lock while it lies at the desk."""
    row = lock(Exchange.objects.filter(pk=exchange.pk))[0]
    if row.status != ExchangeStatus.DEAD:
        message = _("Message %(number)s is “%(state)s” and does not wait at the desk.")
        raise DeskRefused(message % {"number": row.seq, "state": row.get_status_display()}, code="not-parked")
    return row


@command
def replay(*, exchange: Exchange, by: Person, at: datetime, reason: str = "") -> Exchange:
    """Carry a parked message again, as it is, from the first attempt on."""
    policies.check(by, "exchange.replay", on=exchange)
    row = parked(exchange)
    fresh = {"attempts": 0, "next_at": at, "lease": None, "lease_until": None, "died_at": None}
    journal.move(row, to=ExchangeStatus.WAITING, by=by, reason=reason.strip(), data=told(row), **fresh)
    Connection.objects.filter(pk=row.connection_id).update(rests_until=None)
    return row


def told(row: Exchange) -> dict[str, Any]:
    """What the record book says of a message."""
    return {"number": row.seq, "object": row.noun, "key": row.subject, "error": row.last_error[:200]}


@command
def drop(*, exchange: Exchange, reason: str, by: Person, at: datetime) -> Exchange:
    """Give a message up: it stays, is never carried out, and what waits behind it goes on."""
    policies.check(by, "exchange.approve", on=exchange)
    row = parked(exchange)
    if not reason.strip():
        raise DeskRefused(_("Say why it is given up; whoever asks for it later reads that."), facts={"field": "reason"})
    journal.move(row, to=ExchangeStatus.DROPPED, by=by, reason=reason.strip(), data=told(row), done_at=at)
    answering.answer(row.connection, row, ExchangeStatus.DROPPED, error=reason.strip())
    return row


@command
def propose(*, exchange: Exchange, body: str, reason: str, by: Person, at: datetime) -> Exchange:
    """Propose another content for a parked message. What came stays beside it; another person approves."""
    policies.check(by, "exchange.mend", on=exchange)
    row = parked(exchange)
    changed = body.replace("\r\n", "\n").encode()
    if not reason.strip():
        raise DeskRefused(_("Say what was wrong and where the right content comes from."), facts={"field": "reason"})
    if not changed.strip() or len(changed) > LARGEST:
        raise DeskRefused(_("The content has between 1 byte and 1 MB."), facts={"field": "body"})
    if changed == standing(row):
        raise DeskRefused(_("Nothing was changed. Carry it again as it is instead."), facts={"field": "body"})
    kept = {"proposed": changed, "proposed_by": by, "proposed_at": at, "proposed_reason": reason.strip()[:500]}
    Exchange.objects.filter(pk=row.pk).update(**kept)
    data = {**told(row), "hash": hashlib.sha256(changed).hexdigest()}
    journal.record("exchange.change-proposed", subject=row, by=by, reason=reason.strip(), data=data)
    row.refresh_from_db()
    return row


def standing(row: Exchange) -> bytes:
    """The content that counts now."""
    return bytes(row.edited if row.edited is not None else row.body)


def content(row: Exchange) -> dict[str, Any]:
    """What a person signs: which message, what it said, what it shall say."""
    return {
        "connection": row.connection.code, "direction": row.direction, "number": row.seq,
        "was": hashlib.sha256(standing(row)).hexdigest(),
        "becomes": hashlib.sha256(bytes(row.proposed or b"")).hexdigest(), "why": row.proposed_reason,
    }


@command
def approve(
    *, exchange: Exchange, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> Exchange:
    """Let the proposed content count and carry the message again, under a signature of somebody else."""
    policies.check(by, "exchange.approve", on=exchange)
    row = parked(exchange)
    if row.proposed is None or row.proposed_by is None:
        raise DeskRefused(_("Nobody has proposed another content for this message."), code="nothing-proposed")
    if row.proposed_by_id == by.pk:
        raise DeskRefused(_("You proposed this change. Another person approves it."), code="own-change")
    signatures.sign(
        subject=row, meaning=Meaning.APPROVED, content=content(row), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    fresh = {
        "attempts": 0, "next_at": at, "lease": None, "lease_until": None, "died_at": None, "edited": row.proposed,
        "edited_by": row.proposed_by, "approved_by": by, **NO_PROPOSAL,
    }
    journal.move(row, to=ExchangeStatus.WAITING, by=by, reason=reason.strip(), data=told(row), **fresh)
    return row


@command
def decline(*, exchange: Exchange, reason: str, by: Person, at: datetime) -> Exchange:
    """Refuse a proposed content, saying why; the message stays at the desk."""
    policies.check(by, "exchange.approve", on=exchange)
    row = parked(exchange)
    if row.proposed is None:
        raise DeskRefused(_("Nobody has proposed another content for this message."), code="nothing-proposed")
    if not reason.strip():
        raise DeskRefused(_("Say why."), facts={"field": "reason"})
    Exchange.objects.filter(pk=row.pk).update(**NO_PROPOSAL)
    journal.record("exchange.change-declined", subject=row, by=by, reason=reason.strip(), data={**told(row), "at": at})
    row.refresh_from_db()
    return row
