"""What happened at a station that makes checks due: read in a few statements for an operation of a work order."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from mes.due_checks import Event, Facts
from mes.models import JobSegment, ToolChange
from mes.queries import calendars
from plant.models import Equipment

# Visits are narrowed by when the operation began, so that the index on place and time does the work.
VISITS = """
WITH here AS (
  SELECT v.id, lower(v.during) AS began, upper_inf(v.during) AS is_open,
         v.job_order = %(job)s AND v.operation = %(operation)s AS is_ours
  FROM traceability_visit v WHERE v.equipment_id = %(station)s AND v.during && tstzrange(%(since)s, NULL)
), first AS (SELECT min(began) AS at, bool_or(is_open) AS is_working FROM here WHERE is_ours),
other AS (SELECT max(began) AS at FROM here WHERE NOT is_ours AND began > (SELECT at FROM first)),
turn AS (
  SELECT id, began FROM here
  WHERE is_ours AND began > coalesce((SELECT at FROM other), '-infinity') ORDER BY began, id LIMIT 1)
SELECT first.at, coalesce(first.is_working, false), (SELECT id FROM turn), (SELECT began FROM turn),
  (SELECT coalesce(sum(r.good + r.scrap + r.rework), 0) FROM mes_jobresponse r
   WHERE r.job_segment_id = %(row)s AND r.station_id = %(station)s AND r.nonconformance = '')
FROM first
"""
# The machine ran, stood, and runs again: when it began again, and how long it stood.
RESTART = """
SELECT s.id, s.from_at, extract(epoch FROM s.from_at - before.to_at) / 60
FROM (SELECT id, from_at FROM mes_machinestate
      WHERE equipment_id = %(station)s AND state = 'RUNNING' ORDER BY from_at DESC LIMIT 1) s
CROSS JOIN LATERAL (
  SELECT to_at FROM mes_machinestate
  WHERE equipment_id = %(station)s AND state = 'RUNNING' AND from_at < s.from_at ORDER BY from_at DESC LIMIT 1) before
"""
MET = """
SELECT EXISTS (SELECT 1 FROM traceability_visit v WHERE v.equipment_id = %s AND v.during && tstzrange(%s, %s)
  AND lower(v.during) > %s AND lower(v.during) < %s)
"""


def of(row: JobSegment, station: Equipment, *, at: datetime) -> Facts:
    """Everything that may make a check of this operation due at this station."""
    words: dict[str, Any] = {
        "job": row.job_order.number, "operation": row.segment.code, "station": station.pk, "row": row.pk,
        "since": row.started_at or at,
    }
    with connection.cursor() as cursor:
        cursor.execute(VISITS, words)
        first_at, is_working, turn_id, turn_at, pieces = cursor.fetchone() or (None, False, None, None, 0)
    if first_at is None:
        return Facts(None)
    line = station.parent
    turn = Event(turn_id, turn_at, row.job_order.number) if turn_id and turn_at else None
    return Facts(
        first_at, is_working, Decimal(pieces), turn,
        calendars.shift_now(line, at).starts_at if line else None,
        unmet(_tool(station, at), station, first_at), unmet(_restart(station), station, first_at),
    )


def unmet(event: Event | None, station: Equipment, first_at: datetime) -> Event | None:
    """The event, unless it came before this order's first part and another part met it first."""
    if event is None or event.at >= first_at:
        return event
    with connection.cursor() as cursor:
        cursor.execute(MET, [station.pk, event.at, first_at, event.at, first_at])
        return None if cursor.fetchone()[0] else event


def _tool(station: Equipment, at: datetime) -> Event | None:
    last = ToolChange.objects.filter(station=station, at__lte=at).order_by("-at", "-pk").first()
    return Event(last.pk, last.at, last.what) if last else None


def _restart(station: Equipment) -> Event | None:
    with connection.cursor() as cursor:
        cursor.execute(RESTART, {"station": station.pk})
        found = cursor.fetchone()
    if found is None:
        return None
    number, began, minutes = found
    return Event(number, began, str(round(minutes)), float(minutes))
