"""The lots of a scope one by one: what each is, what is said of it, where it is and who has it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from plant import scoping
from plant.models import Person
from traceability.models import MaterialLot
from traceability.queries import scope
from traceability.queries.scope import Reach, Verdict, Whereabouts

ROWS = """
SELECT t.lot_id, t.number, t.kind, t.status, m.code, u.symbol,
  t.verdict, coalesce(t.place_kind, ''), coalesce(t.place, ''), coalesce(c.code, ''), coalesce(c.name, ''),
  coalesce(t.quantity, 0)
FROM stands t JOIN plant_materialdefinition m ON m.id = t.material_id JOIN plant_unit u ON u.code = m.unit_id
LEFT JOIN plant_partner c ON c.id = t.customer_id
WHERE {where}
ORDER BY t.verdict, t.number, t.place_kind, t.place LIMIT %(most)s OFFSET %(skip)s
"""
WHERE = {
    "verdict": "t.verdict = %(verdict)s", "where": "t.place_kind = %(where)s", "material": "m.code = %(material)s",
    "customer": "c.code = %(customer)s",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One lot in one place."""

    lot_id: int
    number: str
    kind: str
    status: str
    material: str
    unit: str
    verdict: str
    where: str
    place: str
    customer: str
    customer_name: str
    quantity: Decimal

    @property
    def is_elsewhere(self) -> bool:
        """Another site's: counted, and told without details."""
        return not self.number

    @property
    def verdict_word(self) -> str | Promise:
        return Verdict(self.verdict).label

    @property
    def where_word(self) -> str | Promise:
        return Whereabouts(self.where).label if self.where else "—"


def page(found: Reach, reader: Person, *, most: int | None, skip: int = 0, **chosen: str) -> list[Row]:
    """Some or all rows, as far as the reader reaches; a verdict, a place, a material or a customer narrows them."""
    statement, said = scope.stands(found)
    kept = {name: value for name, value in chosen.items() if value and name in WHERE}
    where = " AND ".join(["true", *(WHERE[name] for name in kept)])
    said |= {**kept, "most": most, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(statement + ROWS.format(where=where), said)
        rows = [Row(*row) for row in cursor.fetchall()]
    return within(rows, reader)


def within(rows: list[Row], reader: Person) -> list[Row]:
    """The same with what belongs to other sites told without details."""
    far = scoping.reach(reader)
    if far.is_everywhere and far.partner is None:
        return rows
    lots = MaterialLot.objects.filter(pk__in={row.lot_id for row in rows})
    own = set(scoping.visible(lots, reader).values_list("pk", flat=True))
    return [row if row.lot_id in own else _bare(row) for row in rows]


def _bare(row: Row) -> Row:
    return replace(row, number="", status="", material="", place="", customer="", customer_name="")


def sheet(found: Reach, reader: Person, **chosen: str) -> Iterator[list[Any]]:
    """All rows as a file writes them."""
    for row in page(found, reader, most=None, skip=0, **chosen):
        yield [
            row.number, row.material, str(row.verdict_word), str(row.where_word), row.place, row.customer_name,
            row.quantity, row.unit, row.status,
        ]
