"""Keeping what instruments and people read."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db import connection

from plant.transactions import command
from traceability.models import Gap, Quality, Source, Stream

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
STAGE = """
CREATE TEMP TABLE IF NOT EXISTS zz_stage
  (stream_id bigint, at timestamptz, seq bigint, value float8, quality int2, source int2) ON COMMIT DELETE ROWS
"""
COPY = "COPY zz_stage FROM STDIN WITH (FORMAT binary)"
KEEP = """
WITH fresh AS (
  INSERT INTO traceability_reading (stream_id, at, seq, value, quality, source)
  SELECT stream_id, at, seq, NULLIF(value, 'NaN'), quality, source FROM zz_stage
  ON CONFLICT DO NOTHING RETURNING stream_id, at
), newest AS (SELECT stream_id, max(at) AS at FROM fresh GROUP BY stream_id),
marked AS (
  UPDATE traceability_stream s SET last_at = newest.at FROM newest
  WHERE s.id = newest.stream_id AND (s.last_at IS NULL OR s.last_at < newest.at)
)
SELECT count(*) FROM fresh
"""
TUPLE = np.dtype([
    ("fields", ">i2"), ("stream_size", ">i4"), ("stream", ">i8"), ("at_size", ">i4"), ("at", ">i8"),
    ("seq_size", ">i4"), ("seq", ">i8"), ("value_size", ">i4"), ("value", ">f8"),
    ("quality_size", ">i4"), ("quality", ">i2"), ("source_size", ">i4"), ("source", ">i2"),
])
SIZES = {
    "fields": 6, "stream_size": 8, "at_size": 8, "seq_size": 8, "value_size": 8, "quality_size": 2, "source_size": 2,
}


class ReadingRow(NamedTuple):
    """One value of one stream. The sequence tells two readings of the same instant apart."""

    stream_id: int
    at: datetime
    seq: int
    value: float | None
    quality: Quality
    source: Source


@command
def record(*, rows: Sequence[ReadingRow]) -> int:
    """Store readings; one that is stored already is left as it is. The number of new ones.

    A value that is no finite number is stored as BAD, without a value.
    """
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.copy_expert(COPY, io.BytesIO(HEADER + encode(rows) + TRAILER))
        cursor.execute(KEEP)
        stored: int = cursor.fetchone()[0]
        cursor.execute("DELETE FROM zz_stage")
    return stored


def encode(rows: Sequence[ReadingRow]) -> bytes:
    """The rows in PostgreSQL's binary COPY format; no value travels as NaN, which the staging step turns into null."""
    table = np.zeros(len(rows), TUPLE)
    for name, size in SIZES.items():
        table[name] = size
    values = np.array([np.nan if row.value is None else row.value for row in rows], float)
    finite = np.isfinite(values)
    quality = np.array([row.quality for row in rows])
    table["stream"] = [row.stream_id for row in rows]
    table["at"] = [(row.at - EPOCH) // MICROSECOND for row in rows]
    table["seq"] = [row.seq for row in rows]
    table["value"] = np.where(finite, values, np.nan)
    table["quality"] = np.where(finite, quality, np.where(quality > 0, quality, Quality.BAD))
    table["source"] = [row.source for row in rows]
    return table.tobytes()


@command
def record_gap(*, stream: Stream, from_at: datetime, to_at: datetime, cause: str) -> None:
    """Say that readings are missing for a while, and why."""
    Gap.objects.get_or_create(stream=stream, from_at=from_at, defaults={"to_at": to_at, "cause": cause})
