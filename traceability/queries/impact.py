"""How far a problem reaches: what was made from the lots, counted by what it is, where it is now and who has it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from plant import scoping
from plant.models import Person
from traceability.queries import genealogy_sql, impact_by_snapshot
from traceability.queries.affected import Affected, Impact, Placed, Shipped
from traceability.snapshot import counting

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
WHOSE = """
{walk}
SELECT p.code, p.name, m.code, u.symbol, count(DISTINCT b.lot_id), sum(b.quantity)
FROM (SELECT DISTINCT id FROM down) d
JOIN traceability_lotbalance b ON b.lot_id = d.id AND b.quantity > 0 AND b.bucket = 'SHIPPED'
JOIN traceability_shipment s ON s.number = b.place
JOIN plant_partner p ON p.id = s.customer_id
JOIN traceability_materiallot n ON n.id = d.id
JOIN plant_materialdefinition m ON m.id = n.material_id
JOIN plant_unit u ON u.code = m.unit_id
GROUP BY 1, 2, 3, 4 ORDER BY 1, 3
"""


def seen_by(person: Person, lot_ids: Iterable[int]) -> Impact:
    """The counts for somebody of the plant, other sites included: a recall must know all of it, details it needs not.

    A partner's person is told nothing of what was made.
    """
    return downstream_counts(lot_ids) if scoping.reach(person).partner is None else Impact()


def downstream_counts(lot_ids: Iterable[int]) -> Impact:
    """Count what holds some of these lots: from the snapshot of the genealogy, where there is one, else by walking."""
    roots = list(lot_ids)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        found = counting.read(cursor, roots)
        return impact_by_snapshot.told(cursor, found, roots) if found else walked(cursor, roots)


def customers_seen_by(person: Person, lot_ids: Iterable[int]) -> tuple[Shipped, ...]:
    """Which customers have some, for somebody of the plant."""
    return customers(lot_ids) if scoping.reach(person).partner is None else ()


def customers(lot_ids: Iterable[int]) -> tuple[Shipped, ...]:
    """Only which customers have some of these lots, and how much."""
    roots = list(lot_ids)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if found := counting.read(cursor, roots):
            return impact_by_snapshot.customers(cursor, found)
        cursor.execute(genealogy_sql.SETTINGS)
        return _whose(cursor, roots)


def walked(cursor: Any, roots: list[int]) -> Impact:
    """The counts by recursive queries: always right, and slower the more there is."""
    parameters: dict[str, Any] = {"roots": roots, "as_of": genealogy_sql.FOREVER}
    walk = genealogy_sql.walks("downstream", limited=False)
    cursor.execute(genealogy_sql.SETTINGS)
    cursor.execute(LOTS.format(walk=walk), parameters)
    affected = tuple(Affected(*row) for row in cursor.fetchall())
    cursor.execute(WHERE.format(walk=walk), parameters)
    placed = tuple(Placed(*row) for row in cursor.fetchall())
    return Impact(affected, placed, _whose(cursor, roots))


def _whose(cursor: Any, roots: list[int]) -> tuple[Shipped, ...]:
    walk = genealogy_sql.walks("downstream", limited=False)
    cursor.execute(WHOSE.format(walk=walk), {"roots": roots, "as_of": genealogy_sql.FOREVER})
    return tuple(Shipped(*row) for row in cursor.fetchall())
