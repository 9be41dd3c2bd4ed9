"""What somebody chooses for themselves: look, density, sound, keys, language; and their favourites."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from plant.commands import desks
from plant.queries import desks as reading
from plant.web import refusals
from plant.web.access import needs

ON, OFF = pgettext_lazy("setting", "On"), pgettext_lazy("setting", "Off")
# Name of a choice, its word, and each value with its word and icon.
SHOWN = (
    ("theme", _("Colours"), (
        ("auto", _("As the system"), "device-desktop"), ("light", _("Light"), "sun"), ("dark", _("Dark"), "moon"),
        ("contrast", _("High contrast"), "contrast"),
    )),
    ("density", _("Density"), (
        ("comfortable", _("Comfortable"), "layout-rows"), ("compact", _("Compact"), "baseline-density-medium"),
    )),
    ("sound", _("Sound"), (("on", ON, "volume"), ("off", OFF, "volume-off"))),
    ("shortcuts", _("Keyboard shortcuts"), (("on", ON, "keyboard"), ("off", OFF, "keyboard-off"))),
)


@require_http_methods(["GET", "POST"])
@needs("home.view")
def preferences(request: HttpRequest) -> HttpResponse:
    """Show the choices; a choice that is sent holds at once on every device."""
    if request.method == "POST":
        desks.choose(name=request.POST.get("name", ""), value=request.POST.get("value", ""), by=request.user)
        if refusals.is_htmx(request) or refusals.wants_json(request):
            return HttpResponse(status=204)
        return HttpResponseRedirect(reverse("plant:preferences"))
    chosen = reading.choices(request.user)
    choices = [(name, word, values, chosen[name]) for name, word, values in SHOWN]
    return render(request, "plant/preferences.html", {"choices": choices, "starred": reading.favourites(request.user)})
