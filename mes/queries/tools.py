"""Tools: what each has done while mounted, what is mounted where, and with which a lot was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mes.models import Tool, ToolLife, ToolMount
from plant.errors import Refusal
from plant.models import Equipment
from traceability.models import MaterialLot

# Pieces are what the machine counted while the tool was mounted, else what was reported there; hours what it ran.
WORN = """
SELECT CASE WHEN %(hours)s THEN (
  SELECT sum(extract(epoch FROM least(coalesce(s.to_at, %(to)s), %(to)s) - greatest(s.from_at, %(from)s))) / 3600
  FROM mes_machinestate s WHERE s.equipment_id = %(station)s AND s.state = 'RUNNING'
    AND s.from_at < %(to)s AND (s.to_at IS NULL OR s.to_at > %(from)s)
) ELSE coalesce(
  (SELECT nullif(sum(c.good + c.reject), 0) FROM mes_machinecount c WHERE c.equipment_id = %(station)s
     AND c.minute_at >= date_trunc('minute', %(from)s::timestamptz) AND c.minute_at < %(to)s),
  (SELECT sum(r.good + r.scrap + r.rework) FROM mes_jobresponse r
   WHERE r.station_id = %(station)s AND r.at >= %(from)s AND r.at < %(to)s)) END
"""
MADE = """
SELECT DISTINCT m.id FROM mes_toolmount m JOIN traceability_visit v ON v.equipment_id = m.station_id
  AND v.during && tstzrange(m.from_at, coalesce(m.to_at, 'infinity'), '[)')
WHERE v.lot_id = ANY(%s)
"""

# At the end of its life where it is mounted, and to stop there.
WORN_OUT = """
EXISTS (SELECT 1 FROM mes_toolmount m JOIN mes_tool t ON t.id = m.tool_id
  WHERE m.station_id = ANY(%(places)s) AND m.to_at IS NULL AND t.used >= t.life AND t.when_over = 'STOP')
"""


class UnknownTool(Refusal):
    """A code that no tool carries."""

    code = "unknown-tool"


def by_code(code: str) -> Tool:
    """One tool."""
    found = Tool.objects.select_related("equipment_class").filter(code=code).first()
    if found is None:
        raise UnknownTool(_("There is no tool “%(code)s”.") % {"code": code[:40]})
    return found


def listing() -> QuerySet[Tool]:
    """Tools, each with the code of the station where it is mounted now."""
    here = ToolMount.objects.filter(tool=OuterRef("pk"), to_at__isnull=True)
    return Tool.objects.select_related("equipment_class").annotate(mounted=Subquery(here.values("station__code")[:1]))


def is_mounted(_word: object) -> Q:
    """Tools that are mounted somewhere."""
    return Q(mounted__isnull=False)


def mounted_at(stations: Sequence[Equipment]) -> QuerySet[ToolMount]:
    """What is mounted at some stations now."""
    rows = ToolMount.objects.filter(station__in=stations, to_at__isnull=True)
    return rows.select_related("tool", "station").order_by("tool__code")


def mount_of(tool: Tool) -> ToolMount | None:
    """Where a tool is mounted now."""
    return ToolMount.objects.filter(tool=tool, to_at__isnull=True).select_related("station", "by").first()


def worn(mount: ToolMount, at: datetime) -> float:
    """What a mounted tool has done since its life began, until a moment; in the unit of its life."""
    words: dict[str, Any] = {
        "hours": mount.tool.life_by == ToolLife.HOURS, "station": mount.station_id, "from": mount.from_at, "to": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(WORN, words)
        done = float(cursor.fetchone()[0] or 0)
    return mount.used_before + (done / mount.tool.per_shot if mount.tool.life_by == ToolLife.SHOTS else done)


def of_lots(lots: Sequence[MaterialLot]) -> list[ToolMount]:
    """The tools that were mounted where some lots stood, while they stood there."""
    with connection.cursor() as cursor:
        cursor.execute(MADE, [[lot.pk for lot in lots]])
        found = [pk for (pk,) in cursor.fetchall()]
    rows = ToolMount.objects.filter(pk__in=found).select_related("tool", "station")
    return list(rows.order_by("from_at", "pk")[:100])
