"""Choosing a station, signing on with badge and PIN, signing off."""

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mes.commands import sessions as station_sessions
from mes.queries import stations
from mes.tablet.access import device_of, remember_device, station_or_404
from plant import scoping
from plant.commands import persons
from plant.errors import Refusal
from plant.models import Equipment
from plant.queries import devices as known
from plant.queries import places
from plant.web import sessions
from plant.web.access import public
from plant.web.devices import KEY


class BadgeForm(forms.Form):
    """Badge and PIN."""

    badge = forms.CharField(
        label=_("Badge"), max_length=80,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off", "placeholder": _("Scan your badge")}),
    )
    pin = forms.CharField(
        label=_("PIN"), max_length=12, widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "off"})
    )


@public
def choose(request: HttpRequest) -> HttpResponse:
    """The stations at which this tablet may stand, and which who is signed in reaches, to choose one."""
    tablet, near = known.by_key(request.COOKIES.get(KEY, "")), Equipment.objects.all()
    if tablet is not None:
        near = near.filter(pk__in=[place.pk for place in places.within(tablet.place)])
    if request.user.is_authenticated:
        near = scoping.visible(near, request.user)
    return render(request, "mes/station/choose.html", {"stations": stations.choice(near)})


@public
@sensitive_post_parameters("pin")
def sign_on(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for badge and PIN; then the station is theirs."""
    station, form, refusal = station_or_404(code), BadgeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        now, device = timezone.now(), device_of(request)
        try:
            person = persons.sign_on_by_badge(form.cleaned_data["badge"], form.cleaned_data["pin"])
            station_sessions.sign_on(station=station, person=person, device=device, at=now)
        except Refusal as refused:
            refusal = refused
        else:
            sessions.begin(request, person, at=now)
            request.session["station"], request.session["touched_at"] = station.code, now.isoformat()
            return remember_device(redirect("station:work", station.code), device)
    session = stations.session_at(station)
    context = {"station": station, "form": form, "refusal": refusal, "session": session}
    return render(request, "mes/station/sign_on.html", context, status=400 if refusal or form.errors else 200)


@require_POST
@public
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    """Leave the station; the tablet's own idle clock ends here too. The work stays where it is."""
    station = station_or_404(code)
    if request.user.is_authenticated and request.session.get("station") == station.code:
        station_sessions.leave(station=station, person=request.user, at=timezone.now())
        auth.logout(request)
    return redirect("station:sign-on", station.code)


@require_POST
@public
def lock(request: HttpRequest, code: str) -> HttpResponse:
    """Lock the tablet: badge and PIN open it again, the person stays on the books and the work stays in hand."""
    station = station_or_404(code)
    if request.user.is_authenticated and request.session.get("station") == station.code:
        auth.logout(request)
    return redirect("station:sign-on", station.code)
