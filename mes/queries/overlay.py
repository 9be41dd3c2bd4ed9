"""Curves of faulty pieces laid over those of good ones: the same parameter at the same operation, from its begin on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from plant import scoping
from plant.models import Parameter, Person
from traceability import bounds
from traceability.bounds import Bound
from traceability.models import MaterialLot, Quality, Stream, Visit
from traceability.queries import common_cause

MOST_LOTS, POINTS = 30, 300
SHARED = """
WITH asked AS (
  SELECT lot_id, true AS is_bad FROM unnest(%(bad)s::bigint[]) AS lot_id
  UNION ALL SELECT lot_id, false FROM unnest(%(good)s::bigint[]) AS lot_id
)
SELECT v.operation, a.id, count(DISTINCT v.lot_id) FILTER (WHERE is_bad) AS bad,
       count(DISTINCT v.lot_id) FILTER (WHERE NOT is_bad) AS good
FROM asked JOIN traceability_visit v ON v.lot_id = asked.lot_id
JOIN traceability_stream s ON s.equipment_id = v.equipment_id
JOIN plant_parameter a ON a.id = s.parameter_id
WHERE v.operation <> '' GROUP BY v.operation, a.id, a.code
ORDER BY (count(*) FILTER (WHERE is_bad) > 0 AND count(*) FILTER (WHERE NOT is_bad) > 0) DESC,
         count(DISTINCT v.lot_id) DESC, v.operation, a.code
"""
CURVES = """
SELECT stay.id, s.id, stay.lot_id, place.code, lower(stay.during), r.seconds, r.value, r.quality
FROM traceability_visit stay JOIN plant_equipment place ON place.id = stay.equipment_id
JOIN traceability_stream s ON s.equipment_id = stay.equipment_id AND s.parameter_id = %(parameter)s
CROSS JOIN LATERAL (
  SELECT extract(epoch FROM at - lower(stay.during))::float8 AS seconds, value, quality,
         row_number() OVER (ORDER BY at, seq) AS place, count(*) OVER () AS total
  FROM zz_readings(s.id, lower(stay.during), coalesce(upper(stay.during), %(now)s))
) AS r
WHERE stay.lot_id = ANY(%(lots)s::bigint[]) AND stay.operation = %(operation)s
  AND r.place %% greatest(1, r.total / %(most)s) = 0
ORDER BY stay.id, s.id, r.seconds
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """What some of the lots were read at: an operation and a parameter, with how many of each side."""

    operation: str
    parameter: Parameter
    bad: int
    good: int

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.operation}|{self.parameter.code}"


@dataclass(slots=True)
class Curve:
    """What was read while one lot stood at the operation once; a reading that can't be trusted leaves a hole."""

    stay: int
    stream: int
    lot: str
    is_bad: bool
    place: str
    from_at: datetime
    points: list[tuple[float, float | None]]

    @property
    def values(self) -> list[float]:
        return [value for _, value in self.points if value is not None]

    @property
    def low(self) -> float | None:
        return min(self.values, default=None)

    @property
    def mean(self) -> float | None:
        return sum(self.values) / len(self.values) if self.values else None

    @property
    def high(self) -> float | None:
        return max(self.values, default=None)


def numbers(text: str) -> list[str]:
    """Numbers as they were scanned or pasted: one a line, or with blanks, commas or semicolons between; each once."""
    return list(dict.fromkeys(part for part in re.split(r"[\s,;，；、]+", text) if part))[:MOST_LOTS]


def lots_of(asked: Sequence[str], person: Person) -> dict[str, MaterialLot]:
    """The lots among these numbers that a person sees."""
    rows = scoping.visible(MaterialLot.objects.filter(number__in=asked), person)
    return {lot.number: lot for lot in rows}


def beside(numbers: Sequence[str], person: Person) -> list[str]:
    """What stands for good pieces where nobody names any: the same materials made nearest in time."""
    bad = [lot.pk for lot in lots_of(numbers, person).values()]
    near = list(common_cause.beside(bad).values()) if bad else []
    return [lot.number for lot in scoping.within(near, person)][:MOST_LOTS]


def shared(bad: Iterable[int], good: Iterable[int]) -> list[Shared]:
    """Where instruments read something of these lots; what both sides have comes first."""
    with connection.cursor() as cursor:
        cursor.execute(SHARED, {"bad": list(bad), "good": list(good)})
        rows = cursor.fetchall()
    known = Parameter.objects.select_related("unit").in_bulk({row[1] for row in rows})
    return [Shared(operation, known[pk], of_bad, of_good) for operation, pk, of_bad, of_good in rows]


def curves(one: Shared, bad: Iterable[MaterialLot], good: Iterable[MaterialLot], *, now: datetime) -> list[Curve]:
    """Every stay of these lots at the operation, the good ones first: what is drawn later lies on top."""
    of_bad = {lot.pk: lot for lot in bad}
    known = {lot.pk: lot for lot in good} | of_bad
    words: dict[str, Any] = {
        "lots": list(known), "operation": one.operation, "parameter": one.parameter.pk, "now": now, "most": POINTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(CURVES, words)
        rows = cursor.fetchall()
    found: dict[tuple[int, int], Curve] = {}
    for stay, stream, lot, place, from_at, seconds, value, quality in rows:
        curve = Curve(stay, stream, known[lot].number, lot in of_bad, place, from_at, [])
        curve = found.setdefault((stay, stream), curve)
        curve.points.append((seconds, value if quality == Quality.GOOD else None))
    return sorted(found.values(), key=lambda curve: (curve.is_bad, curve.lot, curve.from_at))


def limits(found: Sequence[Curve]) -> list[Bound]:
    """The lines under which these curves were made, each once: a golden window, else what is asked or charted."""
    visits = Visit.objects.select_related("lot").in_bulk({curve.stay for curve in found})
    streams = Stream.objects.in_bulk({curve.stream for curve in found})
    lines = bounds.of([(visits[curve.stay], streams[curve.stream]) for curve in found])
    each = {(one.value, one.tone): one for curve in found for one in lines.get((curve.stay, curve.stream), [])}
    return sorted(each.values(), key=lambda one: one.value)
