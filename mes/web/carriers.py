"""Carriers on the screen: which hold what, and one with its slots, its runs and what lay in it before."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import carriers as commands
from mes.models import Carrier
from mes.queries import carriers
from mes.queries.carriers import Filled
from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Listing, Nothing
from plant.lists.filters import Flag
from plant.lists.looks import Number, Text
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import CodeField, CodeInput, Form
from traceability.queries import lots

HISTORY = 50


class PutForm(Form):
    """Which lot goes into which slot."""

    lot = CodeField(
        label=_("Lot or serial"), max_length=200, widget=CodeInput({"autofocus": True}),
        help_text=_("Scan the label. It goes into the next free slot, unless you say another one."),
    )
    slot = forms.IntegerField(label=_("Slot"), required=False, min_value=1, max_value=9999)


class OutForm(Form):
    """Which lot comes out."""

    lot = CodeField(label=_("Lot or serial"), max_length=200)


def carrier_url(row: Filled) -> str:
    """The page of a carrier."""
    return reverse("mes:carrier-detail", args=[row.carrier.code])


def held_words(row: Filled) -> str:
    """What lies in it: the materials, each once."""
    return ", ".join(dict.fromkeys(one.lot.material.code for one in row.inside))


CARRIERS = Listing(
    key="carriers", title=_("Carriers"), url="mes:carrier-list", action="carrier.read",
    subtitle=_("Trays, magazines and carts, each with what lies in it. A scan of the carrier stands for its contents."),
    rows=lambda viewer: carriers.every(), dress=lambda rows, viewer: carriers.dress(rows),
    search=("code", "name"), placeholder=_("Code or name"), order="code", href=carrier_url,
    columns=(
        Column(key="code", label=_("Code"), value="carrier.code", look=Text(href=carrier_url), sort=("code",)),
        Column(key="name", label=_("Name"), value="carrier.name", sort=("name",)),
        Column(key="inside", label=_("Lots in it"), value=lambda row: len(row.inside), look=Number()),
        Column(key="slots", label=_("Slots"), value="carrier.slots", look=Number(), sort=("slots",)),
        Column(key="materials", label=_("Material"), value=held_words),
    ),
    filters=(Flag(key="loaded", label=_("With lots in it"), query=lambda _value: carriers.LOADED),),
    nothing=Nothing(
        title=_("No carriers yet"), icon="stack-2", text=_("Administrators enter trays, magazines and carts."),
    ),
)


@needs("carrier.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One carrier: its slots, where its lots stood together, and what lay in it before."""
    carrier, dialogs = carriers.found(code), Dialogs(request, refusal)
    inside = list(carriers.inside(carrier))
    why = policies.why_not(request.user, "carrier.load")
    context: dict[str, Any] = {
        "carrier": carrier, "inside": inside, "runs": carriers.runs(carrier), "dialogs": dialogs,
        "before": carriers.history(carrier)[:HISTORY], "why_not_put": why,
        "why_not_take": why or ("" if inside else now("Nothing lies in it.")),
        "forms": {"put": dialogs.form("put", PutForm), "take_out": dialogs.form("take_out", OutForm)},
    }
    return render(request, "mes/carrier/detail.html", context, status=dialogs.status)


act = Acts(find=carriers.found, back="mes:carrier-detail", page=detail, key="code")


@act("carrier.load", done=_("It lies in the carrier."))
def put(request: HttpRequest, carrier: Carrier) -> None:
    """Put a lot into it."""
    said = valid(PutForm(request.POST, by=request.user))
    commands.put(
        carrier=carrier, lot=lots.by_number(said["lot"]), slot=said["slot"], by=request.user, at=timezone.now()
    )


@act("carrier.load", done=_("It is out of the carrier."))
def take_out(request: HttpRequest, carrier: Carrier) -> None:
    """Take one lot out of it."""
    lot = lots.by_number(valid(OutForm(request.POST, by=request.user))["lot"])
    commands.take_out(carrier=carrier, lots=[lot], by=request.user, at=timezone.now())


@act("carrier.load", done=_("The carrier is empty."))
def empty(request: HttpRequest, carrier: Carrier) -> None:
    """Take everything out of it."""
    commands.take_out(carrier=carrier, by=request.user, at=timezone.now())
