"""What the instruments around a visit said: ambient and process values in its window, by parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from plant.models import Equipment, EquipmentLevel, ParameterKind
from traceability.models import Stream, Visit
from traceability.queries import few

# A slow ambient sensor may not have read inside a short visit; then its last value shortly before stands for it.
BEFORE = few.newest(
    stream="v.stream", since="(v.from_at - interval '15 minutes')", until="v.from_at", limit="1",
    where="s.readings = 0 AND quality = 0 AND at < v.from_at",
)
STATISTICS = f"""
SELECT v.visit, v.stream, s.low, s.mean, s.high, s.readings, s.by_hand, s.bad, before.value
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS v(visit, stream, from_at, to_at)
CROSS JOIN LATERAL (
  SELECT min(value) FILTER (WHERE quality = 0) AS low, avg(value) FILTER (WHERE quality = 0) AS mean,
         max(value) FILTER (WHERE quality = 0) AS high, count(*) FILTER (WHERE quality = 0) AS readings,
         count(*) FILTER (WHERE source = 1) AS by_hand, count(*) FILTER (WHERE quality <> 0) AS bad
  FROM zz_readings(v.stream, v.from_at, v.to_at)
) s
LEFT JOIN LATERAL {BEFORE} before ON true
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """A stream's values while a lot stood at a machine."""

    stream: Stream
    low: float | None
    mean: float | None
    high: float | None
    readings: int
    by_hand: int
    bad: int

    @property
    def name(self) -> str:
        return self.stream.parameter.title

    @property
    def is_ambient(self) -> bool:
        return self.stream.parameter.kind == ParameterKind.ENVIRONMENT

    @property
    def is_last_known(self) -> bool:
        """Nothing was read inside the window; the value is the last one before it."""
        return self.readings == 0 and self.mean is not None


def around(visits: Sequence[Visit], *, now: datetime) -> dict[int, list[Summary]]:
    """For each visit the summaries of the streams around it, ambient ones included; three statements."""
    nearby = streams_near({visit.equipment_id for visit in visits})
    asked = [(visit, stream) for visit in visits for stream in nearby.get(visit.equipment_id, [])]
    found: dict[int, list[Summary]] = {visit.pk: [] for visit in visits}
    if not asked:
        return found
    by_id = {stream.pk: stream for _, stream in asked}
    columns = [
        [visit.pk for visit, _ in asked], [stream.pk for _, stream in asked],
        [visit.during.lower for visit, _ in asked], [visit.during.upper or now for visit, _ in asked],
    ]
    with connection.cursor() as cursor:
        cursor.execute(STATISTICS, columns)
        for visit, stream, low, mean, high, *counts, before in cursor.fetchall():
            if mean is None:
                low = mean = high = before
            found[visit].append(Summary(by_id[stream], low, mean, high, *counts))
    return found


def streams_near(equipment_ids: set[int]) -> dict[int, list[Stream]]:
    """The streams that say something about each machine: its own, and per ambient parameter the nearest sensor."""
    tree = {one.pk: one for one in Equipment.objects.only("pk", "parent_id", "level", "code")}
    chains = {key: _chain(key, tree) for key in equipment_ids}
    lines = [key for chain in chains.values() for key in chain if tree[key].level == EquipmentLevel.WORK_CENTER]
    ambient = Q(parameter__kind=ParameterKind.ENVIRONMENT) & (
        Q(equipment__in=[key for chain in chains.values() for key in chain]) | Q(equipment__parent__in=lines)
    )
    rows = Stream.objects.filter(ambient | Q(equipment__in=equipment_ids))
    streams = list(rows.select_related("parameter__unit", "equipment").order_by("parameter__code", "code"))
    return {key: _near(chain, streams) for key, chain in chains.items()}


def _chain(key: int | None, tree: dict[int, Equipment]) -> list[int]:
    """The equipment and everything it is part of."""
    chain: list[int] = []
    while key is not None:
        chain.append(key)
        key = tree[key].parent_id
    return chain


def _near(chain: list[int], streams: list[Stream]) -> list[Stream]:
    own = [stream for stream in streams if stream.equipment_id == chain[0]]
    here = {stream.parameter_id for stream in own}
    nearest: dict[int, tuple[int, Stream]] = {}
    for stream in streams:
        if stream.parameter.kind != ParameterKind.ENVIRONMENT or stream.parameter_id in here:
            continue
        if stream.equipment_id not in chain and stream.equipment.parent_id not in chain:
            continue
        distance = chain.index(stream.equipment_id) if stream.equipment_id in chain else len(chain)
        if stream.parameter_id not in nearest or distance < nearest[stream.parameter_id][0]:
            nearest[stream.parameter_id] = (distance, stream)
    return own + [stream for _, stream in nearest.values()]
