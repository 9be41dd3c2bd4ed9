"""The health page of administrators, and its moving part."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.console import health
from plant.queries import health as ground
from plant.web.access import needs

EVERY = 5  # seconds between two looks
ground.register_checks()

@needs("health.read")
def page(request: HttpRequest) -> HttpResponse:
    """Everything that is checked, in the console's frame."""
    context = {**admin.site.each_context(request), "title": _("Health"), "every": EVERY, **_found()}
    return render(request, "admin/console/health.html", context)


@needs("health.read")
def moving(request: HttpRequest) -> HttpResponse:
    """The part that is fetched again and again."""
    return render(request, "admin/console/health_cards.html", _found())


def _found() -> dict[str, object]:
    at = timezone.now()
    found = health.everything(at)
    return {"checks": found, "worst": health.worst(found), "at": at}
