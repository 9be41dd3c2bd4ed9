"""Boards: dispatching, and work in process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mes.models import JobOrder
from mes.queries import floor, orders, wip
from mes.web.forms import QuickDispatchForm, operators
from plant import policies, scoping
from plant.models import Equipment, Person
from plant.web.access import needs


@needs("job.read")
def dispatch(request: HttpRequest) -> HttpResponse:
    """What waits for a line, and what each line has before it."""
    waiting = orders.waiting_for_dispatch(request.user)
    there = orders.on_lines(request.user)
    progress = orders.progress_of_jobs([*waiting, *there])
    lines = floor.lines_of(request.user)
    people = list(scoping.visible(operators(), request.user))
    context = {
        "waiting": [(job, form_for(job, lines, people)) for job in waiting], "now": timezone.now(),
        "lines": [(line, [(job, progress[job.pk]) for job in there if job.line_id == line.pk]) for line in lines],
        "why_not_dispatch": policies.why_not(request.user, "job.dispatch"),
    }
    return render(request, "mes/dispatch/board.html", context)


def form_for(job: JobOrder, lines: list[Equipment], people: list[Person]) -> QuickDispatchForm:
    """The form of one work order on the board; ids of their own keep many forms apart."""
    return QuickDispatchForm(lines=lines, people=people, initial={"line": job.line_id}, auto_id=f"{job.number}-%s")


@needs("job.read")
def in_process(request: HttpRequest) -> HttpResponse:
    """What piles up where, and for how long."""
    line = request.GET.get("line", "")
    context = {
        "piles": wip.board(request.user, line=line), "line": line,
        "lines": [(one.code, one.code) for one in floor.lines_of(request.user)], "now": timezone.now(),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "mes/wip/piles.html" if part else "mes/wip/board.html", context)
