"""What our books count of production orders: yield, scrap and consumption."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from integrations.adapters.port import Total
from integrations.models import Connection, ExchangeStatus, Measure
from mes.models import WorkRequest
from mes.queries import order_totals

LOOKS_BACK = timedelta(days=14)
MOST = 2000


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
