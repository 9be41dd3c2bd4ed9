"""Mass balance: what came in of some lots against where all of it is, and against what other records say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition
from traceability.models import SOURCES, Bucket
from traceability.queries import genealogy_sql

ZERO, TAKEN_IN = Decimal(0), _("Taken in")
AT_HAND = (Bucket.STOCK, Bucket.ISSUED, Bucket.WIP, Bucket.REWORK)
GONE = (Bucket.CONSUMED, Bucket.SHIPPED, Bucket.RETURNED, Bucket.SCRAP, Bucket.LOST)
# The ledger itself, added up move by move: the table of balances is only one of the records that it is compared with.
FLOWS = """
SELECT n.material_id, f.bucket, sum(f.quantity), count(DISTINCT f.lot_id) FROM (
  SELECT lot_id, to_bucket AS bucket, quantity FROM traceability_move
  WHERE lot_id = ANY(%(lots)s::bigint[]) AND at <= %(as_of)s
  UNION ALL
  SELECT lot_id, from_bucket, -quantity FROM traceability_move
  WHERE lot_id = ANY(%(lots)s::bigint[]) AND at <= %(as_of)s
) f JOIN traceability_materiallot n ON n.id = f.lot_id
GROUP BY 1, 2 HAVING sum(f.quantity) <> 0
"""
LINKED = f"""
SELECT n.material_id, sum(l.quantity) FROM traceability_link l
JOIN traceability_materiallot n ON n.id = l.parent_id
WHERE l.parent_id = ANY(%(lots)s::bigint[]) AND {genealogy_sql.NET} GROUP BY 1
"""
PICKED = """
SELECT n.material_id, sum(p.quantity - coalesce(r.quantity, 0)) FROM traceability_shipmentpick p
JOIN traceability_move m ON m.id = p.move_id AND m.at <= %(as_of)s
JOIN traceability_materiallot n ON n.id = p.lot_id
LEFT JOIN LATERAL (
  SELECT sum(b.quantity) AS quantity FROM traceability_shipmentreturn b WHERE b.pick_id = p.id AND b.at <= %(as_of)s
) r ON true
WHERE p.lot_id = ANY(%(lots)s::bigint[]) GROUP BY 1
"""
DELIVERED = """
SELECT n.material_id, sum(g.quantity) FROM traceability_goodsreceiptline g
JOIN traceability_goodsreceipt d ON d.id = g.receipt_id AND d.at <= %(as_of)s
JOIN traceability_materiallot n ON n.id = g.lot_id
WHERE g.lot_id = ANY(%(lots)s::bigint[]) GROUP BY 1
"""
RECEIVED_WITH_PAPER = """
SELECT n.material_id, sum(m.quantity) FROM traceability_move m
JOIN traceability_goodsreceiptline g ON g.lot_id = m.lot_id
JOIN traceability_materiallot n ON n.id = m.lot_id
WHERE m.lot_id = ANY(%(lots)s::bigint[]) AND m.from_bucket = 'RECEIVED' AND m.at <= %(as_of)s GROUP BY 1
"""
BOOKED = """
SELECT n.material_id, sum(b.quantity) FROM traceability_lotbalance b
JOIN traceability_materiallot n ON n.id = b.lot_id
WHERE b.lot_id = ANY(%(lots)s::bigint[]) AND b.bucket NOT IN ('RECEIVED', 'MADE', 'FOUND') GROUP BY 1
"""

@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the balance: so much of it came from or lies in one bucket, of so many lots."""

    bucket: str
    label: str | Promise
    quantity: Decimal
    lots: int


@dataclass(frozen=True, slots=True)
class Check:
    """The same amount as two records tell it."""

    label: str | Promise
    ledger: Decimal
    records: Decimal
    against: str | Promise

    @property
    def difference(self) -> Decimal:
        return self.ledger - self.records


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of one material: what came in, where it is, and where records differ."""

    material: MaterialDefinition
    came: tuple[Figure, ...]
    went: tuple[Figure, ...]
    checks: tuple[Check, ...]

    @property
    def total(self) -> Decimal:
        """What came in altogether."""
        return sum((one.quantity for one in self.came), ZERO)

    @property
    def found(self) -> Decimal:
        """What is known to be somewhere, or to have gone somewhere."""
        return sum((one.quantity for one in self.went if one.bucket != Bucket.LOST), ZERO)

    @property
    def differences(self) -> tuple[Check, ...]:
        return tuple(one for one in self.checks if one.difference)

    @property
    def missing(self) -> Decimal:
        """What nobody can account for: missing in a count, or without the record that should stand behind it."""
        return self.total - self.found + sum((abs(one.difference) for one in self.checks), ZERO)

    @property
    def percent(self) -> Decimal:
        """How much of it is accounted for, in hundredths."""
        if not self.total:
            return Decimal(100)
        return max(ZERO, 100 * (self.total - self.missing) / self.total)


def of_lots(lot_ids: Iterable[int], as_of: datetime | None = None) -> tuple[Balance, ...]:
    """The balance of some lots, a material each; a fixed number of statements for any number of lots."""
    said: dict[str, Any] = {"lots": list(lot_ids), "as_of": as_of or genealogy_sql.FOREVER}
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, said)
        flows: dict[int, dict[str, tuple[Decimal, int]]] = {}
        for material, bucket, quantity, lots in cursor.fetchall():
            flows.setdefault(material, {})[bucket] = (quantity, lots)
        told = {name: _sums(cursor, statement, said) for name, statement in (
            ("linked", LINKED), ("picked", PICKED), ("delivered", DELIVERED), ("papered", RECEIVED_WITH_PAPER),
            ("booked", BOOKED),
        )}
        if as_of is not None:
            del told["booked"]  # the table of balances knows only how it stands now
    materials = MaterialDefinition.objects.filter(pk__in=flows).select_related("unit").order_by("code")
    return tuple(_balance(one, flows[one.pk], told) for one in materials)


def percent(balances: Iterable[Balance]) -> Decimal:
    """How much is accounted for over several materials: the worst of them, as different things don't add up."""
    return min((one.percent for one in balances), default=Decimal(100))


def _sums(cursor: Any, statement: str, said: dict[str, Any]) -> dict[int, Decimal]:
    cursor.execute(statement, said)
    return dict(cursor.fetchall())


def _balance(
    material: MaterialDefinition, flow: dict[str, tuple[Decimal, int]], told: dict[str, dict[int, Decimal]]
) -> Balance:
    def told_by(source: str) -> Decimal:
        return told[source].get(material.pk, ZERO)

    def amount(bucket: Bucket) -> Decimal:
        return flow.get(bucket.value, (ZERO, 0))[0]

    came = tuple(
        Figure(one.value, TAKEN_IN if one == Bucket.RECEIVED else one.label, -flow[one.value][0], flow[one.value][1])
        for one in SOURCES if one.value in flow
    )
    went = tuple(
        Figure(one.value, one.label, *flow[one.value]) for one in (*AT_HAND, *GONE) if one.value in flow
    )
    checks = [
        Check(_("Consumed"), amount(Bucket.CONSUMED), told_by("linked"), _("Links of the genealogy")),
        Check(_("Shipped"), amount(Bucket.SHIPPED), told_by("picked"), _("Shipments less what came back")),
        Check(_("Received with a delivery"), told_by("papered"), told_by("delivered"), _("Goods receipts")),
    ]
    if "booked" in told:
        whole = sum((one.quantity for one in went), ZERO)
        checks.append(Check(_("All of it"), whole, told_by("booked"), _("Balances")))
    shown = tuple(one for one in checks if one.ledger or one.records)
    return Balance(material, came, went, shown)
