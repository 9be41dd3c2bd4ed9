"""How the current operation is done, shown at the station."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mes.queries import instructions, stations
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant.models import Equipment


@signed_on()
def show(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Text, pictures, documents and videos of the operation that the station does now."""
    doing = stations.panel(station).doing
    if doing is None:
        return redirect("station:work", station.code)
    shown = {**context(station), "segment": doing.segment, "instruction": instructions.of(doing.segment)}
    return render(request, "mes/station/instruction.html", shown)
