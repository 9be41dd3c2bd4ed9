"""What our books count: yield, scrap and consumption of production orders, and stock of materials."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from integrations.adapters.port import Total
from integrations.models import Connection, ExchangeStatus, ExternalId, Measure
from mes.models import WorkRequest
from mes.queries import order_totals
from traceability.models import Bucket, LotBalance

LOOKS_BACK = timedelta(days=14)
MOST = 2000
LYING = (Bucket.STOCK, Bucket.ISSUED)  # in a store, or at a station and not consumed yet


def orders(connection: Connection, at: datetime) -> list[str]:
    """The production orders that both sides count: those that came over this connection and moved of late."""
    keys = connection.exchanges.filter(
        direction="IN", noun="work-requests", status=ExchangeStatus.DONE, made_at__gt=at - LOOKS_BACK
    ).values_list("subject", flat=True)
    known = WorkRequest.objects.filter(number__in=keys.distinct()[:MOST])
    return list(known.order_by("number").values_list("number", flat=True))


def ours(numbers: list[str]) -> Iterator[Total]:
    """Our totals of these orders; what is nothing is not told."""
    for request in WorkRequest.objects.filter(number__in=numbers).select_related("material").order_by("number"):
        found, made = order_totals.of_order(request), request.material
        used: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for one in found.consumed:
            used[one.material, one.unit] += one.quantity
        counted = [
            (Measure.YIELD, made.code, found.good, made.unit_id), (Measure.SCRAP, made.code, found.scrap, made.unit_id),
            *((Measure.CONSUMPTION, material, quantity, unit) for (material, unit), quantity in sorted(used.items())),
        ]
        for measure, material, quantity, unit in counted:
            if quantity:
                yield Total(measure, request.number, material, quantity, unit)


def stock(connection: Connection, told: Iterable[str]) -> Iterator[Total]:
    """What lies on the connection's site, held or not, of the materials that it tells of or that it gave us."""
    given = ExternalId.objects.filter(source=connection.code, noun="material-definitions").exclude(key="")
    known = {*told, *given.values_list("key", flat=True)}
    found = lying(connection, known).values_list("lot__material__code", "lot__material__unit")
    sums = found.annotate(n=Sum("quantity"))
    for material, unit, quantity in sums.order_by("lot__material__code"):
        yield Total(Measure.STOCK, "", material, quantity, unit)


def lying(connection: Connection, materials: Iterable[str]) -> "QuerySet[LotBalance]":
    """What counts as stock of these materials: in which lots, and where."""
    return LotBalance.objects.filter(
        lot__site=connection.site, lot__material__code__in=list(materials), bucket__in=LYING, quantity__gt=0
    )
