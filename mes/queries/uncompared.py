"""Readings that were stored and not compared with golden windows yet."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from mes.models import GoldenMark

LOOK_BACK = timedelta(minutes=15)
FRESH = timedelta(minutes=2)
LATE = """
SELECT stream_id, min(at) FROM (
  SELECT r.stream_id, r.at, r.recorded_at, m.at AS compared_at, min(r.recorded_at) OVER (
    PARTITION BY r.stream_id ORDER BY r.at DESC, r.seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS newer_since
  FROM mes_goldenmark m JOIN traceability_reading r ON r.stream_id = m.stream_id AND r.at > %s
) AS stored WHERE recorded_at > %s AND recorded_at > newer_since AND at <= compared_at GROUP BY stream_id
"""


def streams() -> list[int]:
    """The streams that have readings beyond their mark."""
    rows = GoldenMark.objects.filter(at__lt=F("stream__last_at"))
    return list(rows.order_by("stream_id").values_list("stream_id", flat=True))


def late(now: datetime) -> dict[int, datetime]:
    """The streams in which a reading was stored lately behind newer ones, and the time of the oldest such reading."""
    with connection.cursor() as cursor:
        cursor.execute(LATE, [now - LOOK_BACK, now - FRESH])
        return dict(cursor.fetchall())
