"""At the station: what was done without network and could not be done any more when it arrived."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mes.queries import late_refusals
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant.models import Equipment


@signed_on("station.use")
def show(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Each with its reason, until the team leader has seen to it."""
    shown = {**context(station), "refusals": late_refusals.open_at(station)}
    return render(request, "mes/station/late.html", shown)
