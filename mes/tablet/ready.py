"""Inspections kept ready on the tablet: pages that it stores while there is network and opens when there is none.

A copy holds no name and no token, and opens only for the person for whom it was made; what is entered in it waits in
the queue of the scans.
"""

import hashlib

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mes.tablet import app
from mes.tablet.access import signed_on
from mes.tablet.inspecting import table, task_or_404
from plant.models import Equipment, Person
from plant.web.context_processors import look
from qms.models import Inspection
from qms.queries import inspections as reading

MOST = 20  # copies on a tablet
MARK = "Zz-Mark"


@require_safe
@signed_on("inspection.record", touches=False)
def contents(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Which pages to keep, where each copy comes from, and a mark that changes whenever the copy would."""
    found = marks(reading.to_do_near(station, request.user)[:MOST], request.user)
    pages = [{
        "url": reverse("station:inspections", args=[station.code]), "mark": whole(found),
        "copy": reverse("station:ready-inspections", args=[station.code]),
    }]
    pages += [
        {
            "url": reverse("station:inspection", args=[station.code, number]), "mark": mark,
            "copy": reverse("station:ready-inspection", args=[station.code, number]),
        }
        for number, mark in found.items()
    ]
    return JsonResponse({"pages": pages})


def marks(tasks: list[Inspection], person: Person) -> dict[str, str]:
    """The state of each inspection for a person today, as one word."""
    rows = Inspection.objects.filter(pk__in=[task.pk for task in tasks])
    newest = {
        number: (status, result, count) for number, status, result, count in rows.annotate(
            result=Max("items__results__pk"), count=Max("items__counts__pk"),
        ).values_list("number", "status", "result", "count")
    }
    ground = (app.version(), get_language(), person.number, timezone.localdate())
    return {task.number: digest(ground, task.number, newest.get(task.number)) for task in tasks}


def whole(found: dict[str, str]) -> str:
    """The state of the list."""
    return digest(app.version(), *found.values())


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@require_safe
@signed_on("inspection.record", touches=False)
def listed(request: HttpRequest, station: Equipment) -> HttpResponse:
    """The copy of the list."""
    tasks = reading.to_do_near(station, request.user)[:MOST]
    shown = {"tasks": tasks, "now": timezone.now()}
    return copy(request, station, "mes/station/inspections.html", shown, whole(marks(tasks, request.user)))


@require_safe
@signed_on("inspection.record", touches=False)
def one(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """The copy of one inspection."""
    task = task_or_404(request, number)
    shown = table(task, request.user, timezone.now(), {})
    return copy(request, station, "mes/station/inspection.html", shown, marks([task], request.user)[task.number])


def copy(
    request: HttpRequest, station: Equipment, template: str, shown: dict[str, object], mark: str
) -> HttpResponse:
    """A page drawn without its request, so that neither a name nor a token gets into it."""
    known = {"station": station, "copy_for": request.user.number, "lock_after": int(app.idle_limit().total_seconds())}
    page = render_to_string(template, {"live_url": "", **look(request), **known, **shown})
    return HttpResponse(page, headers={MARK: mark, "Cache-Control": "no-store"})
