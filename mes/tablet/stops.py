"""Saying at the station why its machine stood: the stretches that nobody explained, newest first."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.commands import stops
from mes.oee import Loss
from mes.queries import oee, oee_report
from mes.queries.oee_report import Event
from mes.tablet.access import signed_on
from mes.tablet.work import context
from mes.web.stop_forms import WhyForm
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid

BACK, SHOWN = timedelta(hours=12), 6


class StretchForm(WhyForm):
    """Which stretch, and why."""

    stretch = forms.ChoiceField(label=later("Stop"), widget=forms.RadioSelect)
    field_order = ("stretch", "reason", "note")

    def __init__(self, *args: Any, found: list[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.piece.from_at.isoformat(), _told(one)) for one in found]
        self.fields["stretch"].choices = choices  # type: ignore[attr-defined]
        self.fields["stretch"].initial = choices[0][0] if choices else None


def _told(one: Event) -> str:
    begin, end = (timezone.localtime(moment) for moment in (one.piece.from_at, one.piece.to_at))
    until = _("now") if one.goes_on else time_format(end, "H:i")
    words = {"from": time_format(begin, "H:i"), "until": until, "minutes": round(one.piece.minutes)}
    return _("%(from)s to %(until)s, %(minutes)s min") % words


def unexplained(station: Equipment, at: datetime) -> list[Event]:
    """The newest stretches of a station that nobody explained."""
    found = oee.measure([station], at - BACK, at)
    return oee_report.events(found, Loss.UNEXPLAINED, 0, at=at)[:SHOWN]


@signed_on()
def stop(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Choose a stretch and a reason."""
    now = timezone.now()
    found, refusal = unexplained(station, now), None
    form = StretchForm(request.POST or None, found=found, by=request.user)
    if request.method == "POST":
        try:
            send(request, station, form, found)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("The stop is explained."))
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "found": found, "refusal": refusal}
    return render(request, "mes/station/stop.html", shown, status=409 if refusal else 200)


def send(request: HttpRequest, station: Equipment, form: StretchForm, found: list[Event]) -> None:
    """Send what was chosen to the one command; a stop that goes on is explained until the machine runs again."""
    said = valid(form)
    [chosen] = [one for one in found if one.piece.from_at.isoformat() == said["stretch"]]
    stops.explain(
        equipment=station, reason=said["reason"], note=said["note"], from_at=chosen.piece.from_at,
        to_at=None if chosen.goes_on else chosen.piece.to_at, by=request.user, at=timezone.now(),
    )
