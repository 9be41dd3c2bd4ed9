"""Mappings: begun, handed in, put into effect by somebody who wrote nothing of them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.links.outgoing import OUTGOING
from integrations.links.queries import mappings as reading
from integrations.models import Connection, Direction, Format, Mapping
from integrations.nouns.registry import NOUNS
from plant import policies
from plant.commands import journal, reviews
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command

PARTS: dict[str, Any] = {"rows": {}}


class MappingRefused(Refusal):
    """A mapping that can't be kept or come into effect so."""

    code = "mapping-refused"


@command
def create(
    *, connection: Connection, noun: str, direction: str, by: Person, at: datetime, format: str = Format.JSON,
    root: str = "", note: str = "",
) -> Mapping:
    """Begin the mapping of one object of one connection."""
    policies.check(by, "mapping.edit", on=connection)
    known = OUTGOING if direction == Direction.OUT else {
        code: one for code, one in NOUNS.items() if one.takes is not None}
    if noun not in known:
        raise MappingRefused(_("This object does not go that way."), facts={"field": "noun"})
    code = reading.code_of(connection, noun, direction)
    if Mapping.objects.filter(code=code).exists():
        message = _("There is a mapping “%(code)s” already. Open it and make a new revision.")
        raise MappingRefused(message % {"code": code}, facts={"field": "noun"})
    made = Mapping.objects.create(
        code=code, connection=connection, noun=noun, direction=direction, format=format, root=root.strip(),
        note=note.strip(), written_by=by,
    )
    data = {"object": noun, "direction": direction, "at": at}
    journal.record("mapping.created", subject=made, by=by, data=data)
    return made


@command
def submit(*, mapping: Mapping, by: Person, at: datetime) -> Mapping:
    """Hand it in for review."""
    why = reading.why_not_submit(mapping)
    done: Mapping = reviews.submit(row=mapping, why_not=why, by=by, at=at, action="mapping.edit")
    return done


@command
def send_back(*, mapping: Mapping, reason: str, by: Person, at: datetime) -> Mapping:
    """Let it be changed again."""
    done: Mapping = reviews.send_back(row=mapping, reason=reason, by=by, at=at, action="mapping.approve")
    return done


@command
def approve(*, mapping: Mapping, reason: str, password: str, seen_hash: str, by: Person, at: datetime) -> Mapping:
    """Put it into effect under a signature over every row; messages carried from now on go by it."""
    done: Mapping = reviews.approve(
        row=mapping, content=reading.content, seen_hash=seen_hash, password=password, reason=reason, by=by, at=at,
        action="mapping.approve",
    )
    return done


@command
def revise(*, mapping: Mapping, reason: str, by: Person, at: datetime) -> Mapping:
    """Begin the next revision with a copy of every row."""
    fresh: Mapping = reviews.revise(
        row=mapping, parts=PARTS, reason=reason, by=by, noun="mapping", action="mapping.edit"
    )
    return fresh
