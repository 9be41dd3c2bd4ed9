"""Writing the ledger: amounts of lots go from spot to spot."""

from datetime import datetime
from decimal import Decimal

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.transactions import command, sqlstate, undoable
from traceability.models import MaterialLot, Move
from traceability.spots import Spot

HELD, EXPIRED, SHORT, PACKED = "ZZ001", "ZZ002", "ZZ003", "ZZ006"


class NotEnough(Refusal):
    """More than there is."""

    code = "not-enough"


class BadQuantity(Refusal):
    """A quantity that is no positive number."""

    code = "bad-quantity"


class LotStopped(Refusal):
    """The database's own gate said no: the lot is held or has expired."""

    code = "lot-stopped"


@command
def move(
    *, lot: MaterialLot, quantity: Decimal, source: Spot, to: Spot, by: Person, at: datetime, job_order: str = "",
    operation: str = "", equipment: Equipment | None = None, reason: str = "",
) -> Move:
    """Move an amount of a lot. The database keeps the balances, and refuses held and expired lots and overdrafts."""
    entry = Move(
        lot=lot, quantity=positive(quantity), from_bucket=source.bucket, from_place=source.place,
        to_bucket=to.bucket, to_place=to.place, job_order=job_order, operation=operation, equipment=equipment,
        person=by, reason=reason, at=at,
    )
    try:
        with undoable():
            entry.save(force_insert=True)
    except DatabaseError as error:
        raise refusal(error, lot=lot, quantity=quantity, source=source) from error
    return entry


def positive(quantity: Decimal) -> Decimal:
    """The quantity, or a refusal when it is no positive number with at most six decimals."""
    if not isinstance(quantity, Decimal) or not quantity.is_finite() or quantity <= 0 or quantity >= Decimal(10) ** 12:
        raise BadQuantity(_("“%(quantity)s” is not a quantity. Enter a number above zero.") % {"quantity": quantity})
    if quantity != round(quantity, 6):
        raise BadQuantity(_("“%(quantity)s” has more than six decimals. Round it.") % {"quantity": quantity})
    return quantity


def refusal(error: DatabaseError, *, lot: MaterialLot, quantity: Decimal, source: Spot) -> Exception:
    """What the database's own gate means to a person; any other error is passed on as it is."""
    facts = {"lot": lot.number}
    state = sqlstate(error)
    if state == HELD:
        return LotStopped(_("Lot %(lot)s is held. Put it aside and ask the quality engineer.") % facts, facts=facts)
    if state == EXPIRED:
        return LotStopped(_("Lot %(lot)s has expired. Put it aside and take another one.") % facts, facts=facts)
    if state == PACKED:
        message = _("Lot %(lot)s is packed in a carton. Take it out of the carton first.")
        return LotStopped(message % facts, code="lot-packed", facts=facts)
    if state != SHORT:
        return error
    amount = f"{quantity.normalize():f}"
    words = {"lot": lot.number, "quantity": amount, "where": source.bucket.label, "place": source.place}
    message = _("Lot %(lot)s has less than %(quantity)s %(where)s %(place)s. Check the quantity.")
    return NotEnough(message % words, facts=facts)
