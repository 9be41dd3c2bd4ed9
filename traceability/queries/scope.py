"""How far something reaches: affected, perhaps affected and safe lots, by what they are and where each is now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.models import Person
from traceability import starting
from traceability.queries import genealogy_sql
from traceability.snapshot import counting
from traceability.starting import Asked, Found


class Verdict(TextChoices):
    """What a question of reach says of a lot."""

    AFFECTED = "AFFECTED", _("Affected")
    POSSIBLE = "POSSIBLE", _("Perhaps affected")
    SAFE = "SAFE", _("Safe")


class Whereabouts(TextChoices):
    """Where a piece is, for whoever has to get hold of it."""

    WIP = "WIP", _("In process")
    STOCK = "STOCK", _("In stock")
    LEAVING = "LEAVING", _("Picked for a shipment")
    SHIPPED = "SHIPPED", _("Shipped")
    CONSUMED = "CONSUMED", _("Consumed")
    SCRAPPED = "SCRAPPED", _("Scrapped")
    RETURNED = "RETURNED", _("Returned to supplier")
    LOST = "LOST", _("Missing in a count")


DOWN = "WITH RECURSIVE " + genealogy_sql.WALK + " SELECT DISTINCT id FROM down"
# Where the ledger has everything, now or as it was; a pick that stands is on its way to the truck.
SPOTS_NOW = """
SELECT b.lot_id, b.bucket, b.place, b.quantity FROM traceability_lotbalance b
WHERE b.lot_id = ANY(%(all)s::bigint[]) AND b.quantity > 0 AND b.bucket NOT IN ('RECEIVED', 'MADE', 'FOUND')
"""
SPOTS_THEN = """
SELECT f.lot_id, f.bucket, f.place, sum(f.quantity) FROM (
  SELECT lot_id, to_bucket AS bucket, to_place AS place, quantity FROM traceability_move
  WHERE lot_id = ANY(%(all)s::bigint[]) AND at <= %(as_of)s
  UNION ALL
  SELECT lot_id, from_bucket, from_place, -quantity FROM traceability_move
  WHERE lot_id = ANY(%(all)s::bigint[]) AND at <= %(as_of)s
) f WHERE f.bucket NOT IN ('RECEIVED', 'MADE', 'FOUND') GROUP BY 1, 2, 3 HAVING sum(f.quantity) > 0
"""
STANDS = """
WITH said(id, verdict) AS (
  SELECT unnest(%(affected)s::bigint[]), 'AFFECTED' UNION ALL SELECT unnest(%(possible)s::bigint[]), 'POSSIBLE'
  UNION ALL SELECT unnest(%(safe)s::bigint[]), 'SAFE'
), spots(lot_id, bucket, place, quantity) AS ({spots}), stands AS (
  SELECT d.id AS lot_id, d.verdict, n.number, n.kind, n.status, n.site_id, n.material_id, s.quantity, s.place,
    CASE WHEN s.bucket IN ('WIP', 'REWORK', 'ISSUED') THEN 'WIP'
         WHEN s.bucket = 'STOCK' AND p.id IS NOT NULL THEN 'LEAVING'
         WHEN s.bucket = 'SCRAP' THEN 'SCRAPPED' ELSE s.bucket END AS place_kind,
    coalesce(h.customer_id, o.customer_id) AS customer_id
  FROM said d JOIN traceability_materiallot n ON n.id = d.id
  LEFT JOIN spots s ON s.lot_id = d.id
  LEFT JOIN traceability_shipment h ON s.bucket = 'SHIPPED' AND h.number = s.place
  LEFT JOIN traceability_shipmentpick p ON s.bucket = 'STOCK' AND p.lot_id = d.id
    AND p.removed_at IS NULL AND p.move_id IS NULL
  LEFT JOIN traceability_shipmentline i ON i.id = p.line_id
  LEFT JOIN traceability_shipment o ON o.id = i.shipment_id
)
"""
BESIDE = """
SELECT id FROM traceability_materiallot WHERE created_at <= %(as_of)s AND job_order IN (
  SELECT DISTINCT job_order FROM traceability_materiallot WHERE id = ANY(%(all)s::bigint[]) AND job_order <> ''
)
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """The answer as sets of lots; `roots` are where it starts, `dropped` what a narrower criterion lets go."""

    roots: frozenset[int]
    affected: frozenset[int]
    possible: frozenset[int]
    safe: frozenset[int] = frozenset()
    dropped: int = 0
    as_of: datetime | None = None

    @property
    def lots(self) -> frozenset[int]:
        """Whatever is or may be affected."""
        return self.affected | self.possible


