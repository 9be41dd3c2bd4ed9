"""Inspections at the tablet: what is to be inspected here, and one of them as a table that is kept without network."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person, ReasonCode, ReasonUse
from qms.commands import entering
from qms.models import Inspection
from qms.queries import inspections as reading
from qms.queries import result_grid
from qms.web.gauge_choice import TableForm

CELL, GAUGE = "item_", "gauge_"


@signed_on("inspection.record")
def listed(request: HttpRequest, station: Equipment) -> HttpResponse:
    """What is to be inspected: at this station first, then on the site, the most pressing first."""
    rows = reading.to_do_near(station, request.user)
    return render(request, "mes/station/inspections.html", {**context(station), "tasks": rows, "now": timezone.now()})


def task_or_404(request: HttpRequest, number: str) -> Inspection:
    task = scoping.visible(Inspection.objects.filter(number=number), request.user).first()
    if task is None:
        raise Http404
    return reading.by_number(number)


@signed_on("inspection.record")
def show(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """One of them. The page sends its values as an act of the tablet; without scripts it sends the form."""
    task, at = task_or_404(request, number), timezone.now()
    refusal: Refusal | None = None
    sent = request.POST.dict()
    if request.method == "POST":
        try:
            entering.enter(
                inspection=task, values=named(sent, CELL), gauges=named(sent, GAUGE), reason=sent.get("reason", ""),
                by=request.user, at=at,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(number)s: the values are kept.") % {"number": task.number})
            return redirect("station:inspections", station.code)
    shown = {**context(station), **table(task, request.user, at, sent if refusal else {}), "refusal": refusal}
    return render(request, "mes/station/inspection.html", shown, status=409 if refusal else 200)


def table(task: Inspection, person: Person, at: datetime, typed: dict[str, str]) -> dict[str, Any]:
    """An inspection as its page shows it."""
    grid = result_grid.of(reading.items(task), person, at, typed=typed)
    defects = ReasonCode.objects.filter(use=ReasonUse.DEFECT, active=True, children__isnull=True).order_by("code")
    return {
        "task": task, "grid": grid, "fields": TableForm(grid=grid, by=person), "defects": defects,
        "is_open": task.status in reading.TO_DO,
    }


def named(sent: dict[str, str], start: str) -> dict[str, str]:
    """The fields of one beginning, without it."""
    return {name.removeprefix(start): value for name, value in sent.items() if name.startswith(start)}
