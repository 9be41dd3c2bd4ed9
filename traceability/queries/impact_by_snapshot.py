"""The counts of an impact from a snapshot of the genealogy: three small questions for names, arrays for the rest."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from traceability.models import Bucket, LotKind
from traceability.queries.affected import Affected, Impact, Placed, Shipped
from traceability.snapshot.arrays import Ids
from traceability.snapshot.counting import Reached, grouped

MATERIALS = """
SELECT m.id, m.code, m.name, u.symbol FROM plant_materialdefinition m JOIN plant_unit u ON u.code = m.unit_id
WHERE m.id = ANY(%s)
"""
CUSTOMERS = """
SELECT s.number, p.id, p.code, p.name FROM traceability_shipment s JOIN plant_partner p ON p.id = s.customer_id
WHERE s.number = ANY(%s)
"""


def told(cursor: Any, found: Reached, roots: Iterable[int]) -> Impact:
    """The same counts as by walking, row for row."""
    cursor.execute(MATERIALS, [np.unique(found.material).tolist()])
    names = {row[0]: row[1:] for row in cursor.fetchall()}
    return Impact(
        tuple(sorted(affected(found, names, roots), key=lambda row: (row.material, row.kind))),
        tuple(sorted(placed(found, names), key=lambda row: (row.material, row.bucket))),
        tuple(sorted(shipped(cursor, found, names), key=lambda row: (row.customer, row.material))),
    )


def affected(found: Reached, names: dict[int, tuple[str, ...]], roots: Iterable[int]) -> Iterable[Affected]:
    """Lots by material and kind, the roots left out."""
    made = ~np.isin(found.ids, np.array(list(roots), np.int64))
    keys, number = np.unique(found.material[made] * 2 + found.is_serial[made], return_inverse=True)
    lots = np.bincount(number, minlength=len(keys)).tolist()
    held = np.bincount(number[found.held[made]], minlength=len(keys)).tolist()
    for key, count, stopped in zip(keys.tolist(), lots, held, strict=True):
        code, name, _ = names[key // 2]
        yield Affected(code, name, (LotKind.SERIAL if key % 2 else LotKind.LOT).value, count, stopped)


def placed(found: Reached, names: dict[int, tuple[str, ...]]) -> Iterable[Placed]:
    """Amounts by material and bucket."""
    buckets = sorted({bucket for bucket, _ in found.wheres})
    of_where = np.array([buckets.index(bucket) for bucket, _ in found.wheres], np.int64)
    for material, bucket, lots, amount in amounts(found, of_where[found.where], max(1, len(buckets))):
        code, _, unit = names[material]
        yield Placed(code, unit, buckets[bucket], lots, amount)


def shipped(cursor: Any, found: Reached, names: dict[int, tuple[str, ...]]) -> Iterable[Shipped]:
    """Amounts by customer and material."""
    there = set(np.unique(found.where).tolist())
    numbers = {place: at for at, (bucket, place) in enumerate(found.wheres) if bucket == Bucket.SHIPPED and at in there}
    cursor.execute(CUSTOMERS, [list(numbers)])
    rows = cursor.fetchall()
    customers = {row[1]: row[2:] for row in rows}
    order = list(customers)
    of_where = np.full(len(found.wheres), len(order), np.int64)  # the last: no customer's
    for number, customer, _, _ in rows:
        of_where[numbers[number]] = order.index(customer)
    for material, customer, lots, amount in amounts(found, of_where[found.where], len(order) + 1):
        if customer < len(order):
            code, name = customers[order[customer]]
            yield Shipped(code, name, names[material][0], names[material][2], lots, amount)


def amounts(found: Reached, group: Ids, groups: int) -> Iterable[tuple[int, int, int, Any]]:
    """Lots and amount of each material in each group of balances."""
    for key, lots, amount in grouped(found.material[found.owner] * groups + group, found.owner, found.amount):
        yield key // groups, key % groups, lots, amount
