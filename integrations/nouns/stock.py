"""Lots: received from another system, and what became of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, words
from integrations.erp import report_words as own
from integrations.erp.serializers import LotIn
from integrations.nouns.floor import by_id
from integrations.nouns.noun import Noun, Taken, Words, each
from plant.models import Person
from plant.queries import places
from traceability.commands import lots as receipts
from traceability.commands import many_lots
from traceability.commands.many_lots import Receipt
from traceability.models import SINKS, Bucket, Hold, LotBalance, MaterialLot, Move


def take_lot(fields: Words, by: Person, at: datetime) -> tuple[MaterialLot, bool]:
    """Take a lot into stock; one that was received so already stays as it is."""
    there = MaterialLot.objects.filter(number=fields["number"]).first() if fields["number"] else None
    if there is not None and is_received(there, fields):
        return there, False
    return receipts.receive(by=by, at=at, site=places.home(by), **fields), True


def take_lots(rows: Sequence[Words], by: Person, at: datetime) -> list[Taken]:
    """Many receipts at once; those whose number is here, or is still to be given, are taken alone."""
    numbers = [fields["number"] for fields in rows]
    here = set(MaterialLot.objects.filter(number__in=numbers).values_list("number", flat=True)) | {""}
    new = [fields for fields in rows if fields["number"] not in here]
    made = many_lots.receive(
        receipts=[Receipt(**fields) for fields in new], site=places.home(by), by=by, at=at
    ) if new else []
    lots = {lot.number: lot for lot in made}
    return [(lot, "created") if (lot := lots.get(number)) else None for number in numbers]


def is_received(lot: MaterialLot, fields: Words) -> bool:
    """Whether exactly this receipt made the lot."""
    said = (fields["material"], fields["supplier"], fields["supplier_lot"])
    if (lot.material, lot.supplier, lot.supplier_lot) != said:
        return False
    return Move.objects.filter(lot=lot, from_bucket=Bucket.RECEIVED, quantity=fields["quantity"]).exists()


def tell_lots(rows: Sequence[MaterialLot]) -> list[Words]:
    """Lots, where their amounts are, and the holds that are open on them."""
    balances: dict[int, list[LotBalance]] = defaultdict(list)
    held: dict[int, list[Hold]] = defaultdict(list)
    for balance in LotBalance.objects.filter(lot__in=rows, quantity__gt=0).order_by("bucket", "place"):
        balances[balance.lot_id].append(balance)
    standing = Hold.objects.filter(lot__in=rows, released_at__isnull=True)
    for hold in standing.select_related("placed_by").order_by("placed_at"):
        held[hold.lot_id or 0].append(hold)
    return [words.lot(row, balances[row.pk], held[row.pk]) for row in rows]


LOTS = Noun(
    code="material-lots", name=_("Lot"), key="number", model=MaterialLot,
    reads="lots:read", writes="lots:write", takes=LotIn, take=take_lot, take_many=take_lots,
    every=lambda: MaterialLot.objects.select_related("material", "supplier"), tell=tell_lots,
    answer=answers.Lot, sent=examples.LOT_IN, example=examples.LOT,
    filters={
        "status": "status", "kind": "kind", "material": "material__code", "supplier": "supplier__code",
        "supplier_lot": "supplier_lot", "job_order": "job_order",
    },
    orders={"number": "number", "created_at": "created_at"},
)
STOCK = Noun(
    code="stock", name=_("Stock"), key="id", model=LotBalance, reads="lots:read",
    every=lambda: LotBalance.objects.filter(quantity__gt=0).exclude(bucket__in=SINKS).select_related("lot__material"),
    tell=each(own.stock), answer=own.Stock, example=own.STOCK, by_key=by_id,
    filters={
        "material": "lot__material__code", "lot": "lot__number", "bucket": "bucket", "place": "place",
        "status": "lot__status",
    },
)
NOUNS = (LOTS, STOCK)
