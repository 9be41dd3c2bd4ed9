"""A station calls for material that is not there, or takes another lot than the one whose turn it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.amounts import plain
from mes.commands import materials, shortages
from mes.models import JobMaterial
from mes.queries import stations
from mes.queries.stations import Panel
from mes.tablet.access import signed_on
from mes.tablet.work import context
from mes.web.forms import amount
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition
from plant.web.acting import valid
from traceability.queries import lots, picking


class CallForm(forms.Form):
    """Which material the work order takes here, and how much of it."""

    material = forms.ModelChoiceField(label=later("Material"), queryset=MaterialDefinition.objects.none())
    quantity = amount(later("Quantity"))
    note = forms.CharField(label=later("In your words"), max_length=200, required=False)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [row.segment_id for row in panel.rows]
        taken = JobMaterial.objects.filter(job_order=panel.job, segment__in=here).values("material")
        self.fields["material"].queryset = MaterialDefinition.objects.filter(pk__in=taken)
        first = next(iter(panel.missing.items()), None)
        if first is not None:
            wanted = self.fields["material"].queryset.filter(code=first[0]).first()
            self.initial = {"material": wanted.pk if wanted else None, "quantity": plain(first[1]), **self.initial}


@signed_on()
def call(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Say what is missing here; the planner and the ERP are told."""
    found, refusal = stations.panel(station), None
    if found.job is None:
        return redirect("station:work", station.code)
    form = CallForm(request.POST or None, panel=found)
    if request.method == "POST":
        try:
            said = valid(form)
            shortages.call(station=station, job_order=found.job, **said, by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Called for. The planner is told."))
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/call.html", shown, status=409 if refusal else 200)


class OtherLotForm(forms.Form):
    """Why another lot is taken."""

    reason = forms.CharField(label=later("Why not the one whose turn it is?"), max_length=200)


@signed_on()
def other_lot(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Bring a lot from the store that another one comes before, with the reason; then it is scanned again."""
    lot, refusal = lots.by_number(request.GET.get("lot", "")), None
    form = OtherLotForm(request.POST or None)
    if request.method == "POST":
        try:
            materials.bring(lot=lot, station=station, by=request.user, at=timezone.now(), **valid(form))
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("%(lot)s is at the station. Scan it again.") % {"lot": lot.number})
            return redirect("station:work", station.code)
    shown = {
        **context(station), "lot": lot, "first": picking.first(lot, timezone.now()), "form": form, "refusal": refusal,
    }
    return render(request, "mes/station/other_lot.html", shown, status=409 if refusal else 200)
