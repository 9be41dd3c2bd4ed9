"""Tablets: the administrator's list and invitations, and the page that turns a tablet into a known one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from plant import policies, qr
from plant.commands import devices
from plant.errors import Refusal
from plant.models import Device, Equipment, EquipmentLevel
from plant.queries import devices as known
from plant.web.access import needs, public
from plant.web.forms import Form, RowField

KEY = "__Host-tablet" if settings.BEHIND_TLS else "tablet"
YEARS = 5 * 365 * 24 * 3600


class InviteForm(Form):
    """A name for the tablet, and where it will stand."""

    name = forms.CharField(label=later("Name"), max_length=80)
    place = RowField(
        label=later("Site, line or station"),
        queryset=Equipment.objects.filter(active=True, stores_material=False).order_by("code"),
        help_text=later("Badge and PIN will work on this tablet at this place and at every station in it."),
    )


@needs("device.manage")
def listed(request: HttpRequest) -> HttpResponse:
    """Every tablet, and the form that invites another."""
    form, invited = InviteForm(request.POST or None, by=request.user), None
    if request.method == "POST" and form.is_valid():
        device, code = devices.invite(by=request.user, at=timezone.now(), **form.cleaned_data)
        url = request.build_absolute_uri(resolve_url("plant:enrol", code))
        drawing = qr.picture(url)
        invited = {"device": device, "url": url, "drawing": drawing}
    context = {
        "form": form, "invited": invited, "rows": known.listed(request.user), "now": timezone.now(),
        "must_enrol": settings.TABLETS_MUST_ENROL, "why_not": policies.why_not(request.user, "device.manage"),
    }
    return render(request, "plant/device/list.html", context, status=400 if form.errors else 200)


@require_POST
@needs("device.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a tablet out."""
    device = get_object_or_404(Device.objects.select_related("place"), pk=pk)
    devices.revoke(device=device, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is out: badge and PIN open nothing there.") % {"name": device.name})
    return redirect("plant:device-list")


@public
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    """Opened on the tablet itself: one press, and the plant knows it."""
    if request.method != "POST":
        return render(request, "plant/device/enrol.html", {"refusal": None})
    try:
        device, key = devices.enrol(code=code, at=timezone.now())
    except Refusal as refusal:
        return render(request, "plant/device/enrol.html", {"refusal": refusal}, status=409)
    is_station = device.place.level == EquipmentLevel.WORK_UNIT
    response = redirect(f"/station/{device.place.code}/" if is_station else "/station/")
    response.set_cookie(KEY, key, max_age=YEARS, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS)
    return response


def refuse_unknown(request: HttpRequest, words: dict[str, Any]) -> HttpResponse | None:
    """Badge and PIN count only on a tablet that the plant knows, at the place where it belongs."""
    if not settings.TABLETS_MUST_ENROL:
        return None
    now, device = timezone.now(), known.by_key(request.COOKIES.get(KEY, ""))
    station = Equipment.objects.filter(code=words["code"]).first() if "code" in words else None
    if device is None or (station is not None and not known.stands_at(device, station)):
        return render(request, "plant/device/unknown.html", {"device": device}, status=403)
    devices.mark_seen(device=device, at=now)
    return None
