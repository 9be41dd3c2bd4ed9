"""Lots come into being: received, made, or split off."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, journal_many, numbering
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, Person, Tracking
from plant.transactions import command, undoable
from traceability import arrivals
from traceability.commands import actuals, holds, moves
from traceability.models import Bucket, LotKind, MaterialLot, Move
from traceability.spots import Spot


class NumberTaken(Refusal):
    """A number that another lot carries, or has carried."""

    code = "number-taken"


class Begun(Refusal):
    """A lot that somebody worked on already."""

    code = "lot-begun"


@command
def receive(
    *, material: MaterialDefinition, quantity: Decimal, site: Equipment, by: Person, at: datetime, number: str = "",
    supplier: Partner | None = None, supplier_lot: str = "", expires_at: datetime | None = None, place: str = "",
) -> MaterialLot:
    """Take a lot into stock. It inherits every open hold on "new lots of this material"; rooms above may add theirs."""
    policies.check(by, "lot.receive")
    lot = create(
        number=number or numbering.next_number("lot"), kind=LotKind.LOT, material=material, site=site,
        supplier=supplier, supplier_lot=supplier_lot, expires_at=expires_at, created_at=at,
    )
    moves.move(lot=lot, quantity=quantity, source=Spot(Bucket.RECEIVED), to=Spot(Bucket.STOCK, place), by=by, at=at)
    data = {"material": material.code, "quantity": quantity, "supplier_lot": supplier_lot}
    journal.record("lot.received", subject=lot, by=by, data=data)
    holds.inherit_rules(lot=lot, by=by, at=at)
    arrivals.tell(lot, at)
    return lot


@command
def make(
    *, material: MaterialDefinition, quantity: Decimal, number: str, job_order: str, operation: str,
    site: Equipment, by: Person, at: datetime,
) -> MaterialLot:
    """Begin a lot or serial that a work order makes; it stands before its first operation."""
    kind = LotKind.SERIAL if material.tracking == Tracking.SERIAL else LotKind.LOT
    lot = create(number=number, kind=kind, material=material, site=site, job_order=job_order, created_at=at)
    moves.move(
        lot=lot, quantity=quantity, source=Spot(Bucket.MADE), to=Spot(Bucket.WIP, operation), by=by, at=at,
        job_order=job_order, operation=operation,
    )
    journal.record("lot.made", subject=lot, by=by, data={"job_order": job_order, "quantity": quantity})
    return lot


@command
def make_many(
    *, material: MaterialDefinition, amounts: Sequence[Decimal], numbers: Sequence[str], job_order: str,
    operation: str, site: Equipment, by: Person, at: datetime,
) -> list[MaterialLot]:
    """Begin many lots or serials at once, in as many statements as for a few: the same rows as one by one."""
    kind = LotKind.SERIAL if material.tracking == Tracking.SERIAL else LotKind.LOT
    rows = [
        MaterialLot(number=number, kind=kind, material=material, site=site, job_order=job_order, created_at=at)
        for number in numbers
    ]
    try:
        with undoable():
            made = MaterialLot.objects.bulk_create(rows)
    except IntegrityError as error:
        taken = MaterialLot.objects.filter(number__in=list(numbers)).values_list("number", flat=True).first()
        raise number_taken(taken or numbers[0]) from error
    Move.objects.bulk_create(
        Move(
            lot=lot, quantity=moves.positive(amount), from_bucket=Bucket.MADE, to_bucket=Bucket.WIP,
            to_place=operation, job_order=job_order, operation=operation, person=by, at=at,
        )
        for lot, amount in zip(made, amounts, strict=True)
    )
    journal_many.record(
        [
            Entry("lot.made", lot, {"job_order": job_order, "quantity": amount})
            for lot, amount in zip(made, amounts, strict=True)
        ],
        by=by,
    )
    return made


@command
def split(
    *, lot: MaterialLot, quantity: Decimal, source: Spot, to: Spot, reason: str, by: Person, at: datetime,
    job_order: str = "", operation: str = "", material: MaterialDefinition | None = None,
) -> MaterialLot:
    """Split an amount off a free lot: the new lot keeps supplier, expiry and origin, and is linked to it.

    material    what the new lot is, where it is regraded and leaves its work order; else what the old one is
    """
    parent = lock(MaterialLot.objects.filter(pk=lot.pk))[0]
    count = MaterialLot.objects.filter(number__startswith=f"{parent.number}-").count() + 1
    child = create(
        number=f"{parent.number}-{count}", kind=parent.kind, material=material or parent.material, site=parent.site,
        supplier=parent.supplier, supplier_lot=parent.supplier_lot, expires_at=parent.expires_at,
        job_order="" if material else parent.job_order, created_at=at,
    )
    where: dict[str, Any] = {"by": by, "at": at, "job_order": job_order, "operation": operation}
    actuals.consume(lot=parent, into=child, quantity=quantity, source=source, equipment=None, **where)
    moves.move(lot=child, quantity=quantity, source=Spot(Bucket.MADE), to=to, reason=reason, **where)
    data = {"into": child.number, "quantity": quantity}
    journal.record("lot.split", subject=parent, by=by, reason=reason, data=data)
    return child


@command
def hand_over(*, lots: Sequence[MaterialLot], job_order: str, reason: str, by: Person) -> None:
    """Give lots that nobody worked on to another work order; numbers and labels stay. Begun: one is in work already."""
    locked = lock(MaterialLot.objects.filter(pk__in=[lot.pk for lot in lots]))
    begun = MaterialLot.objects.filter(pk__in=[lot.pk for lot in locked], visits__isnull=False).first()
    if begun is not None:
        message = _("Work on %(lot)s has begun, so it stays with its work order. Choose others.")
        raise Begun(message % {"lot": begun.number}, facts={"lot": begun.number})
    MaterialLot.objects.filter(pk__in=[lot.pk for lot in locked]).update(job_order=job_order)
    moved = [Entry("lot.handed-over", lot, {"job_order": [lot.job_order, job_order]}) for lot in locked]
    journal_many.record(moved, by=by, reason=reason)


def create(**fields: object) -> MaterialLot:
    """Insert a lot, or say that its number is taken."""
    lot = MaterialLot(**fields)
    try:
        with undoable():
            lot.save(force_insert=True)
    except IntegrityError as error:
        raise number_taken(lot.number) from error
    return lot


def number_taken(number: str) -> NumberTaken:
    """Say which number is taken."""
    message = _("Lot number %(number)s is taken; numbers are never used twice. Print a new label.")
    return NumberTaken(message % {"number": number}, facts={"lot": number})
