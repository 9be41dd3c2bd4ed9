"""What comes back from a customer: into the store under a hold, with all that happened to it before."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes import statements
from mes.amounts import plain
from mes.commands.picks import said
from mes.commands.unpacking import end
from mes.queries import units
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands import holds, moves
from traceability.commands.moves import positive
from traceability.gate import Cause
from traceability.models import (
    Bucket,
    CauseKind,
    HandlingUnit,
    LotBalance,
    MaterialLot,
    Shipment,
    ShipmentPick,
    ShipmentReturn,
)
from traceability.queries import packing, shipments
from traceability.spots import Spot


class NotReturned(Refusal):
    """Something that can't come back with this shipment."""

    code = "not-returned"


@command
def take_back(
    *, shipment: Shipment, code: str, reason: str, store: Equipment, by: Person, at: datetime,
    quantity: Decimal | None = None,
) -> list[ShipmentReturn]:
    """Take a lot, a carton or a pallet of a shipment back into a store, held until quality has decided about it."""
    policies.check(by, "shipment.take-back", on=shipment)
    found = lock(Shipment.objects.select_related("customer").filter(pk=shipment.pk))[0]
    why, thing = said(reason), units.found(code, at)
    lots = [row.lot for row in packing.lying([thing])] if isinstance(thing, HandlingUnit) else [thing]
    locked = lock(MaterialLot.objects.filter(pk__in=[lot.pk for lot in lots]))
    rows = list(shipments.picks(found).filter(lot__in=locked, move__isnull=False).order_by("lot"))
    if not rows or len(rows) < len(locked):
        message = _("%(code)s did not leave with shipment %(shipment)s. Search it to see where it went.")
        words = {"code": code[:80], "shipment": found.number}
        raise NotReturned(message % words, facts=words)
    came = [come_back(row, found, quantity, why, store, by=by, at=at) for row in rows]
    cause = Cause(CauseKind.PERSON, f"return {found.number}")
    told = statements.came_back(customer=found.customer.name, reason=why)
    holds.contain(lots=locked, cause=cause, reason=told, by=by, at=at)
    journal.record("shipment.returned", subject=found, by=by, reason=why, data={"lots": [str(lot) for lot in locked]})
    return came


def come_back(
    pick: ShipmentPick, shipment: Shipment, quantity: Decimal | None, reason: str, store: Equipment, *, by: Person,
    at: datetime,
) -> ShipmentReturn:
    """One lot, or so many of it, from the customer into the store; it lies in its old carton no longer."""
    out = LotBalance.objects.filter(lot=pick.lot, bucket=Bucket.SHIPPED, place=shipment.number).first()
    there = out.quantity if out else Decimal(0)
    amount = there if quantity is None else positive(quantity)
    if not there or amount > there:
        message = _("Of lot %(lot)s, %(there)s are still with the customer, not %(amount)s. Count again.")
        words = {"lot": pick.lot.number, "there": plain(there), "amount": plain(amount)}
        raise NotReturned(message % words, facts=words)
    move = moves.move(
        lot=pick.lot, quantity=amount, source=Spot(Bucket.SHIPPED, shipment.number),
        to=Spot(Bucket.STOCK, store.code), by=by, at=at, reason=reason,
    )
    lying = packing.around(pick.lot)
    if lying is not None:
        end(lying, reason=reason, by=by, at=at)
    data = {"shipment": shipment.number, "customer": shipment.customer.code, "quantity": amount}
    journal.record("lot.returned", subject=pick.lot, by=by, reason=reason, data=data)
    return ShipmentReturn.objects.create(pick=pick, quantity=amount, reason=reason[:200], move=move, by=by, at=at)
