"""What quality shows on the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plant.web.access import needs
from qms.queries import inspections, nonconformances

SHOWN = 6


@needs("nonconformance.read")
def open_cases(request: HttpRequest) -> HttpResponse:
    """The newest open nonconformances."""
    rows = nonconformances.listing(statuses=nonconformances.OPEN).order_by("-opened_at")
    return render(request, "qms/nonconformance/panel.html", {"cases": rows[:SHOWN], "now": timezone.now()})


@needs("inspection.read")
def to_inspect(request: HttpRequest) -> HttpResponse:
    """The most pressing inspections."""
    rows = inspections.listing(statuses=inspections.TO_DO).order_by("due_at")
    return render(request, "qms/inspection/panel.html", {"tasks": rows[:SHOWN], "now": timezone.now()})
