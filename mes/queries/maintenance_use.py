"""How much of every plan's interval its machines have used up since it was last done there: one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mes.models import DueBy

# Running time is what the machine's states say; pieces are what it counted, else what was reported at it.
USED = """
SELECT p.id, e.id, b.last_at,
  extract(epoch FROM %(at)s - b.since) / 86400 / p.every_days,
  (SELECT sum(extract(epoch FROM coalesce(s.to_at, %(at)s) - greatest(s.from_at, b.since))) FROM mes_machinestate s
   WHERE p.every_hours IS NOT NULL AND s.equipment_id = e.id AND s.state = 'RUNNING'
     AND (s.to_at IS NULL OR s.to_at > b.since) AND s.from_at < %(at)s) / 3600 / p.every_hours,
  CASE WHEN p.every_count IS NOT NULL THEN coalesce(
    (SELECT nullif(sum(c.good + c.reject), 0) FROM mes_machinecount c
     WHERE c.equipment_id = e.id AND c.minute_at >= b.since),
    (SELECT sum(r.good + r.scrap + r.rework) FROM mes_jobresponse r
     WHERE r.station_id = e.id AND r.at >= b.since)) / p.every_count END,
  (SELECT (max(v.value) > p.above)::int FROM traceability_stream t
   CROSS JOIN LATERAL (SELECT z.value FROM zz_readings(t.id, greatest(b.since, %(at)s - interval '1 hour'), %(at)s) z
                       ORDER BY z.at DESC LIMIT 1) v
   WHERE t.equipment_id = e.id AND t.parameter_id = p.parameter_id)
FROM mes_maintenanceplan p
JOIN plant_equipment e ON e.active AND (e.id = p.equipment_id OR e.id IN (
  SELECT m.equipment_id FROM mes_equipmentclass_members m WHERE m.equipmentclass_id = p.equipment_class_id))
CROSS JOIN LATERAL (SELECT max(o.done_at) AS last_at FROM mes_maintenanceorder o
                    WHERE o.plan_id = p.id AND o.equipment_id = e.id) l
CROSS JOIN LATERAL (SELECT l.last_at, greatest(l.last_at, p.counts_from::timestamptz) AS since) b
WHERE p.active AND (%(plan)s IS NULL OR p.id = %(plan)s) AND (%(machine)s IS NULL OR e.id = %(machine)s)
ORDER BY p.id, e.id
"""
ORDER = (DueBy.DAYS, DueBy.HOURS, DueBy.COUNT, DueBy.VALUE)


@dataclass(frozen=True, slots=True)
class Used:
    """A plan at a machine: by which interval it is furthest, and how far."""

    plan: int
    equipment: int
    last_at: datetime | None
    used: float
    by: DueBy


def used(at: datetime, *, plan: int | None = None, equipment: int | None = None) -> Iterator[Used]:
    """Every plan that is in use at every machine it is for, or those of one plan or one machine."""
    words: dict[str, Any] = {"at": at, "plan": plan, "machine": equipment}
    with connection.cursor() as cursor:
        cursor.execute(USED, words)
        rows = cursor.fetchall()
    for plan_id, machine, last_at, *shares in rows:
        share, by = max(((float(one or 0), kind) for one, kind in zip(shares, ORDER, strict=True)), key=lambda x: x[0])
        yield Used(plan_id, machine, last_at, max(share, 0.0), by)
