"""Concessions on the screen: the list, asking for one, and one with its limits, its customer's word and its uses."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, Multi, Reference
from plant.lists.looks import Moment, Quantity, State, Text, Who
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Meaning, Partner, PartnerKind
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from plant.web.forms import Form, RowField
from qms.commands import concessions as commands
from qms.models import Concession, ConcessionKind, ConcessionStatus
from qms.queries import concessions as reading
from qms.web.forms import DayField
from traceability.models import MaterialLot
from traceability.web import left
from traceability.web.forms import LotNumbersField
from traceability.web.list_parts import materials


class AskForm(Form):
    """What is not as specified, for how much of what, until when."""

    title = forms.CharField(label=_("What is not as specified"), max_length=200)
    reason = forms.CharField(label=_("Why it may be used all the same"), widget=forms.Textarea({"rows": 3}))
    kind = forms.ChoiceField(label=_("Kind"), choices=ConcessionKind)
    site = RowField(
        label=_("Site"), to_field_name="code", queryset=Equipment.objects.filter(level=EquipmentLevel.SITE)
    )
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    lots = LotNumbersField(
        label=_("Only these lots"), required=False, help_text=_("Empty: every lot of the material.")
    )
    quantity = forms.DecimalField(label=_("At most"), min_value=Decimal("0.000001"), max_digits=18, decimal_places=6)
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"))
    customer = RowField(
        label=_("Customer who must agree"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(kind=PartnerKind.CUSTOMER, active=True),
    )


class CustomerForm(Form):
    """Who agreed, when, and what says so."""

    person = forms.CharField(label=_("Who agreed at the customer"), max_length=120)
    document = forms.CharField(
        label=_("Customer's document"), max_length=120, help_text=_("Its number or name; attach it below as a file.")
    )
    agreed_at = DayField(label=_("Agreed"))


class UseForm(Form):
    """So many pieces of a lot."""

    lot = LotNumbersField(label=_("Lot"))
    quantity = forms.DecimalField(label=_("Quantity"), min_value=Decimal("0.000001"), max_digits=18, decimal_places=6)
    note = forms.CharField(label=_("What for"), required=False, max_length=200)


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def url(row: Concession) -> str:
    return reverse("qms:concession-detail", args=[row.number])


ASK = Link(label=_("Ask for a concession"), url="qms:concession-ask", action="concession.ask", icon="file-plus",
           kind="primary")
CONCESSIONS = Listing(
    key="concessions", title=_("Concessions"), url="qms:concession-list", action="concession.read",
    subtitle=_("So many pieces may be used although they are not as specified: agreed, limited, never over-used."),
    rows=lambda viewer: reading.listing(), search=("number", "title", "material__code"),
    placeholder=_("Number, words or material"), order="-until", href=url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=url, icon="file-certificate"), sort=("number",)),
        Column(key="title", label=_("What is not as specified"), look=Text(most=90), value="title"),
        Column(key="material", label=_("Material"), value="material.code", sort=("material__code",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("status",)),
        Column(key="used", label=_("Used"), look=Quantity(unit=lambda one: one.material.unit)),
        Column(key="quantity", label=_("At most"), look=Quantity(unit=lambda one: one.material.unit)),
        Column(key="until", label=_("Until"), value="valid_to", look=Moment(style="date"), sort=("valid_to",)),
        Column(key="customer", label=_("Customer"), value=lambda one: str(one.customer or "")),
        Column(key="asked_by", label=_("Asked by"), look=Who(), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=ConcessionStatus.choices),
        Choice(key="kind", label=_("Kind"), options=ConcessionKind.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
    ),
    links=(ASK,),
    nothing=Nothing(title=_("No concession yet"), icon="file-certificate", links=(ASK,),
                    text=_("Ask for one before pieces that are not as specified are used.")),
)
FORMS: dict[str, Any] = {"customer": CustomerForm, "use": UseForm, "refuse": WhyForm, "end": WhyForm}


@needs("concession.ask")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for one."""
    at = timezone.localtime(timezone.now())
    begin = {"valid_from": at, "valid_to": at + timedelta(days=30), **request.GET.dict()}
    form = AskForm(request.POST or None, initial=begin, by=request.user)

    def asked(said: dict[str, Any]) -> Concession:
        return commands.ask(**said, by=request.user, at=timezone.now())

    return enter(request, form, asked, template="qms/concession/ask.html", to="qms:concession-detail")


@needs("concession.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One concession: its limits, who agreed, what was used under it and where that is now."""
    found, dialogs = reading.by_number(number), Dialogs(request, refusal)
    uses = reading.uses(found)
    context = {
        "one": found, "dialogs": dialogs, "uses": uses, "left": found.quantity - found.used, "why": why(request, found),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()}, "meaning": Meaning.APPROVED,
        "lots": found.lots.select_related("lot"), "timeline": journal.timeline(found),
        "gone": left.gone([use.lot_id for use in uses], request.user), "now": timezone.now(),
        "seen_hash": signatures.content_hash(reading.seen(found)),
    }
    return render(request, "qms/concession/detail.html", context, status=dialogs.status)


def why(request: HttpRequest, found: Concession) -> dict[str, str]:
    """For each act: why it is not possible now, or nothing when it is."""
    is_asked, is_given = found.status == ConcessionStatus.ASKED, found.status == ConcessionStatus.APPROVED
    over, silent = now("It is decided already."), found.customer_id and found.customer_at is None
    own = now("You asked for it yourself. Somebody else must approve it.")
    wait = now("The customer has not agreed yet.")
    by_state = {
        "customer": "" if is_asked and found.customer_id else over if not is_asked else now("No customer is named."),
        "approve": over if not is_asked else wait if silent else own if found.asked_by == request.user else "",
        "refuse": "" if is_asked else over, "end": "" if is_given else now("It is not in force."),
        "use": "" if is_given else now("It is not approved."),
    }
    acts = {"customer": "ask", "approve": "approve", "refuse": "approve", "end": "approve", "use": "use"}
    return {
        name: policies.why_not(request.user, f"concession.{acts[name]}") or reason
        for name, reason in by_state.items()
    }


act = Acts(find=reading.by_number, back="qms:concession-detail", page=detail)


@act("concession.ask", done=_("Saved."))
def customer(request: HttpRequest, found: Concession) -> None:
    """The customer's word."""
    said = valid(CustomerForm(request.POST))
    commands.note_customer(concession=found, **said, by=request.user, at=timezone.now())


@act("concession.approve", done=_("Approved."))
def approve(request: HttpRequest, found: Concession) -> None:
    """Give it, signed."""
    commands.approve(concession=found, **signed(request), by=request.user, at=timezone.now())


@act("concession.approve", done=_("Refused."))
def refuse(request: HttpRequest, found: Concession) -> None:
    """Say no."""
    commands.refuse(concession=found, **valid(WhyForm(request.POST)), by=request.user, at=timezone.now())


@act("concession.approve", done=_("Nothing more is used under it."))
def end(request: HttpRequest, found: Concession) -> None:
    """End it."""
    commands.end(concession=found, **valid(WhyForm(request.POST)), by=request.user, at=timezone.now())


@act("concession.use", done=_("Booked."))
def use(request: HttpRequest, found: Concession) -> None:
    """Book pieces."""
    said = valid(UseForm(request.POST, by=request.user))
    lots: list[MaterialLot] = said.pop("lot")
    commands.use(concession=found, lot=lots[0], **said, by=request.user, at=timezone.now())
