"""Calling for help at the station by one tap; whoever comes says so there with badge and PIN, and settles it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mes.commands import andon as commands
from mes.models import Andon, AndonStatus
from mes.queries import andon, stations
from mes.tablet.access import signed_on
from mes.tablet.sign_on import BadgeForm
from mes.web.andon import closing
from plant.commands import persons
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid
from plant.web.alarm_forms import CloseForm


@require_POST
@signed_on()
def call(request: HttpRequest, station: Equipment, kind: str) -> HttpResponse:
    """One tap: whoever must come is told."""
    wanted = andon.button(kind)
    job = stations.panel(station).job
    commands.call(station=station, kind=wanted, job_order=job, by=request.user, at=timezone.now())
    messages.success(request, _("Called: %(kind)s. Whoever must come is told.") % {"kind": wanted.title})
    return redirect("station:work", station.code)


@require_POST
@signed_on()
def take_back(request: HttpRequest, station: Equipment, pk: int) -> HttpResponse:
    """A wrong tap."""
    commands.cancel(andon=andon.at_station(station, pk), by=request.user, at=timezone.now())
    return redirect("station:work", station.code)


@sensitive_post_parameters("pin")
@signed_on()
def answer(request: HttpRequest, station: Equipment, pk: int) -> HttpResponse:
    """Whoever came says so, and later what it was; the person who works here stays signed on."""
    found, refusal = andon.at_station(station, pk), None
    badge, form = BadgeForm(request.POST or None), CloseForm(request.POST or None, by=request.user)
    if request.method == "POST":
        try:
            send(found, badge, form)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("station:work", station.code)
    is_open = found.status == AndonStatus.OPEN
    shown = {"station": station, "call": found, "badge_form": badge, "form": form, "refusal": refusal,
             "is_open": is_open}
    return render(request, "mes/station/andon.html", shown, status=409 if refusal else 200)


def send(call: Andon, badge: BadgeForm, form: CloseForm) -> None:
    """Who it is counts by their badge; an open call is answered, an answered one is settled."""
    shown = valid(badge)
    said = {} if call.status == AndonStatus.OPEN else closing(valid(form))
    who = persons.sign_on_by_badge(shown["badge"], shown["pin"])
    if said:
        commands.close(andon=call, **said, by=who, at=timezone.now())
    else:
        commands.acknowledge(andon=call, by=who, at=timezone.now())
