"""Many receipts at once, in as few statements as they need: the same rows as one by one."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import DatabaseError

from plant import policies
from plant.commands import journal_many
from plant.commands.journal_many import Entry
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.transactions import command
from traceability import arrivals
from traceability.commands import holds, moves
from traceability.models import Bucket, Hold, LotKind, MaterialLot, Move, TargetKind
from traceability.spots import Spot


class Receipt(NamedTuple):
    """A lot as it comes in, under a number that no lot has."""

    number: str
    material: MaterialDefinition
    quantity: Decimal
    supplier: Partner | None = None
    supplier_lot: str = ""
    expires_at: datetime | None = None
    place: str = ""


@command
def receive(*, receipts: Sequence[Receipt], site: Equipment, by: Person, at: datetime) -> list[MaterialLot]:
    """Take lots into stock, all or none; each inherits open holds and is shown to the rooms above."""
    policies.check(by, "lot.receive")
    made = MaterialLot.objects.bulk_create(
        MaterialLot(
            number=one.number, kind=LotKind.LOT, material=one.material, site=site, supplier=one.supplier,
            supplier_lot=one.supplier_lot, expires_at=one.expires_at, created_at=at,
        )
        for one in receipts
    )
    pairs = list(zip(made, receipts, strict=True))
    try:
        Move.objects.bulk_create(
            Move(
                lot=lot, quantity=moves.positive(one.quantity), from_bucket=Bucket.RECEIVED, to_bucket=Bucket.STOCK,
                to_place=one.place, person=by, at=at,
            )
            for lot, one in pairs
        )
    except DatabaseError as error:
        lot, one = pairs[0]
        raise moves.refusal(error, lot=lot, quantity=one.quantity, source=Spot(Bucket.RECEIVED)) from error
    journal_many.record([Entry("lot.received", lot, said(one)) for lot, one in pairs], by=by)
    ruled = has_rules()
    for lot in made:
        if ruled:
            holds.inherit_rules(lot=lot, by=by, at=at)
        arrivals.tell(lot, at)
    return made


def said(one: Receipt) -> dict[str, Any]:
    return {"material": one.material.code, "quantity": one.quantity, "supplier_lot": one.supplier_lot}


def has_rules() -> bool:
    """Whether lots of some material are held as they come."""
    return Hold.objects.filter(target_kind=TargetKind.RULE, released_at__isnull=True).exists()