@dataclass(frozen=True, slots=True)
class Placed:
    """Lots of one material with one verdict in one kind of place; with customers, whose they are."""

    verdict: str
    material: str
    unit: str
    where: str
    customer: str
    lots: int
    held: int
    quantity: Decimal

    @property
    def verdict_word(self) -> str | Promise:
        return Verdict(self.verdict).label

    @property
    def where_word(self) -> str | Promise:
        return Whereabouts(self.where).label if self.where else _("Nothing is booked")


def reach(asked: Asked, narrow: Asked | None = None, as_of: datetime | None = None) -> Reach:
    """What a start reaches; a second, narrower criterion keeps only what it reaches too.

    Affected is what exact links lead to from what surely is meant. Whatever a possible link or a possible start leads
    to is perhaps affected. Safe is what the same work orders made that is neither.
    """
    start = starting.find(asked)
    affected, every = _both(start, as_of)
    whole = every
    if narrow is not None and narrow.code:
        also, all_of_them = _both(starting.find(narrow), as_of)
        every &= all_of_them
        affected &= also
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"all": list(whole), "as_of": as_of or genealogy_sql.FOREVER})
        beside = frozenset(pk for (pk,) in cursor.fetchall())
    roots = (start.exact | start.possible) & every
    safe = (beside | whole) - every
    return Reach(roots, affected, every - affected, safe, len(whole - every), as_of)


def _both(start: Found, as_of: datetime | None) -> tuple[frozenset[int], frozenset[int]]:
    """What exact links lead to from the sure roots, and whatever any link leads to from all of them."""
    affected = below(start.exact, only_exact=True, as_of=as_of)
    return affected, affected | below(start.exact | start.possible, only_exact=False, as_of=as_of)


def below(lot_ids: Collection[int], *, only_exact: bool, as_of: datetime | None = None) -> frozenset[int]:
    """The lots themselves and all that was made from them; each once, however many ways lead there."""
    if not lot_ids:
        return frozenset()
    statement = DOWN.format(
        name="down", near="child", far="parent", step="0", net=genealogy_sql.NET,
        limit="l.certainty = 'EXACT' AND" if only_exact else "",
    )
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        known = counting.reach(cursor, lot_ids, only_exact) if as_of is None else None
        if known is not None:
            return frozenset(known.tolist())
        cursor.execute(genealogy_sql.SETTINGS)
        cursor.execute(statement, {"roots": list(lot_ids), "as_of": as_of or genealogy_sql.FOREVER})
        return frozenset(pk for (pk,) in cursor.fetchall())


def stands(found: Reach) -> tuple[str, dict[str, Any]]:
    """The common table `stands` (a row for each lot and place) and its parameters, for whoever counts or lists."""
    said = {
        "affected": list(found.affected), "possible": list(found.possible), "safe": list(found.safe),
        "all": list(found.lots | found.safe), "as_of": found.as_of or genealogy_sql.FOREVER,
    }
    return STANDS.format(spots=SPOTS_NOW if found.as_of is None else SPOTS_THEN), said


COUNTED = """
SELECT t.verdict, m.code, u.symbol, coalesce(t.place_kind, ''), coalesce(c.name, ''), count(DISTINCT t.lot_id),
  count(DISTINCT t.lot_id) FILTER (WHERE t.status = 'HELD'), coalesce(sum(t.quantity), 0)
FROM stands t JOIN plant_materialdefinition m ON m.id = t.material_id JOIN plant_unit u ON u.code = m.unit_id
LEFT JOIN plant_partner c ON c.id = t.customer_id
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 4, 5
"""


def counted(found: Reach) -> list[Placed]:
    """The whole answer in counts; complete, whatever the list below it shows."""
    statement, said = stands(found)
    with connection.cursor() as cursor:
        cursor.execute(statement + COUNTED, said)
        return [Placed(*row) for row in cursor.fetchall()]


def may_know(reader: Person) -> bool:
    """A partner's person is told nothing of what was made of whose lots."""
    return scoping.reach(reader).partner is None
