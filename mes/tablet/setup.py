"""The set-up at the tablet: every position in one list, and the scan that mounts a lot."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mes.queries import setups, stations
from mes.tablet.access import idle_limit, signed_on
from plant.models import Equipment


@signed_on()
def show(request: HttpRequest, station: Equipment) -> HttpResponse:
    """What each position should hold, and what it holds."""
    return render(request, "mes/station/setup.html", context(station))


@signed_on(touches=False)
def panel(request: HttpRequest, station: Equipment) -> HttpResponse:
    """The part of it that moves by itself."""
    return render(request, "mes/station/setup_panel.html", context(station))


def context(station: Equipment) -> dict[str, Any]:
    """The set-up of the station for its work order, and the position that waits for its lot."""
    found = stations.panel(station)
    return {
        "panel": found, "station": station, "chosen": found.session.position if found.session else None,
        "places": setups.of_station(station, found.job, timezone.now()) if found.job else [],
        "lock_after": int(idle_limit().total_seconds()), "scan_prefix": settings.SCANNER_PREFIX,
        "scan_suffix": settings.SCANNER_SUFFIX,
    }
