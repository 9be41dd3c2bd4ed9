"""What process control shows on the home page, and the Pareto of its rules."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import panels
from plant.models import Role
from plant.web.access import needs
from qms import desk_panels
from spc.queries import charts, violations

MONTH = timedelta(days=30)


@needs("violation.read")
def alarms(request: HttpRequest) -> HttpResponse:
    """The alarms that are open now."""
    rows = violations.alive(request.user, 6)
    return render(request, "spc/panel/alarms.html", {"rows": rows, "now": timezone.now()})


@needs("chart.read")
def worst(request: HttpRequest) -> HttpResponse:
    """The charts that need somebody most."""
    return render(request, "spc/panel/worst.html", {"rows": charts.worst(request.user, timezone.now())})


@needs("violation.read")
def pareto(request: HttpRequest) -> JsonResponse:
    """Which rules opened violations in the last month."""
    bars = charts.pareto(request.user, timezone.now() - MONTH)
    return JsonResponse({"title": _("Violations by rule"), "unit": _("violations"), "points": [], "bars": bars})


QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
ALARMS = panels.Panel(
    gettext_lazy("Open alarms"), "spc:panel-alarms", "violation.read", "bell-ringing", order=7,
    roles=QUALITY | {Role.TEAM_LEADER, Role.INSPECTOR, Role.MAINTENANCE},
)
panels.register(ALARMS)
desk_panels.register(ALARMS)
panels.register(panels.Panel(
    gettext_lazy("Worst charts"), "spc:panel-worst", "chart.read", "chart-dots", order=40, roles=QUALITY | {Role.VIEWER}
))
