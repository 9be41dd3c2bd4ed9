"""Writing many entries of the record book at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.utils import DatabaseErrorWrapper
from psycopg2.extras import execute_values

from plant.commands import deliveries
from plant.commands.journal import count, subscribers
from plant.models import Person

RECORD = """
SELECT zz_journal(e.stream, e.kind, e.name, e.key, e.label, e.actor, e.actor_name, e.reason, e.data, e.hearers)
FROM (VALUES %s) AS e (stream, kind, name, key, label, actor, actor_name, reason, data, hearers)
"""
ONE = "(%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::text[])"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to one subject."""

    kind: str
    subject: models.Model
    data: dict[str, Any] = field(default_factory=dict)


def record(entries: Sequence[Entry], *, by: Person, reason: str = "") -> None:
    """Write entries in their order, in the caller's transaction."""
    rows = [_row(entry, by, reason) for entry in entries]
    with connection.cursor() as cursor, DatabaseErrorWrapper(connection):
        for start in range(0, len(rows), AT_ONCE):
            execute_values(cursor.cursor, RECORD, rows[start : start + AT_ONCE], ONE, AT_ONCE)
    count(len(rows))
    if any(subscribers(kind) for kind in {entry.kind for entry in entries}):
        deliveries.nudge()


def _row(entry: Entry, by: Person, reason: str) -> tuple[Any, ...]:
    name, key = entry.subject._meta.model_name or "", str(entry.subject.pk)
    data = json.dumps(entry.data, cls=DjangoJSONEncoder)
    label = str(entry.subject)[:200]
    return (f"{name}:{key}", entry.kind, name, key, label, by.number, by.name, reason, data,
            list(subscribers(entry.kind)))
