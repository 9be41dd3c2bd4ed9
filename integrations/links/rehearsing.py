"""What a message would do, without doing it: carried in within a transaction that is taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from integrations.links import carrying
from integrations.links.carrying import Read
from integrations.models import Connection, Mapping
from integrations.nouns import intake
from plant.transactions import command


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The mapped words, each field's report, and what the command would say."""

    said: Read
    status: str = ""
    key: str = ""
    reason: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether it would be carried out."""
        return not self.reason


@command
def rehearse(
    *, connection: Connection, noun: str, body: bytes, at: datetime, mapping: Mapping | None = None
) -> Rehearsed:
    """Carry a body in and take everything back."""
    said = carrying.read(connection, noun, body, at, mapping)
    if said.error:
        return Rehearsed(said, "unread", reason=said.error)
    mark = transaction.savepoint()
    outcome: Any = carrying.put_in(connection, noun, said, "", "", at)
    transaction.savepoint_rollback(mark)
    reason = carrying.reason(outcome) if outcome.status == intake.REFUSED else ""
    return Rehearsed(said, outcome.status, outcome.key, reason)
