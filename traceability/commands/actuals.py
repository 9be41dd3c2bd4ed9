"""Consumption and output: each with its move and, if consumed, its genealogy link."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command, sqlstate, undoable
from traceability.commands import moves
from traceability.models import ActualKind, Bucket, Certainty, Link, MaterialActual, MaterialLot
from traceability.spots import Spot

CYCLE, CHECK_VIOLATION = "ZZ004", "23514"
CONSUME = "SELECT id, move_id, link_id FROM zz_consume(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
PRODUCE = "SELECT id, move_id FROM zz_produce(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


class MadeOfItself(Refusal):
    """A link that would close a circle."""

    code = "made-of-itself"


class AlreadyUndone(Refusal):
    """A consumption that was taken back before."""

    code = "already-undone"


@command
def consume(
    *, lot: MaterialLot, into: MaterialLot, quantity: Decimal, source: Spot, job_order: str, operation: str,
    equipment: Equipment | None, by: Person, at: datetime, certainty: Certainty = Certainty.EXACT,
) -> MaterialActual:
    """An amount of a lot goes into another lot: move, link and record in one statement that locks both lots."""
    place = equipment.pk if equipment else None
    row = [lot.pk, into.pk, moves.positive(quantity), *source, job_order, operation, place, by.pk, at, certainty]
    try:
        pk, move, edge = write(CONSUME, row)
    except DatabaseError as error:
        raise refusal(error, parent=lot, child=into, quantity=quantity, source=source) from error
    return MaterialActual(
        pk=pk, kind=ActualKind.CONSUMED, lot=lot, quantity=quantity, move_id=move, link_id=edge, job_order=job_order,
        operation=operation, equipment=equipment, person=by, at=at,
    )


def write(statement: str, row: list[Any]) -> tuple[int, ...]:
    """Call one of the database's own acts (traceability/sql/acts.sql); the numbers of the rows it wrote."""
    with undoable(), connection.cursor() as cursor:
        cursor.execute(statement, row)
        written: tuple[int, ...] = cursor.fetchone()
    return written


def refusal(
    error: DatabaseError, *, parent: MaterialLot, child: MaterialLot, quantity: Decimal, source: Spot
) -> Exception:
    """What the database's no means to a person: a circle, or what the ledger refuses."""
    state, diagnosis = sqlstate(error), getattr(error.__cause__, "diag", None)
    is_itself = state == CHECK_VIOLATION and getattr(diagnosis, "constraint_name", "") == "link_not_to_itself"
    if state != CYCLE and not is_itself:
        return moves.refusal(error, lot=parent, quantity=quantity, source=source)
    message = _("Lot %(child)s is already part of lot %(parent)s, so it can't take it in. Check the label.")
    return MadeOfItself(message % {"child": child.number, "parent": parent.number})


def link(
    *, parent: MaterialLot, child: MaterialLot, quantity: Decimal, job_order: str, operation: str, at: datetime,
    reverses: Link | None = None, reason: str = "", certainty: Certainty = Certainty.EXACT,
) -> Link:
    """Write a genealogy edge; the database refuses a held parent and a circle."""
    edge = Link(
        parent=parent, child=child, quantity=quantity, job_order=job_order, operation=operation, at=at,
        reverses=reverses, reason=reason, certainty=certainty,
    )
    try:
        with undoable():
            edge.save(force_insert=True)
    except DatabaseError as error:
        raise refusal(error, parent=parent, child=child, quantity=quantity, source=Spot(Bucket.STOCK)) from error
    return edge


def may_hold(
    *, parent: MaterialLot, child: MaterialLot, job_order: str, operation: str, at: datetime
) -> Link:
    """A lot may be in another one, though the books took nothing of it: what a hold or a recall has to reach."""
    return link(
        parent=parent, child=child, quantity=Decimal(0), job_order=job_order, operation=operation, at=at,
        certainty=Certainty.POSSIBLE,
    )


@command
def produce(
    *, lot: MaterialLot, quantity: Decimal, source: Spot, to: Spot, job_order: str, operation: str,
    equipment: Equipment | None, by: Person, at: datetime,
) -> MaterialActual:
    """An operation has finished an amount of a lot, which goes on to the next spot: move and record at once."""
    place = equipment.pk if equipment else None
    row = [lot.pk, moves.positive(quantity), *source, *to, job_order, operation, place, by.pk, at]
    try:
        pk, move = write(PRODUCE, row)
    except DatabaseError as error:
        raise moves.refusal(error, lot=lot, quantity=quantity, source=source) from error
    return MaterialActual(
        pk=pk, kind=ActualKind.PRODUCED, lot=lot, quantity=quantity, move_id=move, job_order=job_order,
        operation=operation, equipment=equipment, person=by, at=at,
    )


@command
def undo(*, actual: MaterialActual, reason: str, by: Person, at: datetime, to: Spot | None = None) -> Link:
    """Take a consumption back: a reverse link and a reverse move with a reason; nothing is deleted.

    It goes back to where it came from, unless another spot is named.
    """
    forward = actual.link
    if actual.kind != ActualKind.CONSUMED or forward is None or Link.objects.filter(reverses=forward).exists():
        raise AlreadyUndone(_("This is no consumption that can be taken back, or it has been taken back already."))
    lock(MaterialLot.objects.filter(pk__in=[forward.parent_id, forward.child_id]))
    spent = actual.move
    moves.move(
        lot=actual.lot, quantity=actual.quantity, source=Spot(Bucket(spent.to_bucket), spent.to_place),
        to=to or Spot(Bucket(spent.from_bucket), spent.from_place), by=by, at=at, job_order=actual.job_order,
        operation=actual.operation, equipment=actual.equipment, reason=reason,
    )
    back = _reverse(forward, reason, at)
    for possible in _beside(forward):
        _reverse(possible, reason, at)
    journal.record("consumption.undone", subject=actual.lot, by=by, reason=reason, data={"link": forward.pk})
    return back


def _reverse(forward: Link, reason: str, at: datetime) -> Link:
    return link(
        parent=forward.parent, child=forward.child, quantity=forward.quantity, job_order=forward.job_order,
        operation=forward.operation, at=at, reverses=forward, reason=reason, certainty=Certainty(forward.certainty),
    )


def _beside(forward: Link) -> list[Link]:
    """What might have been in the piece instead of what is taken back, once nothing of that consumption is left."""
    if forward.certainty == Certainty.EXACT:
        return []
    same = Link.objects.filter(
        child=forward.child, operation=forward.operation, at=forward.at, certainty=Certainty.POSSIBLE,
        parent__material=forward.parent.material_id, reverses__isnull=True, reversed_by__isnull=True,
    ).exclude(pk=forward.pk)
    rows = list(same.select_related("parent", "child"))
    return [] if any(row.quantity for row in rows) else rows
