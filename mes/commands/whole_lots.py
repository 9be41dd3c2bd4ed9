"""Taking a lot from stock as a whole: what lies elsewhere, or is more than wanted, is split off first."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from traceability.commands import lots
from traceability.commands.moves import NotEnough, positive
from traceability.models import SINKS, Bucket, LotBalance, MaterialLot
from traceability.spots import Spot


class SeveralPlaces(Refusal):
    """A lot that lies in several stores, so nobody knows which part is meant."""

    code = "several-places"


@command
def take_whole(*, lot: MaterialLot, quantity: Decimal | None, reason: str, by: Person, at: datetime) -> MaterialLot:
    """The lot itself where all of it is meant, else a new lot with the wanted quantity, split off. Call it locked."""
    here = list(LotBalance.objects.filter(lot=lot, quantity__gt=0).exclude(bucket__in=SINKS).order_by("place"))
    stock = [row for row in here if row.bucket == Bucket.STOCK]
    there = stock_of(lot, stock)
    wanted = there if quantity is None else positive(quantity)
    fitting = [row for row in stock if row.quantity >= wanted]
    if quantity is None and len(stock) > 1:
        message = _("Lot %(lot)s lies in several stores. Enter how many you take, or bring it together first.")
        raise SeveralPlaces(message % {"lot": lot.number}, facts={"lot": lot.number})
    if not fitting:
        message = _("Lot %(lot)s has %(there)s in stock, not %(wanted)s. Count again.")
        words = {"lot": lot.number, "there": plain(there), "wanted": plain(wanted)}
        raise NotEnough(message % words, facts={"lot": lot.number, "available": plain(there)})
    if len(here) == 1 and fitting[0].quantity == wanted:
        return lot
    spot = Spot(Bucket.STOCK, fitting[0].place)
    return lots.split(
        lot=lot, quantity=wanted, source=spot, to=spot, reason=reason, by=by, at=at, job_order=lot.job_order
    )


def stock_of(lot: MaterialLot, stock: list[LotBalance]) -> Decimal:
    """How much lies in stock; a refusal when nothing does."""
    total = sum((row.quantity for row in stock), Decimal(0))
    if not total:
        message = _("Nothing of lot %(lot)s is in stock. It is not finished yet, or it has left already.")
        raise NotEnough(message % {"lot": lot.number}, facts={"lot": lot.number})
    return total
