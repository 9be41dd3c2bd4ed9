"""What is in process: by work order, by lot, by operation and by age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from mes.models import JobOrder
from plant import scoping
from plant.models import Person
from traceability.models import Bucket, LotBalance, MaterialLot

BOARD = """
SELECT s.sequence, s.code, s.name, s.name_zh, line.code AS line, lot.number, lot.status, b.quantity, job.number AS job,
       material.code AS material, unit.symbol AS unit,
       (SELECT max(m.at) FROM traceability_move m
         WHERE m.lot_id = lot.id AND m.to_bucket = 'WIP' AND m.to_place = b.place) AS since
FROM traceability_lotbalance b
JOIN traceability_materiallot lot ON lot.id = b.lot_id
JOIN mes_joborder job ON job.number = lot.job_order
JOIN mes_segment s ON s.work_master_id = job.work_master_id AND s.code = b.place
JOIN plant_materialdefinition material ON material.id = lot.material_id
JOIN plant_unit unit ON unit.code = material.unit_id
LEFT JOIN plant_equipment line ON line.id = job.line_id
WHERE b.bucket = 'WIP' AND b.quantity > 0 AND (%(line)s = '' OR line.code = %(line)s)
ORDER BY s.sequence, since
"""


@dataclass(frozen=True)
class Pile:
    """What waits before or in one operation."""

    sequence: int
    code: str
    name: str
    name_zh: str
    lots: list[dict[str, Any]]

    @property
    def quantity(self) -> Decimal:
        return sum((lot["quantity"] for lot in self.lots), Decimal(0))

    @property
    def oldest_at(self) -> datetime | None:
        return min((lot["since"] for lot in self.lots if lot["since"]), default=None)

    @property
    def held(self) -> int:
        return sum(lot["status"] == "HELD" for lot in self.lots)


def of_lot(lot: MaterialLot) -> dict[str, Decimal]:
    """Operation → amount of a lot that is in process there."""
    rows = LotBalance.objects.filter(lot=lot, bucket=Bucket.WIP, quantity__gt=0)
    return dict(rows.values_list("place", "quantity"))


def of_job(number: str) -> dict[str, Decimal]:
    """Operation → amount of a work order that is in process there."""
    rows = LotBalance.objects.filter(lot__job_order=number, bucket=Bucket.WIP, quantity__gt=0)
    return dict(rows.order_by("place").values_list("place").annotate(Sum("quantity")))


def of_jobs(numbers: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    """(Work order, operation) → amount in process there."""
    rows = LotBalance.objects.filter(lot__job_order__in=list(numbers), bucket=Bucket.WIP, quantity__gt=0)
    sums = rows.order_by("place").values_list("lot__job_order", "place").annotate(Sum("quantity"))
    return {(number, place): amount for number, place, amount in sums}


def board(person: Person, *, line: str = "") -> list[Pile]:
    """What a person sees in process, piled up by operation, the oldest lot of each first."""
    with connection.cursor() as cursor:
        cursor.execute(BOARD, {"line": line})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    jobs = scoping.visible(JobOrder.objects.filter(number__in={row["job"] for row in rows}), person)
    seen = set(jobs.values_list("number", flat=True))
    piles: dict[str, Pile] = {}
    for row in (row for row in rows if row["job"] in seen):
        pile = piles.setdefault(row["code"], Pile(row["sequence"], row["code"], row["name"], row["name_zh"], []))
        pile.lots.append(row)
    return sorted(piles.values(), key=lambda pile: pile.sequence)
