"""Who stands at the tablet: signed on at this station with badge and PIN, and not away for long."""

import functools
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from mes.queries import stations
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.refusals import problem, wants_json

DEVICE = "device"
YEARS = 5 * 365 * 24 * 3600

View = Callable[..., HttpResponse]


def station_or_404(code: str) -> Equipment:
    """The station in the address."""
    station = stations.by_code(code)
    if station is None:
        raise Http404(_("There is no station “%(code)s”.") % {"code": code[:40]})
    return station


def idle_limit() -> timedelta:
    """After so long without a touch the tablet locks itself."""
    return timedelta(minutes=settings.STATION_IDLE_MINUTES)


def is_signed_on(request: HttpRequest, station: Equipment, at: datetime) -> bool:
    """Somebody signed on here with this tablet, and touched it not long ago."""
    touched = parse_datetime(request.session.get("touched_at", ""))
    here = request.user.is_authenticated and request.session.get("station") == station.code
    return bool(here and touched and at - touched <= idle_limit())


def signed_on(action: str = "scan", *, touches: bool = True) -> Callable[[View], View]:
    """Open a view to whoever is signed on here and may do an action; a page that asks by itself is no touch."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            station, now = station_or_404(code), timezone.now()
            if not is_signed_on(request, station, now):
                return to_sign_on(request, station)
            policies.check(request.user, action)
            if touches:
                touch(request, now)
            return view(request, station, *args, **kwargs)

        guarded.zz_needs = action  # type: ignore[attr-defined]
        guarded.zz_public = True  # type: ignore[attr-defined]  # asks for badge and PIN itself
        return guarded

    return wrap


def touch(request: HttpRequest, at: datetime) -> None:
    """Note that somebody is there; written at most twice a minute."""
    touched = parse_datetime(request.session.get("touched_at", ""))
    if touched is None or at - touched > timedelta(seconds=30):
        request.session["touched_at"] = at.isoformat()


def to_sign_on(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Ask for badge and PIN; a scan waits on the tablet until then."""
    if wants_json(request):
        return problem(Refusal(_("Sign on with badge and PIN; the scan is kept until then."), code="signed-off"), 401)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return redirect("station:sign-on", station.code)


def device_of(request: HttpRequest) -> str:
    """The tablet's own name, kept in a cookie over every sign-on."""
    known = request.COOKIES.get(DEVICE, "")
    return known if known.isalnum() and len(known) <= 40 else uuid.uuid4().hex


def remember_device(response: HttpResponse, device: str) -> HttpResponse:
    response.set_cookie(DEVICE, device, max_age=YEARS, httponly=True, samesite="Lax")
    return response
