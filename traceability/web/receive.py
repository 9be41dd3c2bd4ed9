"""The receiving desk: the supplier's label fills the form, each lot goes into stock once, and is labelled."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from plant.queries import places
from plant.web.access import needs
from traceability.commands import receipts
from traceability.commands.receipts import Entry
from traceability.models import GoodsReceipt, MaterialLot
from traceability.queries import scanned
from traceability.web.forms import ReceiptForm
from traceability.web.stock_forms import LabelForm

CARRIED = ("place",)  # what the next lot of a delivery most likely shares with the last one


@needs("lot.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Take a lot into stock, then show it, or its delivery, with the label one click away."""
    now = timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    receipt = find(asked.get("receipt", ""), request.user)
    form = ReceiptForm(
        request.POST or None, request.FILES or None, by=request.user, initial=filled(request, receipt, now)
    )
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            lot, receipt = take(form.cleaned_data, receipt, request.user, now)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, told(lot))
            if receipt is None:
                return redirect("traceability:lot-detail", lot.number)
            return redirect("traceability:receipt-detail", receipt.number)
    status = 409 if refusal else 422 if form.errors else 200
    said = {"label": request.GET.get("label", ""), "receipt": receipt.number if receipt else ""}
    context = {
        "form": form, "refusal": refusal, "receipt": receipt,
        "label_form": LabelForm(by=request.user, initial=said, auto_id="label_%s"),
    }
    return render(request, "traceability/lot/receive.html", context, status=status)


def find(number: str, person: Person) -> GoodsReceipt | None:
    """The delivery that is being received, if this person reaches it."""
    rows = GoodsReceipt.objects.select_related("supplier", "site").filter(number=number)
    return scoping.visible(rows, person).first() if number else None


def filled(request: HttpRequest, receipt: GoodsReceipt | None, at: datetime) -> dict[str, Any]:
    """What stands in the fresh form: what the label says, what the delivery is known to share, and a key of its own."""
    found: dict[str, Any] = {"key": uuid.uuid4()}
    if receipt is not None:
        found |= {"receipt": receipt.number, "supplier": receipt.supplier.code if receipt.supplier else None}
        found |= {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    label = request.GET.get("label", "")
    said = scanned.delivery(label, at) if label else {}
    if label and not said:
        messages.warning(request, _("This label says nothing that can be filled in. Enter the lot by hand."))
    return found | said


def take(
    data: dict[str, Any], receipt: GoodsReceipt | None, by: Person, at: datetime
) -> tuple[MaterialLot, GoodsReceipt | None]:
    """Send what was entered to the one command."""
    place, file = data["place"], data["certificate"]
    site = places.site_of(place) if place else places.home(by)
    entry = Entry(
        **{name: data[name] for name in ("material", "quantity", "number", "supplier", "supplier_lot", "expires_at")},
        place=place.code if place else "", delivery_note=data["delivery_note"],
        certificate=(file.name or "", file.read()) if file else None,
    )
    key = str(data["key"] or "")
    return receipts.take(entry=entry, site=site, by=by, at=at, receipt=receipt, key=key)


def told(lot: MaterialLot) -> str:
    """What to do with it now."""
    if lot.open_holds:
        return _("%(lot)s waits in quarantine. Print its label and bring it to blocked stock.") % {"lot": lot.number}
    return _("%(lot)s is in stock. Print its label now.") % {"lot": lot.number}
