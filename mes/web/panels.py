"""What production shows on the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mes.queries import orders
from plant.web.access import needs


@needs("job.read")
def jobs(request: HttpRequest) -> HttpResponse:
    """The work orders on the lines with their progress."""
    found = orders.on_lines()[:8]
    progress = orders.progress_of_jobs(found)
    context = {"rows": [(job, progress[job.pk]) for job in found], "now": timezone.now()}
    return render(request, "mes/panels/jobs.html", context)
