"""The receiving desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.queries import places
from plant.web.access import needs
from traceability.commands import lots
from traceability.web.forms import ReceiptForm


@needs("lot.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Take a lot into stock, then show it with its label one click away."""
    form = ReceiptForm(request.POST or None, by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = data.pop("place")
        site = places.site_of(place) if place else places.home(request.user)
        try:
            lot = lots.receive(
                **data, place=place.code if place else "", site=site,
                by=request.user, at=timezone.now(),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(lot)s is in stock. Print its label now.") % {"lot": lot.number})
            return redirect("traceability:lot-detail", lot.number)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "traceability/lot/receive.html", {"form": form, "refusal": refusal}, status=status)
