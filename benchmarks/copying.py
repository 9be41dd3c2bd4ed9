"""Filling tables by COPY, with their own triggers asleep."""

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db import connection

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
CHUNK = 500_000


def copy(table: str, columns: str, lines: Any) -> None:
    """COPY text with the row triggers asleep: the gate would lock every lot once per edge."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO("".join(lines)))
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def stage(name: str, **columns: Any) -> None:
    """A temporary table of whole numbers, filled in binary: far fewer steps in Python than lines of text."""
    fields = [part for one in columns for part in ((f"{one}_size", ">i4"), (one, ">i8"))]
    rows = max(len(values) for values in columns.values())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({', '.join(f'{one} bigint' for one in columns)})")
        for begin in range(0, rows, CHUNK):
            part = {one: values[begin : begin + CHUNK] for one, values in columns.items()}
            block = np.zeros(min(CHUNK, rows - begin), np.dtype([("fields", ">i2"), *fields]))
            block["fields"] = len(columns)
            for one, values in part.items():
                block[one], block[f"{one}_size"] = values, 8
            sent = io.BytesIO(SIGNATURE + block.tobytes() + b"\xff\xff")
            cursor.copy_expert(f"COPY {name} FROM STDIN (FORMAT binary)", sent)


def poured(table: str, statement: str, words: dict[str, Any]) -> None:
    """INSERT … SELECT with the table's own triggers asleep."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, words)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def without_foreign_keys(tables: Iterable[str]) -> list[str]:
    """Take the foreign keys off, for they are looked up once a row; the statements that put them on again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])", [list(tables)],
        )
        found = cursor.fetchall()
        for table, name, _ in found:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text} NOT VALID' for table, name, text in found]
