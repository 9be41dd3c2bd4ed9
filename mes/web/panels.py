"""What production shows on the home page."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.queries import floor, orders, planning, stations
from plant import panels
from plant.models import Role
from plant.web.access import needs

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@needs("job.read")
def jobs(request: HttpRequest) -> HttpResponse:
    """The work orders on the lines with their progress."""
    found = orders.on_lines(request.user, most=8)
    progress = orders.progress_of_jobs(found)
    context = {"rows": [(job, progress[job.pk]) for job in found], "now": timezone.now()}
    return render(request, "mes/panels/jobs.html", context)


@needs("job.read")
def order_figures(request: HttpRequest) -> HttpResponse:
    """How many work orders are late, due, waiting, on the lines."""
    found = planning.figures(request.user, at=timezone.now())
    return render(request, "mes/panels/order_figures.html", {"found": found})


@needs("job.read")
def output_figures(request: HttpRequest) -> HttpResponse:
    """How good and how punctual production was."""
    now = timezone.now()
    context = {
        "week": floor.quality(request.user, since=now - WEEK, at=now),
        "month": floor.quality(request.user, since=now - MONTH, at=now),
    }
    return render(request, "mes/panels/output_figures.html", context)


@needs("job.read")
def late(request: HttpRequest) -> HttpResponse:
    """The work orders that are past their due time."""
    return render(request, "mes/panels/late.html", {"rows": planning.late(request.user, at=timezone.now())})


@needs("job.read")
def load(request: HttpRequest) -> HttpResponse:
    """The work before each line, and whether it will be through in time."""
    now = timezone.now()
    rows = [(row, row.ends_at(now)) for row in planning.load(floor.lines_of(request.user))]
    most = max((row.hours for row, _ends_at in rows), default=0)
    return render(request, "mes/panels/load.html", {"rows": rows, "most": most})


@needs("job.read")
def shortages(request: HttpRequest) -> HttpResponse:
    """The materials that open work orders lack."""
    rows = planning.shortages(planning.sites_of(request.user), at=timezone.now())
    return render(request, "mes/panels/shortages.html", {"rows": rows})


@needs("job.read")
def lines(request: HttpRequest) -> HttpResponse:
    """Every line with the state of its stations."""
    found = floor.by_line(floor.stations(floor.lines_of(request.user)))
    return render(request, "mes/panels/lines.html", {"lines": found})


@needs("job.read")
def people(request: HttpRequest) -> HttpResponse:
    """Who works at which station."""
    found = [row for row in floor.stations(floor.lines_of(request.user)) if row.person]
    return render(request, "mes/panels/people.html", {"rows": found})


@needs("station.use")
def mine(request: HttpRequest) -> HttpResponse:
    """The station at which somebody is signed on, with its work order."""
    sessions = floor.sessions_of(request.user)
    progress = orders.progress_of_jobs([session.job_order for session in sessions if session.job_order])
    rows = [(session, progress.get(session.job_order_id or 0)) for session in sessions]
    return render(request, "mes/panels/mine.html", {"rows": rows})


@needs("station.use")
def queue(request: HttpRequest) -> HttpResponse:
    """What comes next: the lots that wait at one's station, and the work orders before the lines."""
    sessions = floor.sessions_of(request.user)
    waiting = stations.panel(sessions[0].station).queue if sessions else []
    context = {"waiting": waiting, "jobs": floor.next_jobs(request.user), "now": timezone.now()}
    return render(request, "mes/panels/queue.html", context)


def add(title: Any, name: str, icon: str, order: int, *roles: str, **more: Any) -> None:
    """Register one of this room's panels; those of a station ask for the right to use one."""
    action = more.pop("action", "job.read")
    panels.register(panels.Panel(title, f"mes:panel-{name}", action, icon, "news", order, frozenset(roles), **more))


PLANNER, LEADER, OPERATOR = Role.PLANNER, Role.TEAM_LEADER, Role.OPERATOR
BOSSES = (Role.QUALITY_MANAGER, Role.VIEWER)
add(_("Work orders"), "order-figures", "list-check", 1, PLANNER, LEADER, is_figures=True)
add(_("Output"), "output-figures", "gauge", 2, *BOSSES, is_figures=True)
add(_("Automatic capture"), "capture-figures", "plug-connected", 3, *BOSSES, action="reading.read", is_figures=True)
add(_("My station"), "mine", "device-tablet", 3, OPERATOR, action="station.use")
add(_("What comes next"), "queue", "stack-2", 4, OPERATOR, action="station.use")
add(_("Late work orders"), "late", "clock-exclamation", 10, PLANNER, *BOSSES)
add(_("Lines now"), "lines", "building-factory-2", 10, LEADER, Role.MAINTENANCE, *BOSSES)
add(_("Missing material"), "shortages", "package-off", 11, PLANNER, Role.WAREHOUSE)
add(_("Load of the lines"), "load", "gauge", 12, PLANNER, LEADER)
add(_("People at the stations"), "people", "users", 13, LEADER)
add(_("Work orders on the lines"), "jobs", "list-check", 20, PLANNER, LEADER, Role.QUALITY_ENGINEER)
