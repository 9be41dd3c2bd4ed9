"""What stood at a machine while a value there was outside of limits: the start that readings know."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant.models import EquipmentLevel, ParameterKind
from plant.queries import places
from traceability import starting
from traceability.models import Stream
from traceability.queries.starts import known
from traceability.starting import LIMITS, MORE, WINDOW, Asked, Found, Unasked

# Of each stay: how many sound readings lay outside, and how many there were. Without any, nobody can say.
STAYS = """
SELECT v.lot_id, s.near, count(r.value), count(*) FILTER (WHERE r.value < %(low)s OR r.value > %(high)s)
FROM unnest(%(streams)s::bigint[], %(places)s::bigint[], %(near)s::boolean[]) AS s(stream, place, near)
JOIN traceability_visit v ON v.equipment_id = s.place AND v.during && tstzrange(%(from_at)s, %(to_at)s, '[]')
LEFT JOIN LATERAL (
  SELECT value FROM zz_readings(
    s.stream, greatest(lower(v.during), %(from_at)s), least(coalesce(upper(v.during), %(to_at)s), %(to_at)s)
  ) WHERE quality = 0
) r ON true
GROUP BY 1, 2
"""


@starting.register(
    "parameter", _("Value outside of limits"), _("Parameter or stream"), fields=(MORE, WINDOW, LIMITS),
    more=_("Machine's code"), order=13,
)
def parameter(asked: Asked) -> Found:
    """What stood there while it was outside. Only may be meant: what an ambient instrument stood beside, or unread."""
    if asked.from_at is None or asked.to_at is None or (asked.low is None and asked.high is None):
        raise Unasked(now("Say from when to when, and at least one limit."), facts={"field": "from_at"})
    rows = Stream.objects.filter(Q(code=asked.code) | Q(parameter__code=asked.code))
    rows = rows.filter(equipment__code=asked.more) if asked.more else rows
    streams = known(list(rows.select_related("parameter", "equipment__parent")), asked.code)
    triples = [triple for stream in streams for triple in reached(stream)]
    return judged(triples, asked, asked.from_at, asked.to_at)


def reached(stream: Stream) -> list[tuple[int, int, bool]]:
    """(stream, machine, whether it is read at that very machine): an ambient one speaks for what is around it."""
    here = stream.equipment
    if stream.parameter.kind != ParameterKind.ENVIRONMENT:
        return [(stream.pk, here.pk, True)]
    around = here.parent if here.parent and here.level == EquipmentLevel.WORK_UNIT else here
    return [(stream.pk, one.pk, one.pk == here.pk) for one in places.within(around)]


def judged(triples: list[tuple[int, int, bool]], asked: Asked, from_at: datetime, to_at: datetime) -> Found:
    """The lots whose stay saw a value outside, and those of which that can't be ruled out."""
    streams, machines, near = zip(*triples, strict=True)
    said: dict[str, Any] = {
        "streams": list(streams), "places": list(machines), "near": list(near), "from_at": from_at, "to_at": to_at,
        "low": asked.low if asked.low is not None else float("-inf"),
        "high": asked.high if asked.high is not None else float("inf"),
    }
    with connection.cursor() as cursor:
        cursor.execute(STAYS, said)
        rows = cursor.fetchall()
    exact = frozenset(lot for lot, at_it, _read, outside in rows if outside and at_it)
    possible = frozenset(lot for lot, at_it, read, outside in rows if (outside and not at_it) or not read)
    return Found(exact, possible - exact)
