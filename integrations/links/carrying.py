"""One message carried in: its mapping, the noun that takes it, and the result, all in one transaction."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override

from integrations.links import answering, paths, versions
from integrations.links import mapping as engine
from integrations.links.commands import exchanges
from integrations.links.queries import mappings
from integrations.models import Connection, Direction, Exchange, ExchangeStatus, Mapping
from integrations.nouns import intake
from integrations.nouns.commands.external_ids import External
from integrations.nouns.intake import Outcome
from integrations.nouns.registry import CARRIED
from plant import spoken
from plant.spoken import spoken as _
from plant.transactions import command


@dataclass(slots=True)
class Read:
    """Their body in our words: what the mapping made of it, field by field."""

    words: dict[str, Any]
    cells: list[dict[str, Any]]
    error: str = ""
    mapping: Mapping | None = None


def read(connection: Connection, noun: str, body: bytes, at: datetime, mapping: Mapping | None = None) -> Read:
    """Their body by the mapping in effect; without one, a body in JSON is taken to be in our words."""
    used = mapping or mappings.in_effect(connection, noun, Direction.IN, at)
    if used is None:
        return _plain(body)
    found = engine.inward(mappings.rules(used), body, mappings.how(used))
    faults = found.faults
    return Read(found.words, mappings.told(found.cells), engine.why(faults[0]) if faults else "", used)


def _plain(body: bytes) -> Read:
    found = engine.inward([], body, engine.How())
    if found.faults:
        return Read({}, [], found.faults[0].fault)
    tree = paths.parsed(body, paths.JSON)
    if not isinstance(tree, dict):
        return Read({}, [], _("The body is no object. Write a mapping for it, or send one object a message."))
    return Read(mappings.plain(tree), [])


def put_in(connection: Connection, noun: str, said: Read, subject: str, version: str, at: datetime) -> Outcome:
    """Our words to the one command that takes them."""
    found = CARRIED.get(noun)
    if found is None:
        return Outcome(intake.REFUSED, code="unknown-noun", detail=_("Nothing here is called “%(noun)s”.") % {
            "noun": noun})
    external = External(connection.code, subject, versions.number(version)) if subject else None
    words = said.words
    if found.takes is not None and found.key not in words and subject:
        words = {**words, found.key: subject}
    return intake.take_row(found, words, by=connection.acts_as, at=at, external=external)


@command
def carry(*, connection: Connection, exchange: Exchange, lease: uuid.UUID, at: datetime) -> str:
    """Carry one message in and mark it in the same transaction; its status afterwards.

    A worker that was away for longer than its lease carries nothing: whoever has the message now does.
    """
    if not exchanges.hold(exchange=exchange, lease=lease):
        return ""
    body = bytes(exchange.edited if exchange.edited is not None else exchange.body)
    said = read(connection, exchange.noun, body, at)
    kept: dict[str, Any] = {"words": said.words, "mapping": said.mapping}
    if said.error:
        result: dict[str, Any] = {"status": "unread", "fields": said.cells}
        exchanges.failed(exchange=exchange, lease=lease, error=said.error, again=False, at=at, result=result, **kept)
        answering.answer(connection, exchange, ExchangeStatus.DEAD, error=said.error)
        return ExchangeStatus.DEAD
    outcome = put_in(connection, exchange.noun, said, exchange.subject, exchange.version, at)
    why, detail, errors = "", outcome.detail, outcome.errors
    if outcome.is_refused:
        why, detail, errors = in_every_language(
            outcome, lambda: put_in(connection, exchange.noun, said, exchange.subject, exchange.version, at))
    result = {
        "status": outcome.status, "key": outcome.key, "detail": detail, "errors": errors,
        "code": outcome.code, "fields": said.cells,
    }
    if outcome.is_refused:
        parked = exchanges.failed(
            exchange=exchange, lease=lease, error=why, again=True, at=at, result=result,
            most=exchanges.MOST_REFUSALS, **kept,
        )
        refused = ExchangeStatus.DEAD if parked else ExchangeStatus.WAITING
        answering.answer(connection, exchange, refused, error=why)
        return refused
    status = ExchangeStatus.IGNORED if outcome.status == intake.OLDER else ExchangeStatus.DONE
    exchanges.done(exchange=exchange, lease=lease, at=at, result=result, status=status, **kept)
    answering.answer(connection, exchange, status, key=outcome.key, said=outcome.status)
    return status


class _TakenBack(Exception):
    """Nothing of a second asking stays."""


def in_every_language(outcome: Outcome, ask: Callable[[], Outcome]) -> tuple[str, str, dict[str, Any]]:
    """Why it was refused, the sentence and the errors by field, for every reader.

    A command refuses in the language of whoever calls it, so it is asked again in the others, and taken back.
    """
    mine = get_language() or settings.LANGUAGE_CODE
    heard = {mine: [reason(outcome), str(outcome.detail), outcome.errors]}
    for code, _name in settings.LANGUAGES:
        if code != mine:
            other = _asked(code, ask)
            if other.code == outcome.code:
                heard[code] = [reason(other), str(other.detail), other.errors]
    why, detail, errors = spoken.merged(heard)
    return why, detail, errors


def _asked(language: str, ask: Callable[[], Outcome]) -> Outcome:
    found: list[Outcome] = []
    try:
        with override(language), transaction.atomic():
            found.append(ask())
            raise _TakenBack
    except _TakenBack:
        return found[0]


def reason(outcome: Outcome) -> str:
    """Why it was refused, in one line: each field with what is wrong with it."""
    def told(errors: Any) -> str:
        if isinstance(errors, dict):
            return "; ".join(f"{name}: {told(one)}" for name, one in errors.items())
        if isinstance(errors, list):
            return " ".join(told(one) for one in errors)
        return str(errors)

    return (told(outcome.errors) if outcome.errors else str(outcome.detail) or outcome.code)[:500]
