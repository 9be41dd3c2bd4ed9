"""What material shows on the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plant import panels
from plant.models import Role
from plant.web.access import needs
from traceability.queries import standing


@needs("hold.read")
def figures(request: HttpRequest) -> HttpResponse:
    """How much stands still."""
    return render(request, "traceability/panels/figures.html", {"found": standing.of(request.user)})


panels.register(panels.Panel(
    _("Holds"), "traceability:panel-figures", "hold.read", "hand-stop", order=4, is_figures=True,
    roles=frozenset({
        Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER, Role.TEAM_LEADER, Role.WAREHOUSE, Role.PLANNER, Role.INSPECTOR,
        Role.VIEWER,
    }),
))
