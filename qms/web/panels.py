"""What quality shows on the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import panels, scoping
from plant.models import Role
from plant.web.access import needs
from qms.queries import capas, inspections, nonconformances, workload

SHOWN = 6


@needs("nonconformance.read")
def open_cases(request: HttpRequest) -> HttpResponse:
    """The newest open nonconformances."""
    rows = scoping.visible(nonconformances.listing(statuses=nonconformances.OPEN), request.user)
    rows = rows.order_by("-opened_at")
    return render(request, "qms/panels/open_cases.html", {"cases": rows[:SHOWN], "now": timezone.now()})


@needs("inspection.read")
def to_inspect(request: HttpRequest) -> HttpResponse:
    """The most pressing inspections."""
    rows = scoping.visible(inspections.listing(statuses=inspections.TO_DO), request.user).order_by("due_at")
    return render(request, "qms/panels/to_inspect.html", {"tasks": rows[:SHOWN], "now": timezone.now()})


@needs("capa.read")
def open_capas(request: HttpRequest) -> HttpResponse:
    """The CAPAs that are not closed, the most overdue first."""
    rows = scoping.visible(capas.listing().filter(status__in=workload.OPEN_CAPAS), request.user).order_by("due_at")
    return render(request, "qms/panels/open_capas.html", {"capas": rows[:SHOWN], "now": timezone.now()})


@needs("nonconformance.read")
def figures(request: HttpRequest) -> HttpResponse:
    """Open nonconformances, overdue CAPAs and inspections in numbers."""
    found = workload.figures(request.user, at=timezone.now())
    inspects = bool(request.user.roles & {Role.INSPECTOR, Role.QUALITY_ENGINEER})
    return render(request, "qms/panels/figures.html", {"found": found, "inspects": inspects})


QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
panels.register(panels.Panel(
    _("Quality"), "qms:panel-figures", "nonconformance.read", "gauge", order=3, roles=QUALITY | {Role.INSPECTOR},
    is_figures=True,
))
panels.register(panels.Panel(
    _("Open nonconformances"), "qms:panel-open", "nonconformance.read", "alert-triangle", order=20,
    roles=QUALITY | {Role.INSPECTOR, Role.TEAM_LEADER, Role.VIEWER},
))
panels.register(panels.Panel(
    _("To inspect"), "qms:panel-inspections", "inspection.record", "ruler-measure", order=5,
    roles=frozenset({Role.INSPECTOR, Role.QUALITY_ENGINEER}),
))
panels.register(panels.Panel(_("Open CAPA"), "qms:panel-capas", "capa.read", "tools", order=25, roles=QUALITY))
