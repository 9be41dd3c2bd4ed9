"""Readings that were stored and not judged yet."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from spc.models import ControlChart

LOOK_BACK = timedelta(minutes=15)
FRESH = timedelta(minutes=2)
LATE = """
SELECT stream_id, min(at) FROM (
  SELECT r.stream_id, r.at, r.recorded_at, c.evaluated_at, min(r.recorded_at) OVER (
    PARTITION BY c.id ORDER BY r.at DESC, r.seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS newer_since
  FROM spc_controlchart c JOIN traceability_reading r ON r.stream_id = c.stream_id AND r.at > %s
  WHERE c.active
) AS stored WHERE recorded_at > %s AND recorded_at > newer_since AND at <= evaluated_at GROUP BY stream_id
"""


def streams() -> list[int]:
    """The streams that have readings beyond the mark of one of their active charts."""
    behind = Q(evaluated_at__isnull=True) | Q(evaluated_at__lt=F("stream__last_at"))
    rows = ControlChart.objects.filter(behind, active=True, stream__last_at__isnull=False)
    return list(rows.order_by("stream_id").values_list("stream_id", flat=True).distinct())


def late(now: datetime) -> dict[int, datetime]:
    """The streams in which a reading was stored lately behind newer ones, and the time of the oldest such reading."""
    with connection.cursor() as cursor:
        cursor.execute(LATE, [now - LOOK_BACK, now - FRESH])
        return dict(cursor.fetchall())
