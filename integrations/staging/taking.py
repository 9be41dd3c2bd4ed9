"""What lies in the tables: each row is a message, in the order in which it came, and is told what became of it."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg2 import sql

from integrations.adapters.port import Became, Incoming
from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS
from integrations.staging.tables import DONE, ERROR, TAKEN, Stage, words_of

PIECE = 100
LONGEST = 2000
NEXT = "SELECT row_id, row_version, {words} FROM {table} WHERE row_status = 'NEW' ORDER BY row_id LIMIT {most}"
TAKE = "UPDATE {table} SET row_status = 'TAKEN', taken_at = clock_timestamp() WHERE row_id = %s AND row_status = 'NEW'"
TELL = "UPDATE {table} SET row_status = %s, row_err = %s, row_key = %s, row_result = %s, " \
       "taken_at = coalesce(taken_at, clock_timestamp()) WHERE row_id = %s"
# What a state of a message is called in its row; one that waits for another attempt stays taken.
STATES = {"DONE": DONE, "IGNORED": DONE, "DEAD": ERROR, "DROPPED": ERROR, "WAITING": TAKEN}


def rows(stage: Stage) -> Iterator[Incoming]:
    """Every row that nobody took; it is marked once whoever asked has kept it, and known by its id until then."""
    for noun in here(stage):
        while found := _piece(stage, noun):
            for number, one in found:
                yield one
                _run(TAKE, stage, noun, number)
            if len(found) < PIECE:
                break


def here(stage: Stage) -> list[Noun]:
    """The objects whose tables are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [stage.schema])
        names = {name for (name,) in cursor.fetchall()}
    return [noun for noun in NOUNS.values() if f"in_{noun.code.replace('-', '_')}" in names]


def _piece(stage: Stage, noun: Noun) -> list[tuple[int, Incoming]]:
    words = words_of(noun)
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _kind in words)
    said = {"words": names, "table": stage.table("in", noun.code), "most": sql.Literal(PIECE)}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(NEXT).format(**said).as_string(cursor.cursor))
        return [
            (number, _message(noun, number, version, {
                name: spelled(value, kind) for (name, kind), value in zip(words, values, strict=True)
                if value is not None}))
            for number, version, *values in cursor.fetchall()
        ]


def _message(noun: Noun, number: int, version: int | None, words: dict[str, Any]) -> Incoming:
    """A row as a message. Rows of one object without a version are ordered as they came."""
    body = json.dumps(words, ensure_ascii=False).encode()
    order = str(number if version is None else version)
    key = str(words.get(noun.key) or "")
    return Incoming(noun.code, key, order, body, "application/json", id=f"{noun.code}:{number}")


def tell(stage: Stage, became: Became) -> None:
    """Write beside a row what became of it."""
    code, _colon, number = became.id.rpartition(":")
    if code in NOUNS and number.isdecimal():
        error = became.error[:LONGEST] or None
        said = (STATES[became.status], error, became.key or None, became.said or None)
        _run(TELL, stage, NOUNS[code], *said, int(number))


def _run(statement: str, stage: Stage, noun: Noun, *values: Any) -> None:
    table = stage.table("in", noun.code)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(table=table).as_string(cursor.cursor), values)


def spelled(value: Any, kind: str) -> Any:
    """A value of a column as the API would be told it."""
    if isinstance(value, str):
        return json.loads(value) if kind == "jsonb" else value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    return value
