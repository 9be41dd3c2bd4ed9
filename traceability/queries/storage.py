"""How the readings lie: how old, how many bytes, how far ahead their days are made."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

# The oldest row is looked for per stream by key; counting all of them would cost more than it tells.
LOOK = """
SELECT (SELECT min(r.at) FROM traceability_stream s CROSS JOIN LATERAL (
          SELECT at FROM traceability_reading WHERE stream_id = s.id ORDER BY at LIMIT 1) AS r),
       (SELECT min(b.from_at) FROM traceability_stream s CROSS JOIN LATERAL (
          SELECT from_at FROM traceability_readingblock WHERE stream_id = s.id ORDER BY from_at LIMIT 1) AS b),
       (SELECT min(h.hour) FROM traceability_stream s CROSS JOIN LATERAL (
          SELECT hour FROM traceability_readinghour WHERE stream_id = s.id ORDER BY hour LIMIT 1) AS h),
       (SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0) FROM pg_inherits
        WHERE inhparent = 'traceability_reading'::regclass),
       pg_total_relation_size('traceability_readingblock'), pg_total_relation_size('traceability_readinghour'),
       (SELECT max(to_date(right(c.relname, 8), 'YYYYMMDD')) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'traceability_reading'::regclass AND c.relname ~ '_\\d{8}$')
"""


@dataclass(frozen=True, slots=True)
class Storage:
    """Oldest moments and bytes of rows, blocks and hours; the last day that has a table."""

    oldest_row: datetime | None
    oldest_block: datetime | None
    oldest_hour: datetime | None
    row_bytes: int
    block_bytes: int
    hour_bytes: int
    last_day: date | None


def look() -> Storage:
    """How they lie now; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [])
        return Storage(*cursor.fetchone())
