"""How much of lots there is for somebody to decide about."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from traceability.models import SINKS, LotBalance


def present(lot_ids: Iterable[int]) -> dict[int, Decimal]:
    """By lot: what is still in the plant. What was consumed, shipped, scrapped or returned is no longer here."""
    ids = list(lot_ids)
    rows = LotBalance.objects.filter(lot__in=ids, quantity__gt=0).exclude(bucket__in=SINKS)
    found = dict(rows.values_list("lot").annotate(total=Sum("quantity")))
    return {pk: found.get(pk, Decimal(0)) for pk in ids}


def spots(lot_id: int) -> list[LotBalance]:
    """Where the lot's present amount lies."""
    rows = LotBalance.objects.filter(lot=lot_id, quantity__gt=0).exclude(bucket__in=SINKS)
    return list(rows.order_by("bucket", "place"))
