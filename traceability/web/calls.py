"""Calls for material on the screen: made for a station, and answered with the lots whose turn it is."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, MaterialDefinition
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from plant.web.forms import Form, RowField
from traceability.commands import calls as commands
from traceability.models import CallStatus, MaterialCall, PickOrder
from traceability.queries import calls, picking
from traceability.web.forms import LARGEST, SMALLEST
from traceability.web.stock_forms import WhyForm

STATIONS = Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True, stores_material=False)


class CallForm(Form):
    """Which station is short of what."""

    station = RowField(label=_("Station"), to_field_name="code", queryset=STATIONS.order_by("code"))
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=18, decimal_places=6, min_value=SMALLEST, max_value=LARGEST
    )


@needs("call.ask")
def ask(request: HttpRequest) -> HttpResponse:
    """Call for material."""
    form = CallForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def call(said: dict[str, Any]) -> MaterialCall:
        return commands.ask(**said, by=request.user, at=timezone.now())

    return enter(request, form, call, template="traceability/call/ask.html", to="traceability:call-detail")


@needs("call.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """A call with the lots that are to be brought, in their order."""
    call, dialogs = calls.by_number(number), Dialogs(request, refusal)
    is_open, left = call.status == CallStatus.OPEN, call.quantity - call.brought
    picks = []
    if is_open:
        picks = picking.proposal(call.material, places.site_of(call.station), left, timezone.now())
    context: dict[str, Any] = {
        "call": call, "dialogs": dialogs, "picks": picks, "order": PickOrder(picking.rule(call.material_id)[0]),
        "short": left - sum(pick.quantity for pick in picks) if is_open else 0, "timeline": journal.timeline(call),
        "form": dialogs.form("cancel", WhyForm), "may_move": policies.may(request.user, "lot.move"),
        "why_not_cancel": policies.why_not(request.user, "call.ask") or ("" if is_open else now("The call is over.")),
    }
    return render(request, "traceability/call/detail.html", context, status=dialogs.status)


act = Acts(find=calls.by_number, back="traceability:call-detail", page=detail)


@act("call.ask", done=_("The call is taken back."))
def cancel(request: HttpRequest, call: MaterialCall) -> None:
    """Take it back."""
    reason = valid(WhyForm(request.POST, by=request.user))["reason"]
    commands.cancel(call=call, reason=reason, by=request.user, at=timezone.now())
