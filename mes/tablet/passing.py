"""Passing over an optional operation at the station: for which lot, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes.commands import passing_over
from mes.queries import stations
from mes.queries.stations import Panel
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid
from traceability.queries import lots


class PassOverForm(forms.Form):
    """Which lot goes on without which operation, and why."""

    lot = forms.ChoiceField(label=_("Lot or serial"))
    operation = forms.ChoiceField(label=_("Operation"))
    reason = forms.CharField(label=_("Why is it not needed?"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, found: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = dict.fromkeys(row.lot.number for row in found.queue)
        chosen: Any = self.fields["lot"], self.fields["operation"]
        chosen[0].choices = [(number, number) for number in waiting]
        chosen[1].choices = [(step.code, f"{step.code} {step.name}") for step in found.steps if step.is_optional]


@signed_on("operation.skip")
def pass_over(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Let a lot that waits here go on without the operation."""
    found, refusal = stations.panel(station), None
    form = PassOverForm(request.POST or None, found=found)
    if request.method == "POST":
        try:
            send(request, form)
        except Refusal as refused:
            refusal = refused
        else:
            messages.warning(request, gettext("Passed over. It is kept with your name and the reason."))
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/pass_over.html", shown, status=409 if refusal else 200)


def send(request: HttpRequest, form: PassOverForm) -> None:
    """Send what was chosen to the one command."""
    said = valid(form)
    passing_over.pass_over(
        lot=lots.by_number(said["lot"]), operation=said["operation"], reason=said["reason"], by=request.user,
        at=timezone.now(),
    )
