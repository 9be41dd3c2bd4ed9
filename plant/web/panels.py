"""What the ground shows on the home page: how the system itself is doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import panels
from plant.models import Role
from plant.queries import system
from plant.web.access import needs

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@needs("master.edit")
def figures(request: HttpRequest) -> HttpResponse:
    """The system in four numbers."""
    return render(request, "plant/panels/figures.html", {"found": system.now(at=timezone.now())})


@needs("master.edit")
def processes(request: HttpRequest) -> HttpResponse:
    """Each process and queue."""
    return render(request, "plant/panels/system.html", {"found": system.now(at=timezone.now())})


panels.register(panels.Panel(
    _("System"), "plant:panel-figures", "master.edit", "server", order=1, roles=ADMINISTRATORS, is_figures=True
))
panels.register(panels.Panel(_("System"), "plant:panel-system", "master.edit", "server", order=2, roles=ADMINISTRATORS))
