"""The counts of an impact from a snapshot of the genealogy: three small questions for names, arrays for the rest."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from traceability.models import Bucket, LotKind
from traceability.queries.affected import Affected, Impact, Placed, Shipped
from traceability.snapshot.arrays import Ids, distinct
from traceability.snapshot.counting import Reached, grouped

MATERIALS = """
SELECT m.id, m.code, m.name, u.symbol FROM plant_materialdefinition m JOIN plant_unit u ON u.code = m.unit_id
WHERE m.id = ANY(%s)
"""
CUSTOMERS = """
SELECT s.number, p.id, p.code, p.name FROM traceability_shipment s JOIN plant_partner p ON p.id = s.customer_id
WHERE s.number = ANY(%s)
"""

Names = list[tuple[str, ...]]


def told(cursor: Any, found: Reached, roots: Iterable[int]) -> Impact:
    """The same counts as by walking, row for row."""
    material, names = named(cursor, found)
    return Impact(
        tuple(sorted(affected(found, material, names, roots), key=lambda row: (row.material, row.kind))),
        tuple(sorted(placed(found, material, names), key=lambda row: (row.material, row.bucket))),
        shipped(cursor, found, material, names),
    )


def customers(cursor: Any, found: Reached) -> tuple[Shipped, ...]:
    """Only who has some of it."""
    return shipped(cursor, found, *named(cursor, found))


def named(cursor: Any, found: Reached) -> tuple[Ids, Names]:
    """Each lot's material as a place in the list of their names."""
    materials = distinct(found.material)
    cursor.execute(MATERIALS, [materials.tolist()])
    names = {row[0]: row[1:] for row in cursor.fetchall()}
    return np.searchsorted(materials, found.material), [names[one] for one in materials.tolist()]


def affected(found: Reached, material: Ids, names: Names, roots: Iterable[int]) -> Iterable[Affected]:
    """Lots by material and kind, the roots left out."""
    made = ~np.isin(found.ids, np.array(list(roots), np.int64))
    key = material * 2 + found.is_serial
    lots, held = (np.bincount(key[chosen], minlength=len(names) * 2).tolist() for chosen in (made, made & found.held))
    for one, (count, stopped) in enumerate(zip(lots, held, strict=True)):
        if count:
            code, name, _ = names[one // 2]
            yield Affected(code, name, (LotKind.SERIAL if one % 2 else LotKind.LOT).value, count, stopped)


def placed(found: Reached, material: Ids, names: Names) -> Iterable[Placed]:
    """Amounts by material and bucket."""
    buckets = sorted({bucket for bucket, _ in found.wheres})
    of_where = np.array([buckets.index(bucket) for bucket, _ in found.wheres], np.int64)
    key = material[found.owner] * len(buckets) + of_where[found.where]
    for one, lots, amount in grouped(key, found.owner, found.amount):
        code, _, unit = names[one // len(buckets)]
        yield Placed(code, unit, buckets[one % len(buckets)], lots, amount)


def shipped(cursor: Any, found: Reached, material: Ids, names: Names) -> tuple[Shipped, ...]:
    """Amounts by customer and material."""
    numbers = {place: at for at, (bucket, place) in enumerate(found.wheres) if bucket == Bucket.SHIPPED}
    cursor.execute(CUSTOMERS, [list(numbers)])
    deliveries: list[tuple[str, int, str, str]] = cursor.fetchall()
    known = {row[1]: row[2:] for row in deliveries}
    order = {customer: at for at, customer in enumerate(known)}
    of_where = np.full(len(found.wheres), -1, np.int64)
    for number, customer, _, _ in deliveries:
        of_where[numbers[number]] = order[customer]
    theirs = np.flatnonzero(of_where[found.where] >= 0)
    owner = found.owner[theirs]
    key = of_where[found.where[theirs]] * len(names) + material[owner]
    of_order = list(known.values())
    rows = [
        Shipped(*of_order[one // len(names)], names[one % len(names)][0], names[one % len(names)][2], lots, amount)
        for one, lots, amount in grouped(key, owner, found.amount[theirs])
    ]
    return tuple(sorted(rows, key=lambda row: (row.customer, row.material)))
