"""What the bill of materials still asks for: of one lot at an operation, and of a whole work order."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection

from mes.queries.routings import BomLine, Step
from traceability.models import MaterialLot

TAKEN = """
SELECT parent.material_id, sum(k.quantity) FROM traceability_link k
JOIN traceability_materiallot parent ON parent.id = k.parent_id
WHERE k.child_id = %(lot)s AND k.operation = %(operation)s AND k.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM traceability_link back WHERE back.reverses_id = k.id)
GROUP BY 1
UNION ALL
SELECT 0, coalesce(sum(m.quantity), 0) FROM traceability_move m
WHERE m.lot_id = %(lot)s AND m.from_bucket = 'MADE'
  AND NOT EXISTS (SELECT 1 FROM traceability_link k JOIN traceability_materiallot p ON p.id = k.parent_id
                  WHERE k.child_id = %(lot)s AND p.material_id = %(material)s)
"""
OF_JOB = """
WITH line(material_id, ratio) AS (SELECT * FROM unnest(%(materials)s::bigint[], %(ratios)s::numeric[]))
SELECT coalesce((SELECT sum(a.quantity / line.ratio) FROM traceability_materialactual a
                 JOIN traceability_materiallot lot ON lot.id = a.lot_id
                 JOIN line ON line.material_id = lot.material_id
                 WHERE a.job_order = %(job)s AND a.operation = %(operation)s AND a.kind = 'CONSUMED'), 0)
     + coalesce((SELECT sum(b.quantity / line.ratio) FROM traceability_lotbalance b
                 JOIN traceability_materiallot lot ON lot.id = b.lot_id
                 JOIN line ON line.material_id = lot.material_id
                 WHERE b.bucket = 'ISSUED' AND b.place = %(station)s), 0)
"""


def of_lot(lot: MaterialLot, step: Step, *, pieces: Decimal | None = None) -> dict[int, Decimal]:
    """Listed material → amount of it that still has to go into a lot at an operation, for all its pieces or so many.

    What went in as a substitute counts by its ratio.
    A lot that was split off for rework needs nothing: its pieces were equipped in the lot they came from.
    """
    if not step.bom:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"lot": lot.pk, "operation": step.code, "material": lot.material_id})
        taken: dict[int, Decimal] = dict(cursor.fetchall())
    whole = taken.pop(0, Decimal(0))
    count = whole if pieces is None else min(pieces, whole)
    left = {line.material_id: round(line.quantity_per * count - covered(line, taken), 6) for line in step.bom}
    return {material: amount for material, amount in left.items() if amount > 0}


def covered(line: BomLine, taken: Mapping[int, Decimal]) -> Decimal:
    """How much of a line is covered by what was taken of its material and of the substitutes; not rounded."""
    parts = [taken.get(line.material_id, Decimal(0))]
    parts += [taken.get(one.material_id, Decimal(0)) / one.ratio for one in line.replacements]
    return sum(parts, Decimal(0))


def in_units_of(line: BomLine, material_id: int, amount: Decimal) -> Decimal:
    """So much of the listed material, as an amount of a material that is allowed on its line."""
    return round(amount * (line.ratio(material_id) or 1), 6)


def as_listed(line: BomLine, material_id: int, amount: Decimal) -> Decimal:
    """So much of a material that is allowed on a line, as an amount of the listed one; not rounded."""
    return amount / (line.ratio(material_id) or 1)


def of_job(*, job: str, quantity: Decimal, station: str, operation: str, line: BomLine) -> Decimal:
    """How much more of a listed material an order needs at a station, beyond what it took and what lies ready there."""
    with connection.cursor() as cursor:
        ids = line.material_ids
        words: dict[str, Any] = {"job": job, "operation": operation, "station": station}
        cursor.execute(OF_JOB, {**words, "materials": ids, "ratios": [line.ratio(pk) for pk in ids]})
        there: Decimal = cursor.fetchone()[0]
    return max(round(line.quantity_per * quantity - there, 6), Decimal(0))
