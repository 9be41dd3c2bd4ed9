"""Keeping what instruments and people read."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from plant.transactions import command
from traceability import doubts
from traceability.models import Gap, Quality, Source, Stream

Integers = NDArray[np.integer[Any]]
UNIX = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
EPOCH_US = (datetime(2000, 1, 1, tzinfo=UTC) - UNIX) // MICROSECOND  # PostgreSQL counts from here
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
# A reading older than an hour may be packed; one that comes once more is taken off the stage while nobody packs.
HOUR = timedelta(hours=1)
UNPACKING = "SELECT pg_advisory_xact_lock_shared(hashtext('zz_readings'))"
KNOWN = """
WITH touched AS (
  SELECT DISTINCT b.stream_id, b.from_at FROM zz_stage s CROSS JOIN LATERAL (
    SELECT stream_id, from_at, to_at FROM traceability_readingblock
    WHERE stream_id = s.stream_id AND from_at <= s.at ORDER BY from_at DESC LIMIT 1
  ) AS b WHERE b.to_at >= s.at
)
DELETE FROM zz_stage s
USING touched JOIN traceability_readingblock b USING (stream_id, from_at) CROSS JOIN LATERAL zz_unpacked(b) AS u
WHERE s.stream_id = b.stream_id AND s.at = u.at AND s.seq = u.seq
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

    A value that is no finite number is stored as BAD, without a value; a good one of a sensor in doubt as UNCERTAIN.
    """
    stream = np.array([row.stream_id for row in rows], np.int64)
    at_us = np.array([(row.at - UNIX) // MICROSECOND for row in rows], np.int64)
    return record_table(
        stream=stream, at_us=at_us,
        seq=np.array([row.seq for row in rows], np.int64),
        value=np.array([np.nan if row.value is None else row.value for row in rows], np.float64),
        quality=doubts.marked(stream, at_us, np.array([row.quality for row in rows], np.int16)),
        source=np.array([row.source for row in rows], np.int16),
    )


@command
def record_table(
    *, stream: Integers, at_us: Integers, seq: Integers, value: NDArray[np.float64], quality: Integers,
    source: Integers | Source,
) -> int:
    """What `record` does, for columns whose qualities are settled (`doubts.marked`).

    Streams, microseconds since 1970, sequences, values (NaN for none), qualities, and where they come from.
    """
    if not len(stream):
        return 0
    rows = encode(stream=stream, at_us=at_us, seq=seq, value=value, quality=quality, source=source)
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.copy_expert(COPY, io.BytesIO(HEADER + rows + TRAILER))
        if int(at_us.min()) < (timezone.now() - HOUR - UNIX) // MICROSECOND:
            cursor.execute(UNPACKING)
            cursor.execute(KNOWN)
        cursor.execute(KEEP)
        stored: int = cursor.fetchone()[0]
        cursor.execute("DELETE FROM zz_stage")
    return stored


def encode(
    *, stream: Integers, at_us: Integers, seq: Integers, value: NDArray[np.float64], quality: Integers,
    source: Integers | Source,
) -> bytes:
    """The rows in PostgreSQL's binary COPY format; no value travels as NaN, which the staging step turns into null."""
    table = np.empty(len(stream), TUPLE)
    for name, size in SIZES.items():
        table[name] = size
    finite = np.isfinite(value)
    table["stream"], table["at"], table["seq"] = stream, at_us - EPOCH_US, seq
    table["value"] = np.where(finite, value, np.nan)
    table["quality"] = np.where(finite, quality, np.where(quality > 0, quality, Quality.BAD))
    table["source"] = source
    return table.tobytes()


@command
def record_gap(*, stream: Stream, from_at: datetime, to_at: datetime, cause: str) -> None:
    """Say that readings are missing for a while, and why."""
    Gap.objects.get_or_create(stream=stream, from_at=from_at, defaults={"to_at": to_at, "cause": cause})
