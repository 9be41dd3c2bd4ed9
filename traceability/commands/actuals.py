"""Consumption and output: each with its move and, if consumed, its genealogy link."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command, sqlstate
from traceability.commands import moves
from traceability.models import ActualKind, Bucket, Link, MaterialActual, MaterialLot
from traceability.spots import Spot

CYCLE, CHECK_VIOLATION = "ZZ004", "23514"


class MadeOfItself(Refusal):
    """A link that would close a circle."""

    code = "made-of-itself"


class AlreadyUndone(Refusal):
    """A consumption that was taken back before."""

    code = "already-undone"


@command
def consume(
    *, lot: MaterialLot, into: MaterialLot, quantity: Decimal, source: Spot, job_order: str, operation: str,
    equipment: Equipment | None, by: Person, at: datetime,
) -> MaterialActual:
    """An amount of a lot goes into another lot. Both are locked, lower id first."""
    lock(MaterialLot.objects.filter(pk__in=[lot.pk, into.pk]))
    where: dict[str, Any] = {"job_order": job_order, "operation": operation, "at": at}
    entry = moves.move(
        lot=lot, quantity=quantity, source=source, to=Spot(Bucket.CONSUMED, operation), by=by, equipment=equipment,
        **where,
    )
    return MaterialActual.objects.create(
        kind=ActualKind.CONSUMED, lot=lot, quantity=quantity, move=entry, equipment=equipment, person=by,
        link=link(parent=lot, child=into, quantity=quantity, **where), **where,
    )


def link(
    *, parent: MaterialLot, child: MaterialLot, quantity: Decimal, job_order: str, operation: str, at: datetime,
    reverses: Link | None = None, reason: str = "",
) -> Link:
    """Write a genealogy edge; the database refuses a held parent and a circle."""
    edge = Link(
        parent=parent, child=child, quantity=quantity, job_order=job_order, operation=operation, at=at,
        reverses=reverses, reason=reason,
    )
    try:
        with transaction.atomic():
            edge.save(force_insert=True)
    except DatabaseError as error:
        if sqlstate(error) not in {CYCLE, CHECK_VIOLATION}:
            raise moves.refusal(error, lot=parent, quantity=quantity, source=Spot(Bucket.STOCK)) from error
        message = _("Lot %(child)s is already part of lot %(parent)s, so it can't take it in. Check the label.")
        raise MadeOfItself(message % {"child": child.number, "parent": parent.number}) from error
    return edge


@command
def produce(
    *, lot: MaterialLot, quantity: Decimal, source: Spot, to: Spot, job_order: str, operation: str,
    equipment: Equipment | None, by: Person, at: datetime,
) -> MaterialActual:
    """An operation has finished an amount of a lot, which goes on to the next spot."""
    where: dict[str, Any] = {"job_order": job_order, "operation": operation, "equipment": equipment, "at": at}
    entry = moves.move(lot=lot, quantity=quantity, source=source, to=to, by=by, **where)
    return MaterialActual.objects.create(
        kind=ActualKind.PRODUCED, lot=lot, quantity=quantity, move=entry, person=by, **where
    )


@command
def undo(*, actual: MaterialActual, reason: str, by: Person, at: datetime) -> Link:
    """Take a consumption back: a reverse link and a reverse move with a reason; nothing is deleted."""
    forward = actual.link
    if actual.kind != ActualKind.CONSUMED or forward is None or Link.objects.filter(reverses=forward).exists():
        raise AlreadyUndone(_("This is no consumption that can be taken back, or it has been taken back already."))
    lock(MaterialLot.objects.filter(pk__in=[forward.parent_id, forward.child_id]))
    spent = actual.move
    moves.move(
        lot=actual.lot, quantity=actual.quantity, source=Spot(Bucket(spent.to_bucket), spent.to_place),
        to=Spot(Bucket(spent.from_bucket), spent.from_place), by=by, at=at, job_order=actual.job_order,
        operation=actual.operation, equipment=actual.equipment, reason=reason,
    )
    back = link(
        parent=forward.parent, child=forward.child, quantity=forward.quantity, job_order=forward.job_order,
        operation=forward.operation, at=at, reverses=forward, reason=reason,
    )
    journal.record("consumption.undone", subject=actual.lot, by=by, reason=reason, data={"link": forward.pk})
    return back
