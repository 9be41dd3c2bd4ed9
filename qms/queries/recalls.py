"""Recalls read: what they reach, which customers have how much, what came back, and what is left to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.models import MaterialDefinition, Partner, Person
from qms.models import Recall, RecallKind, RecallStatus, RecallTask
from traceability.models import CauseKind, Certainty, Hold, MaterialLot
from traceability.queries import genealogy_sql, mass_balance
from traceability.queries.scope import Reach

RELATED = ("site", "notice", "complaint", "nonconformance", "opened_by", "scoped_by", "declared_by", "closed_by")
Row = tuple[Any, ...]
ALIVE = (RecallStatus.DRAFT, RecallStatus.OPEN)
# What is out with customers now and what came back since the recall was declared (a draft or a drill: since ever).
CUSTOMERS = """
WITH lots AS (SELECT lot_id FROM traceability_recalledlot WHERE notice_id = %(notice)s), goods AS (
  SELECT s.customer_id, n.material_id, b.lot_id, b.quantity AS now, 0::numeric AS back
  FROM traceability_lotbalance b JOIN traceability_shipment s ON s.number = b.place
  JOIN traceability_materiallot n ON n.id = b.lot_id
  WHERE b.bucket = 'SHIPPED' AND b.quantity > 0 AND b.lot_id IN (SELECT lot_id FROM lots)
  UNION ALL
  SELECT s.customer_id, n.material_id, p.lot_id, 0, r.quantity
  FROM traceability_shipmentreturn r JOIN traceability_shipmentpick p ON p.id = r.pick_id
  JOIN traceability_shipmentline l ON l.id = p.line_id JOIN traceability_shipment s ON s.id = l.shipment_id
  JOIN traceability_materiallot n ON n.id = p.lot_id
  WHERE r.at >= %(since)s AND p.lot_id IN (SELECT lot_id FROM lots)
)
SELECT g.customer_id, g.material_id, count(DISTINCT g.lot_id), sum(g.now + g.back), sum(g.back)
FROM goods g GROUP BY 1, 2
"""
TOPS = f"""
SELECT c.lot_id FROM traceability_recalledlot c WHERE c.notice_id = %(notice)s AND NOT EXISTS (
  SELECT 1 FROM traceability_link l JOIN traceability_recalledlot p ON p.lot_id = l.parent_id
  WHERE l.child_id = c.lot_id AND p.notice_id = %(notice)s AND {genealogy_sql.NET}
)
"""


class UnknownRecall(Refusal):
    """A number that no recall carries."""

    code = "unknown-recall"


@dataclass(frozen=True, slots=True)
class AtCustomer:
    """How much of one material a customer got, and what became of it."""

    customer: Partner
    material: MaterialDefinition
    lots: int
    shipped: Decimal
    returned: Decimal
    destroyed: Decimal
    used: Decimal

    def is_of(self, customer: Partner, material: MaterialDefinition) -> bool:
        return (self.customer.pk, self.material.pk) == (customer.pk, material.pk)

    @property
    def open(self) -> Decimal:
        """What nobody knows the end of yet."""
        return self.shipped - self.returned - self.destroyed - self.used

    @property
    def recovered(self) -> Decimal:
        return self.returned + self.destroyed

    @property
    def percent(self) -> Decimal:
        """How much of it can do no more harm, in hundredths."""
        return 100 * self.recovered / self.shipped if self.shipped else Decimal(100)


def listing() -> "QuerySet[Recall]":
    return Recall.objects.select_related(*RELATED)


def by_number(number: str) -> Recall:
    """One recall or drill."""
    found = listing().filter(number=number).first()
    if found is None:
        raise UnknownRecall(_("There is no recall “%(number)s”.") % {"number": number[:40]})
    return found


def url(recall: Recall) -> str:
    return reverse("qms:recall-detail", args=[recall.number])


def task(pk: int) -> RecallTask:
    """One task."""
    found = RecallTask.objects.select_related("recall__site", "owner").filter(pk=pk).first()
    if found is None:
        raise UnknownRecall(_("There is no such task. Reload the page."))
    return found


def reached(recall: Recall) -> Reach:
    """The lots of a recall as a scope, for the same counts, lists and files."""
    told = dict(recall.notice.lots.values_list("lot", "certainty"))
    exact = frozenset(lot for lot, certainty in told.items() if certainty == Certainty.EXACT)
    return Reach(roots(recall), exact, frozenset(told) - exact)


def roots(recall: Recall) -> frozenset[int]:
    """The lots from which its scope starts."""
    return frozenset(recall.asked.get("roots", []))


def tops(recall: Recall) -> list[int]:
    """Those of its lots that are made of none of its others: a hold on them reaches all."""
    with connection.cursor() as cursor:
        cursor.execute(TOPS, {"notice": recall.notice_id, "as_of": genealogy_sql.FOREVER})
        return [pk for (pk,) in cursor.fetchall()]


def undecided(recall: Recall) -> "QuerySet[MaterialLot]":
    """Lots of a recall that its nonconformance never held: what came in after the others were let go."""
    lots = MaterialLot.objects.filter(recalls__notice=recall.notice).order_by("pk")
    if recall.nonconformance is None:
        return lots.none()
    cause = {"cause_kind": CauseKind.NONCONFORMANCE, "cause_id": recall.nonconformance.number}
    return lots.exclude(pk__in=Hold.objects.filter(lot__isnull=False, **cause).values("lot"))


def customers(recall: Recall) -> list[AtCustomer]:
    """Who has how much of what, and what became of it; the one with most of it open first."""
    since = recall.declared_at or recall.opened_at
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, {"notice": recall.notice_id, "since": since})
        rows = cursor.fetchall()
    partners = Partner.objects.in_bulk([row[0] for row in rows])
    materials = MaterialDefinition.objects.select_related("unit").in_bulk([row[1] for row in rows])
    gone: dict[tuple[int, int], list[Decimal]] = {}
    for one in recall.answers.all():
        sums = gone.setdefault((one.customer_id, one.material_id), [Decimal(0), Decimal(0)])
        sums[:] = [sums[0] + one.destroyed, sums[1] + one.used]
    found = [
        AtCustomer(
            partners[customer], materials[material], lots, shipped, back,
            *gone.get((customer, material), (Decimal(0), Decimal(0))),
        )
        for customer, material, lots, shipped, back in rows
    ]
    return sorted(found, key=lambda one: (-one.open, one.customer.code, one.material.code))


def figures(recall: Recall, found: Reach, *, at: datetime) -> dict[str, Any]:
    """What stands on the proof of a drill: counts, how much is accounted for, and how long it took."""
    accounted = mass_balance.percent(mass_balance.of_lots(found.lots))
    out = customers(recall)
    return {
        "lots": len(found.lots), "affected": len(found.affected), "possible": len(found.possible),
        "customers": len({one.customer.pk for one in out}), "percent": round(float(accounted), 2),
        "seconds": round(max(0.0, (at - recall.opened_at).total_seconds()), 1),
    }


def left_to_do(recall: Recall) -> list[str]:
    """What stands between a recall and its close."""
    found = []
    if waiting := recall.tasks.filter(done_at__isnull=True).count():
        found.append(_("%(count)s tasks are not done") % {"count": waiting})
    if not recall.is_drill:
        told = {*recall.messages.values_list("customer", flat=True), *recall.answers.values_list("customer", flat=True)}
        silent = {one.customer.code for one in customers(recall) if one.customer.pk not in told}
        if silent:
            found.append(_("not told yet: %(customers)s") % {"customers": ", ".join(sorted(silent))})
    return found


def seen(recall: Recall) -> dict[str, Any]:
    """What a person sees and signs when closing."""
    return {
        "number": recall.number, "kind": recall.kind, "lots": recall.notice.lots.count(), "figures": recall.figures,
        "customers": [
            [one.customer.code, one.material.code, str(one.shipped), str(one.returned), str(one.destroyed),
             str(one.used)]
            for one in customers(recall)
        ],
        "tasks": [[one.title, one.outcome] for one in recall.tasks.all()],
    }


def open_tasks(person: Person) -> list[RecallTask]:
    """What somebody has to do for recalls."""
    rows = RecallTask.objects.filter(owner=person, done_at__isnull=True, recall__status__in=ALIVE)
    return list(rows.select_related("recall").order_by("due_at")[:50])


def to_close(person: Person) -> "QuerySet[Recall]":
    """Drills under way that somebody else opened, for whoever may close them."""
    rows = Recall.objects.filter(status=RecallStatus.OPEN, kind=RecallKind.DRILL)
    return rows.exclude(opened_by=person).exclude(declared_by=person).order_by("pk")


def customer_lots(recall: Recall, customer: Partner) -> list[Row]:
    """(lot, material, quantity, unit, shipment) of what a customer has: the list in their letter."""
    return lots_of(recall, [customer.pk]).get(customer.pk, [])


def lots_of(recall: Recall, customers: Collection[int]) -> dict[int, list[Row]]:
    """The same of several customers, in one statement."""
    found: dict[int, list[Row]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LETTER, {"notice": recall.notice_id, "customers": list(customers)})
        for customer, *row in cursor.fetchall():
            found.setdefault(customer, []).append(tuple(row))
    return found


LETTER = """
SELECT s.customer_id, n.number, m.code || ' ' || m.name, b.quantity, u.symbol, s.number
FROM traceability_lotbalance b JOIN traceability_shipment s ON s.number = b.place AND s.customer_id = ANY(%(customers)s)
JOIN traceability_recalledlot r ON r.lot_id = b.lot_id AND r.notice_id = %(notice)s
JOIN traceability_materiallot n ON n.id = b.lot_id JOIN plant_materialdefinition m ON m.id = n.material_id
JOIN plant_unit u ON u.code = m.unit_id
WHERE b.bucket = 'SHIPPED' AND b.quantity > 0 ORDER BY s.number, n.number
"""
