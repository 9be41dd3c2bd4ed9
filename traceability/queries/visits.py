"""Which lot stood where, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from psycopg2.extras import DateTimeTZRange

from traceability import sharing
from traceability.models import Visit

TOGETHER = """
SELECT own.id, other.id, greatest(lower(own.during), lower(other.during)),
       least(upper(own.during), coalesce(upper(other.during), upper(own.during)))
FROM traceability_visit own JOIN traceability_visit other
  ON other.equipment_id = own.equipment_id AND other.during && own.during
WHERE own.id = ANY(%s) AND NOT upper_inf(own.during) AND lower(own.during) < upper(own.during)
"""


@dataclass(frozen=True, slots=True)
class Share:
    """A stay that has ended: how many lots stood there with it at some time, and the time that counts for it."""

    others: int
    seconds: float


def lots_at(*, equipment_ids: Iterable[int], from_at: datetime, to_at: datetime) -> list[int]:
    """The ids of the lots that stood at the equipment at any time in (from_at, to_at], ascending."""
    window = DateTimeTZRange(from_at, to_at, "(]")
    rows = Visit.objects.filter(equipment__in=list(equipment_ids), during__overlap=window)
    return sorted(set(rows.values_list("lot_id", flat=True)))


def open_at(*, equipment_ids: Iterable[int]) -> list[Visit]:
    """The visits that have not ended."""
    rows = Visit.objects.filter(Q(during__upper_inf=True), equipment__in=list(equipment_ids))
    return list(rows.select_related("lot__material", "person", "equipment").order_by("id"))


def shares(visits: Iterable[Visit]) -> dict[int, Share]:
    """Stay → its share of the time at its machine; nothing for one that has not ended."""
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, [[visit.pk for visit in visits]])
        rows = cursor.fetchall()
    beside: dict[int, dict[int, sharing.Span]] = {}
    for own, other, begin, end in rows:
        beside.setdefault(own, {})[other] = (begin, end)
    return {own: Share(len(spans) - 1, sharing.shares(spans)[own]) for own, spans in beside.items()}
