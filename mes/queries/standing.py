"""Where a lot stands before a scan acts on it, and what a station is: one statement each, for a scan waits for them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import FilteredRelation, Q

from mes.models import StationSession
from mes.queries import troubles
from plant.models import Equipment
from traceability.models import MaterialLot
from traceability.queries.holds import codes_upwards

STANDING = """
SELECT (SELECT jsonb_object_agg(b.place, b.quantity::text) FROM traceability_lotbalance b
        WHERE b.lot_id = %(lot)s AND b.bucket = 'WIP' AND b.quantity > 0),
       v.equipment_id, v.code, upper(v.during),
       EXISTS (SELECT 1 FROM traceability_hold h WHERE h.released_at IS NULL AND (
         h.target_kind = 'EQUIPMENT' AND h.target_id = ANY(%(codes)s)
         OR h.target_kind = 'JOB_ORDER' AND h.target_id = %(job)s
         OR h.target_kind = 'OPERATION' AND starts_with(h.target_id, %(job)s || ':'))),
       ANY_TROUBLE
FROM (SELECT 1) AS one LEFT JOIN LATERAL (
  SELECT x.equipment_id, e.code, x.during FROM traceability_visit x JOIN plant_equipment e ON e.id = x.equipment_id
  WHERE x.lot_id = %(lot)s ORDER BY x.id DESC LIMIT 1) v ON true
"""


@dataclass(frozen=True)
class Standing:
    """The operations at which a lot is in process, its last visit, and what stands against the place or the order."""

    wip: dict[str, Decimal]
    visited_id: int | None
    visited: str
    left_at: datetime | None
    is_stopped: bool  # by a hold
    is_troubled: bool  # something else is known against the station or what it is part of


def of_lot(lot: MaterialLot, *, station: Equipment, job: str) -> Standing:
    """Where a locked lot stands, seen from a station and a work order."""
    words: dict[str, Any] = {"lot": lot.pk, "codes": list(codes_upwards([station])), "job": job}
    words["places"] = [station.pk, station.parent_id]
    with connection.cursor() as cursor:
        cursor.execute(STANDING.replace("ANY_TROUBLE", troubles.any_known()), words)
        wip, visited_id, visited, left_at, is_stopped, is_troubled = cursor.fetchone()
    amounts = {place: Decimal(amount) for place, amount in json.loads(wip or "{}").items()}
    return Standing(amounts, visited_id, visited or "", left_at, is_stopped, is_troubled)


def station(pk: int) -> tuple[Equipment, StationSession | None]:
    """A station as it is now, with what it is part of, and whoever is signed on with their work order."""
    rows = Equipment.objects.annotate(now=FilteredRelation("sessions", condition=Q(sessions__ended_at__isnull=True)))
    found = rows.select_related(*paths()).get(pk=pk)
    return found, getattr(found, "now", None)  # not there when nobody is signed on


def paths() -> Iterable[str]:
    """What is read along with a station."""
    job = "now__job_order"
    return "parent__parent__parent", f"{job}__line", f"{job}__work_request__material__unit", "now__position"
