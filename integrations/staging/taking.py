"""What lies in the tables, taken in: each row for itself, in the order in which it came, with its outcome beside it."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from psycopg2 import sql

from integrations.models import Connection
from integrations.nouns import intake
from integrations.nouns.intake import External, Outcome
from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS
from integrations.soap.operations import plain_errors
from integrations.staging.tables import DONE, ERROR, Stage, words_of

PIECE = 100
LONGEST = 2000
# One worker takes a table at a time, so that rows of one object stay in their order.
ALONE = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
KIND = 0x5A60
NEXT = "SELECT row_id, row_version, {words} FROM {table} WHERE row_status = 'NEW' ORDER BY row_id LIMIT {most} " \
       "FOR UPDATE SKIP LOCKED"
TELL = "UPDATE {table} SET row_status = %s, row_err = %s, row_key = %s, row_result = %s, " \
       "taken_at = clock_timestamp() WHERE row_id = %s"


def take_all(link: Connection, *, at: datetime) -> int:
    """Everything that lies in the tables of a connection; how many rows."""
    stage, count = Stage(link.code), 0
    for noun in here(stage):
        while found := take_piece(link, stage, noun, at=at):
            count += found
            if found < PIECE:
                break
    return count


def here(stage: Stage) -> list[Noun]:
    """The objects whose tables are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [stage.schema])
        names = {name for (name,) in cursor.fetchall()}
    return [noun for noun in NOUNS.values() if f"in_{noun.code.replace('-', '_')}" in names]


def take_piece(link: Connection, stage: Stage, noun: Noun, *, at: datetime) -> int:
    """The next rows of one table, their effect and their outcome in one transaction; how many."""
    table, words = stage.table("in", noun.code), [name for name, _kind in words_of(noun)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE, [KIND, f"{stage.schema}.{noun.code}"])
        if not cursor.fetchone()[0]:
            return 0
        names = sql.SQL(", ").join(map(sql.Identifier, words))
        cursor.execute(sql.SQL(NEXT).format(words=names, table=table, most=sql.Literal(PIECE)).as_string(cursor.cursor))
        rows = cursor.fetchall()
        for number, version, *values in rows:
            outcome = _taken(link, noun, dict(zip(words, values, strict=True)), version, at)
            status = ERROR if outcome.is_refused else DONE
            told = sql.SQL(TELL).format(table=table).as_string(cursor.cursor)
            cursor.execute(told, [status, why(outcome), outcome.key or None, outcome.status, number])
    return len(rows)


def _taken(link: Connection, noun: Noun, cells: dict[str, Any], version: int | None, at: datetime) -> Outcome:
    words = {name: spelled(value) for name, value in cells.items() if value is not None}
    key = words.get(noun.key)
    external = External(link.code, str(key), version) if key and version is not None else None
    return intake.take_row(noun, words, by=link.acts_as, at=at, external=external)


def spelled(value: Any) -> Any:
    """A value of a column as the API would be told it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    return json.loads(value) if isinstance(value, bytes) else value


def why(outcome: Outcome) -> str | None:
    """What is wrong with a row, in a line."""
    if not outcome.is_refused:
        return None
    said = "; ".join(f"{one['field']}: {one['message']}" for one in plain_errors(outcome.errors))
    return (said or str(outcome.detail) or outcome.code or "refused")[:LONGEST]
