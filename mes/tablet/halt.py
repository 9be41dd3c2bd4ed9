"""Stopping work at the station: this operation, this station or the whole line, with a reason that everybody reads."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes.commands import stoppages as commands
from mes.models import StopScope
from mes.queries import stations
from mes.queries.stations import Panel
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid


class HaltForm(forms.Form):
    """How much stands still, and why."""

    scope = forms.ChoiceField(label=_("What to stop"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("What is not in order?"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, found: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes(found)  # type: ignore[attr-defined]


def scopes(found: Panel) -> list[tuple[str, str]]:
    """What can be stopped from here, by name."""
    station, line, row = found.station, found.station.parent, found.doing
    named = [(StopScope.STATION, gettext("This station: %(place)s") % {"place": station.code})]
    if row is not None and found.job is not None:
        words = {"job": found.job.number, "operation": row.segment.code}
        named.insert(0, (StopScope.OPERATION, gettext("Operation %(operation)s of %(job)s") % words))
    if line is not None:
        named.append((StopScope.LINE, gettext("The whole line: %(place)s") % {"place": line.code}))
    return [(str(scope), word) for scope, word in named]


@signed_on()
def halt(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Stop, and say why."""
    found, refusal = stations.panel(station), None
    form = HaltForm(request.POST or None, found=found)
    if request.method == "POST":
        try:
            send(request, found, form)
        except Refusal as refused:
            refusal = refused
        else:
            messages.warning(request, gettext("It stands still. Tell the team leader."))
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/halt.html", shown, status=409 if refusal else 200)


def send(request: HttpRequest, found: Panel, form: HaltForm) -> None:
    """Send what was chosen to the one command."""
    said = valid(form)
    is_operation = said["scope"] == StopScope.OPERATION
    place = found.station.parent if said["scope"] == StopScope.LINE else found.station
    commands.stop(
        scope=said["scope"], equipment=place or found.station, job_segment=found.doing if is_operation else None,
        reason=said["reason"], by=request.user, at=timezone.now(),
    )
