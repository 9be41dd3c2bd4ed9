"""What the bill of materials still asks for: of one lot at an operation, and of a whole work order."""

from decimal import Decimal

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
SELECT coalesce((SELECT sum(a.quantity) FROM traceability_materialactual a
                 JOIN traceability_materiallot lot ON lot.id = a.lot_id
                 WHERE a.job_order = %(job)s AND a.operation = %(operation)s AND a.kind = 'CONSUMED'
                   AND lot.material_id = %(material)s), 0)
     + coalesce((SELECT sum(b.quantity) FROM traceability_lotbalance b
                 JOIN traceability_materiallot lot ON lot.id = b.lot_id
                 WHERE b.bucket = 'ISSUED' AND b.place = %(station)s AND lot.material_id = %(material)s), 0)
"""


def of_lot(lot: MaterialLot, step: Step, *, pieces: Decimal | None = None) -> dict[int, Decimal]:
    """Material → amount that still has to go into a lot at an operation, for all its pieces or for so many.

    A lot that was split off for rework needs nothing: its pieces were equipped in the lot they came from.
    """
    if not step.bom:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"lot": lot.pk, "operation": step.code, "material": lot.material_id})
        taken: dict[int, Decimal] = dict(cursor.fetchall())
    whole = taken.pop(0, Decimal(0))
    count = whole if pieces is None else min(pieces, whole)
    left = {line.material_id: line.quantity_per * count - taken.get(line.material_id, Decimal(0)) for line in step.bom}
    return {material: amount for material, amount in left.items() if amount > 0}


def of_job(*, job: str, quantity: Decimal, station: str, operation: str, line: BomLine) -> Decimal:
    """How much more of a material a work order needs at a station, beyond what it took and what lies ready there."""
    with connection.cursor() as cursor:
        words = {"job": job, "operation": operation, "station": station}
        cursor.execute(OF_JOB, {**words, "material": line.material_id})
        covered: Decimal = cursor.fetchone()[0]
    return max(line.quantity_per * quantity - covered, Decimal(0))
