"""Shipments: what a customer is to get, and the moment the truck leaves."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import picks
from plant import live, policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, PartnerKind, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands import moves
from traceability.commands.moves import positive
from traceability.models import (
    Bucket,
    HandlingUnit,
    LotBalance,
    MaterialLot,
    Shipment,
    ShipmentLine,
    ShipmentPick,
    ShipmentStatus,
    UnitStatus,
)
from traceability.queries import shipments
from traceability.spots import Spot

Line = tuple[int, MaterialDefinition, Decimal]


class NotShipped(Refusal):
    """A shipment that can't be changed or leave as asked."""

    code = "not-shipped"


@command
def plan(
    *, number: str, customer: Partner, due_at: datetime, lines: Sequence[Line], by: Person, at: datetime,
    address: str = "", site: Equipment | None = None,
) -> Shipment:
    """Take a customer's order for delivery; the same number again changes it while nothing is picked."""
    policies.check(by, "shipment.plan")
    if customer.kind != PartnerKind.CUSTOMER:
        raise NotShipped(_("%(partner)s is no customer. Choose whom it goes to.") % {"partner": customer})
    shipment, is_new = Shipment.objects.get_or_create(
        number=number or numbering.next_number("shipment"),
        defaults={
            "customer": customer, "site": site or places.home(by), "due_at": due_at, "address": address,
            "created_at": at,
        },
    )
    found = lock(Shipment.objects.filter(pk=shipment.pk))[0]
    wanted = [(position, material.pk, positive(quantity)) for position, material, quantity in lines]
    head = (customer.pk, due_at, address)
    before = list(found.lines.order_by("position").values_list("position", "material", "quantity"))
    if not is_new and before == sorted(wanted) and (found.customer_id, found.due_at, found.address) == head:
        return found
    if not is_new:
        refuse_begun(found)
        Shipment.objects.filter(pk=found.pk).update(customer=customer, due_at=due_at, address=address)
    found.lines.all().delete()
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=found, position=position, material_id=material, quantity=quantity)
        for position, material, quantity in wanted
    )
    data = {
        "customer": customer.code, "due_at": due_at,
        "lines": [{"line": p, "material": material.code, "quantity": q} for p, material, q in lines],
    }
    journal.record("shipment.planned" if is_new else "shipment.changed", subject=found, by=by, data=data)
    return shipments.by_number(found.number)


@command
def add_line(
    *, shipment: Shipment, material: MaterialDefinition, quantity: Decimal, by: Person
) -> ShipmentLine:
    """Add a line to an open shipment."""
    policies.check(by, "shipment.plan", on=shipment)
    found = locked_open(shipment)
    last = found.lines.order_by("-position").first()
    line = ShipmentLine.objects.create(
        shipment=found, position=last.position + 10 if last else 10, material=material, quantity=positive(quantity)
    )
    data = {"line": line.position, "material": material.code, "quantity": quantity}
    journal.record("shipment.changed", subject=found, by=by, data=data)
    return line


@command
def cancel(*, shipment: Shipment, reason: str, by: Person) -> Shipment:
    """Give an open shipment up; what was picked for it is free again."""
    policies.check(by, "shipment.plan", on=shipment)
    found = locked_open(shipment)
    if shipments.picks(found).exists():
        message = _("Something is picked for %(shipment)s. Put it back first.")
        raise NotShipped(message % {"shipment": found.number}, facts={"shipment": found.number})
    journal.move(found, to=ShipmentStatus.CANCELLED, by=by, reason=picks.said(reason))
    return found


@command
def ship(*, shipment: Shipment, vehicle: str, by: Person, at: datetime, reason: str = "") -> Shipment:
    """Let the truck leave: every lot is asked again whether it may, and goes out of the ledger's stock.

    What is missing on a line needs a reason; a hold that was placed after picking stops all of it.
    """
    policies.check(by, "shipment.ship", on=shipment)
    found = locked_open(shipment)
    if not vehicle.strip():
        raise NotShipped(_("Enter the vehicle: its number plate, or the carrier's number."), facts={"field": "vehicle"})
    standing = list(shipments.picks(found))
    check_complete(found, standing, reason)
    inside = [row.unit_id for row in standing if row.unit_id]
    taken = HandlingUnit.objects.filter(pk__in=inside).values_list("pk", "pallet_id")
    units = lock(HandlingUnit.objects.filter(pk__in={key for row in taken for key in row if key}))
    lots = lock(MaterialLot.objects.select_related("material").filter(pk__in=[row.lot_id for row in standing]))
    picks.check_may_leave(lots, at)
    for row in standing:
        send(row, found, by=by, at=at)
    for unit in units:
        journal.move(unit, to=UnitStatus.SHIPPED, by=by, data={"shipment": found.number})
    data = {"customer": found.customer.code, "vehicle": vehicle, "lots": len(standing), "units": len(units)}
    journal.move(
        found, to=ShipmentStatus.SHIPPED, by=by, reason=reason.strip(), data=data, vehicle=vehicle.strip(),
        shipped_by=by, shipped_at=at,
    )
    live.push("news", "shipment")
    return shipments.by_number(found.number)


def check_complete(shipment: Shipment, standing: Sequence[ShipmentPick], reason: str) -> None:
    """Something is picked, and what a line lacks was said why."""
    if not standing:
        raise NotShipped(_("Nothing is picked yet. Scan the cartons, pallets or lots that go along."))
    short = [row for row in shipments.lines(shipment) if not row.is_full]
    if short and not reason.strip():
        message = _("Line %(line)s lacks %(left)s of %(material)s. Pick it, or say why the truck leaves without it.")
        words = {
            "line": short[0].line.position, "left": plain(short[0].left), "material": short[0].line.material.code,
        }
        raise NotShipped(message % words, code="short", facts={**words, "field": "reason"})


def send(pick: ShipmentPick, shipment: Shipment, *, by: Person, at: datetime) -> None:
    """One lot out of the door: the ledger, the pick and the lot's own history say so."""
    stock = list(LotBalance.objects.filter(lot=pick.lot, bucket=Bucket.STOCK, quantity__gt=0))
    if [row.quantity for row in stock] != [pick.quantity]:
        message = _("Lot %(lot)s has changed since it was picked. Put it back and pick it again.")
        raise NotShipped(message % {"lot": pick.lot.number}, facts={"lot": pick.lot.number})
    pick.move = moves.move(
        lot=pick.lot, quantity=pick.quantity, source=Spot(Bucket.STOCK, stock[0].place),
        to=Spot(Bucket.SHIPPED, shipment.number), by=by, at=at,
    )
    pick.save(update_fields=["move"])
    data = {"shipment": shipment.number, "customer": shipment.customer.code, "quantity": pick.quantity}
    journal.record("lot.shipped", subject=pick.lot, by=by, data=data)


def locked_open(shipment: Shipment) -> Shipment:
    """The locked shipment, if it is still here."""
    found = lock(Shipment.objects.select_related("customer").filter(pk=shipment.pk))[0]
    if found.status != ShipmentStatus.OPEN:
        message = _("Shipment %(number)s is “%(state)s” and can't be changed any more.")
        words = {"number": found.number, "state": found.get_status_display()}
        raise NotShipped(message % words, code="shipment-over", facts={"shipment": found.number})
    return found


def refuse_begun(shipment: Shipment) -> None:
    """A shipment for which somebody has picked stays as it is."""
    locked_open(shipment)
    if ShipmentPick.objects.filter(line__shipment=shipment).exists():
        message = _("Picking for shipment %(number)s has begun, so it can't be changed. Send another shipment.")
        raise NotShipped(message % {"number": shipment.number}, code="picking-begun")
