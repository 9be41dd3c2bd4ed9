"""A raw lot whose boards went two ways: one to a customer, one still in the store; and a recall of all of it."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from plant.commands import signatures
from plant.models import Person, Role
from qms.commands import recalls
from qms.models import Recall, RecallKind
from qms.queries import recalls as reading
from tests import factories
from tests.factories import NOW, PASSWORD, person, site
from tests.mes import packed
from traceability.commands import actuals, holds
from traceability.models import Bucket, Hold, MaterialLot
from traceability.spots import Spot
from traceability.starting import Asked

STOCK = Spot(Bucket.STOCK)
TEXTS = {"text": "Do not use. Call us.", "text_zh": "请勿使用，请联系我们。"}


def engineer() -> Person:
    return person("CQE", Role.QUALITY_ENGINEER)


def manager() -> Person:
    return person("CQM", Role.QUALITY_MANAGER)


def made_from(parent: MaterialLot, number: str, quantity: int = 10) -> MaterialLot:
    child = packed.goods(number, quantity)
    actuals.consume(
        lot=parent, into=child, quantity=Decimal(5), source=STOCK, job_order="", operation="", equipment=None,
        by=packed.packer(), at=NOW,
    )
    return child


def world(number: str = "G1") -> MaterialLot:
    """Of RAW, G1 (10 pieces) is with the customer and G2 (10 pieces) in the store."""
    raw = factories.received("RAW")
    made_from(raw, number)
    made_from(raw, "G2")
    one = packed.shipment(10)
    packed.pick(one, number)
    packed.ship(one)
    return raw


def draft(kind: str = RecallKind.RECALL, by: Person | None = None, **fields: Any) -> Recall:
    said = {"title": "Relays stay open", "reason": "Wrong alloy in RAW", "site": site(), **fields}
    return recalls.begin(kind=kind, by=by or engineer(), at=NOW, **said)


def scoped(one: Recall | None = None, code: str = "RAW") -> Recall:
    return recalls.take_scope(recall=one or draft(), asked=Asked("lot", code), by=engineer(), at=NOW)


def declared(one: Recall | None = None) -> Recall:
    return recalls.declare(recall=one or scoped(), by=engineer(), at=NOW, **TEXTS)


def close(one: Recall, by: Person | None = None, **fields: Any) -> Recall:
    seen = signatures.content_hash(reading.seen(Recall.objects.get(pk=one.pk)))
    said = {"reason": "All is accounted for.", "password": PASSWORD, "seen_hash": seen, "at": NOW, **fields}
    return recalls.close(recall=one, by=by or manager(), **said)


def lot(number: str) -> MaterialLot:
    return MaterialLot.objects.get(number=number)


def let_go(number: str) -> None:
    """Quality lets one lot of the recall go on."""
    with transaction.atomic():
        for hold in Hold.objects.filter(lot__number=number, released_at=None):
            holds.let_go(hold, "Tested, good.", by=manager(), at=NOW, signature=None)
