"""Shipping on the screen: a shipment, picked by scan, sent off, and what came back of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.commands import picks, returns, shipments
from mes.web.forms import ReasonForm
from mes.web.shipping_forms import BackForm, LineForm, OutForm, ScanForm, ShipForm, ShipmentForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from traceability.models import Shipment, ShipmentStatus
from traceability.queries import shipments as reading

FORMS = {
    "scan": ScanForm, "line": LineForm, "put_back": OutForm, "ship": ShipForm, "cancel": ReasonForm, "back": BackForm,
}
# act → (action of the permission table, the state in which it can be done)
ACTS = {
    "scan": ("shipment.pick", ShipmentStatus.OPEN), "put_back": ("shipment.pick", ShipmentStatus.OPEN),
    "line": ("shipment.plan", ShipmentStatus.OPEN), "cancel": ("shipment.plan", ShipmentStatus.OPEN),
    "ship": ("shipment.ship", ShipmentStatus.OPEN), "back": ("shipment.take-back", ShipmentStatus.SHIPPED),
}


@needs("shipment.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One shipment: its lines, what is picked, what may be done."""
    shipment, dialogs = reading.by_number(number), Dialogs(request, refusal)
    lines = reading.lines(shipment)
    context = {
        "shipment": shipment, "lines": lines, "picks": reading.picks(shipment), "returns": reading.returns(shipment),
        "is_full": bool(lines) and all(row.is_full for row in lines), "timeline": journal.timeline(shipment),
        "dialogs": dialogs, "why": why_not(request, shipment),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/shipment/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, shipment: Shipment) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    state = _("Not while it is “%(state)s”.") % {"state": shipment.get_status_display()}
    return {
        name: policies.why_not(request.user, action) or ("" if shipment.status == status else state)
        for name, (action, status) in ACTS.items()
    }


@needs("shipment.plan")
def create(request: HttpRequest) -> HttpResponse:
    """Enter a shipment by hand."""
    form = ShipmentForm(request.POST or None, by=request.user)

    def plan(_said: dict[str, Any]) -> Shipment:
        return shipments.plan(**form.read(), by=request.user, at=timezone.now())

    return enter(request, form, plan, template="mes/shipment/create.html", to="mes:shipment-detail")


act = Acts(find=reading.by_number, back="mes:shipment-detail", page=detail)


@act("shipment.pick", done=later("Picked. Scan the next one."))
def scan(request: HttpRequest, shipment: Shipment) -> None:
    """Pick what was scanned."""
    said = valid(ScanForm(request.POST, by=request.user))
    done = picks.scan(shipment=shipment, **said, by=request.user, at=timezone.now())
    if done.refusal is not None:
        raise done.refusal


@act("shipment.pick", done=later("Put back."))
def put_back(request: HttpRequest, shipment: Shipment) -> None:
    """Take something from it again."""
    said = valid(OutForm(request.POST, by=request.user))
    picks.put_back(shipment=shipment, **said, by=request.user, at=timezone.now())


@act("shipment.plan", done=later("The line is added."))
def line(request: HttpRequest, shipment: Shipment) -> None:
    """One more line."""
    shipments.add_line(shipment=shipment, **valid(LineForm(request.POST, by=request.user)), by=request.user)


@act("shipment.plan", done=later("The shipment is cancelled."))
def cancel(request: HttpRequest, shipment: Shipment) -> None:
    """Give it up."""
    shipments.cancel(shipment=shipment, **valid(ReasonForm(request.POST)), by=request.user)


@act("shipment.ship", done=later("It has left. Print the packing list."))
def ship(request: HttpRequest, shipment: Shipment) -> None:
    """Let the truck leave."""
    said = valid(ShipForm(request.POST, by=request.user))
    shipments.ship(shipment=shipment, **said, by=request.user, at=timezone.now())


@act("shipment.take-back", done=later("It is back, and held until quality decides."))
def back(request: HttpRequest, shipment: Shipment) -> None:
    """Take goods back."""
    said = valid(BackForm(request.POST, by=request.user))
    returns.take_back(shipment=shipment, **said, by=request.user, at=timezone.now())
