"""Spare parts: taken for a work order, brought in, counted; never fewer than none."""

from datetime import datetime

from django.utils.translation import gettext as _

from mes.models import MaintenanceOrder, MaintenanceStatus, SpareMove, SparePart
from plant import live, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command


class PartRefused(Refusal):
    """Parts that can't be taken or brought so."""

    code = "part-refused"


@command
def take(*, part: SparePart, quantity: int, order: MaintenanceOrder, by: Person, at: datetime) -> SpareMove:
    """Take parts for a work order that is being worked on; a negative number brings some back."""
    policies.check(by, "maintenance.work", on=order.equipment)
    if lock(MaintenanceOrder.objects.filter(pk=order.pk))[0].status != MaintenanceStatus.STARTED:
        raise PartRefused(_("Begin the work first; then parts can be taken for it."))
    taken = -sum(order.parts.filter(part=part).values_list("quantity", flat=True))
    if taken + quantity < 0:
        message = _("Only %(count)s of %(part)s were taken for this work order. Bring back no more than that.")
        raise PartRefused(message % {"count": taken, "part": part.code}, facts={"field": "quantity"})
    return _book(part, -quantity, order=order, reason="", by=by, at=at)


@command
def book(*, part: SparePart, quantity: int, reason: str, by: Person, at: datetime) -> SpareMove:
    """Bring parts in, or correct their number after a count (less is negative), and say why."""
    policies.check(by, "part.book")
    if not reason.strip():
        raise PartRefused(_("Say in a few words why."), facts={"field": "reason"})
    return _book(part, quantity, order=None, reason=reason.strip(), by=by, at=at)


def _book(
    part: SparePart, quantity: int, *, order: MaintenanceOrder | None, reason: str, by: Person, at: datetime
) -> SpareMove:
    found = lock(SparePart.objects.filter(pk=part.pk))[0]
    if quantity == 0:
        raise PartRefused(_("Enter how many."), facts={"field": "quantity"})
    if found.stock + quantity < 0:
        message = _("Only %(count)s of %(part)s are in stock. Take fewer, or book what came in first.")
        raise PartRefused(message % {"count": found.stock, "part": found.code}, facts={"field": "quantity"})
    if not -10**6 < quantity < 10**6:
        raise PartRefused(_("Enter how many, below a million."), facts={"field": "quantity"})
    made = SpareMove.objects.create(part=found, quantity=quantity, order=order, reason=reason, by=by, at=at)
    data = {"quantity": quantity, "order": order.number if order else "", "stock": found.stock + quantity}
    journal.record("sparepart.moved", subject=found, by=by, reason=reason, data=data)
    if found.stock + quantity < found.minimum <= found.stock:
        journal.record("sparepart.short", subject=found, by=by, data=data | {"minimum": found.minimum})
        live.push("news", "spare-part", {"part": found.code})
    return made
