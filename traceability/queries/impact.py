"""How far a problem reaches: what was made from the lots, counted by what it is and where it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from plant import scoping
from plant.models import Person
from traceability.queries import genealogy_sql

LOTS = """
{walk}
SELECT m.code, m.name, n.kind, count(*), count(*) FILTER (WHERE n.status = 'HELD')
FROM (SELECT DISTINCT id FROM down) d
JOIN traceability_materiallot n ON n.id = d.id
JOIN plant_materialdefinition m ON m.id = n.material_id
WHERE NOT d.id = ANY(%(roots)s::bigint[])
GROUP BY 1, 2, 3 ORDER BY 1, 3
"""
WHERE = """
{walk}
SELECT m.code, u.symbol, b.bucket, count(DISTINCT b.lot_id), sum(b.quantity)
FROM (SELECT DISTINCT id FROM down) d
JOIN traceability_lotbalance b ON b.lot_id = d.id AND b.quantity > 0
JOIN traceability_materiallot n ON n.id = d.id
JOIN plant_materialdefinition m ON m.id = n.material_id
JOIN plant_unit u ON u.code = m.unit_id
GROUP BY 1, 2, 3 ORDER BY 1, 3
"""


@dataclass(frozen=True, slots=True)
class Affected:
    """Lots or serials of one material that hold some of it."""

    material: str
    material_name: str
    kind: str
    lots: int
    held: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount of one material in one bucket, the roots' own amounts included."""

    material: str
    unit: str
    bucket: str
    lots: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Impact:
    """What is affected, and where it is."""

    affected: tuple[Affected, ...]
    placed: tuple[Placed, ...]

    @property
    def lots(self) -> int:
        """How many lots and serials were made from the roots."""
        return sum(row.lots for row in self.affected)

    @property
    def held(self) -> int:
        """How many of them are held."""
        return sum(row.held for row in self.affected)

    def in_bucket(self, *buckets: str) -> int:
        """How many lots have something in one of these buckets."""
        return sum(row.lots for row in self.placed if row.bucket in buckets)


def seen_by(person: Person, lot_ids: Iterable[int]) -> Impact:
    """The counts for somebody of the plant, other sites included: a recall must know all of it, details it needs not.

    A partner's person is told nothing of what was made.
    """
    return downstream_counts(lot_ids) if scoping.reach(person).partner is None else Impact((), ())


def downstream_counts(lot_ids: Iterable[int]) -> Impact:
    """Count what holds some of these lots, by material and by where it is; three statements at any size."""
    parameters: dict[str, Any] = {"roots": list(lot_ids), "as_of": genealogy_sql.FOREVER}
    walk = genealogy_sql.walks("downstream", limited=False)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(genealogy_sql.SETTINGS)
        cursor.execute(LOTS.format(walk=walk), parameters)
        affected = tuple(Affected(*row) for row in cursor.fetchall())
        cursor.execute(WHERE.format(walk=walk), parameters)
        placed = tuple(Placed(*row) for row in cursor.fetchall())
    return Impact(affected, placed)
