"""The stores on the screen: bringing a lot somewhere by two scans, and what lies at a place."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Equipment
from plant.queries import places
from plant.web.access import needs
from traceability.commands import stock as commands
from traceability.models import Bucket, MaterialLot, PlaceKind
from traceability.queries import counts, put_away, scanned, stock
from traceability.spots import Spot
from traceability.web.stock_forms import LotForm, MoveForm

MOST = 500


@needs("lot.move")
def move(request: HttpRequest) -> HttpResponse:
    """Scan a lot, then the place: the page says where it should go, and takes what is scanned."""
    asked = (request.POST if request.method == "POST" else request.GET).get("lot", "")
    lot = scanned.lot(asked, request.user) if asked else None
    if lot is None:
        wrong = _("No lot has the code “%(code)s”. Scan its label, or receive it first.") % {"code": asked[:40]}
        context = {"lot_form": LotForm(by=request.user, initial={"lot": asked}), "wrong": wrong if asked else ""}
        return render(request, "traceability/stock/move.html", context, status=404 if asked else 200)
    spots = stock.spots_of(lot)
    given = {**{name: request.GET.get(name, "") for name in ("to", "quantity")}, "key": uuid.uuid4()}
    given["source"] = f"{Bucket.STOCK}:{request.GET.get('place', '')}"
    form = MoveForm(request.POST or None, by=request.user, spots=spots, initial=given)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return moved(request, lot, form.cleaned_data)
        except Refusal as error:
            refusal = error
    context = {
        "lot": lot, "spots": spots, "form": form, "refusal": refusal, "state": stock.state(lot, timezone.now()),
        "proposals": put_away.proposals(lot) if spots else [],
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "traceability/stock/move.html", context, status=status)


def moved(request: HttpRequest, lot: MaterialLot, data: dict[str, Any]) -> HttpResponse:
    """Send what was scanned to the one command, and be ready for the next lot."""
    bucket, _sign, code = data["source"].partition(":")
    to = scanned.place(data["to"], request.user)
    entry = commands.relocate(
        lot=lot, source=Spot(Bucket(bucket), code), to=to, quantity=data["quantity"], unit=data["unit"],
        reason=data["reason"], key=str(data["key"] or ""), by=request.user, at=timezone.now(),
    )
    words = {
        "lot": lot.number, "quantity": f"{entry.quantity.normalize():f}", "unit": lot.material.unit.symbol,
        "place": to.code,
    }
    messages.success(request, _("%(lot)s: %(quantity)s %(unit)s now at %(place)s.") % words)
    return redirect("traceability:stock-move")


@needs("lot.read")
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it is for, what lies there and within, and what can be done."""
    rows = stock.stores().filter(code=code)
    here = get_object_or_404(scoping.visible(rows, request.user))
    within = places.within(here)
    lying = scoping.visible(stock.at_place(here), request.user)[: MOST + 1]
    context = {
        "place": here, "storage": getattr(here, "storage", None), "kind": PlaceKind(stock.kind_of(here)),
        "rows": stock.dress(list(lying[:MOST]), timezone.now()), "is_cut": len(lying) > MOST,
        "inner": [one for one in within if one.parent_id == here.pk and one.stores_material],
        "counts": counts.open_at([one.pk for one in within]),
        "why_not_count": policies.why_not(request.user, "count.ask"),
        "why_not_print": policies.why_not(request.user, "label.print"), "elsewhere": elsewhere(here),
    }
    return render(request, "traceability/stock/place.html", context)


def elsewhere(here: Equipment) -> str:
    """The plate of the place for the label page."""
    return f"?ids={here.pk}"
