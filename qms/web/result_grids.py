"""An inspection filled in as one table: typed, or pasted from a spreadsheet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.web.access import needs
from qms.commands import entering
from qms.queries import inspections as reading
from qms.queries import result_grid
from qms.web.gauge_choice import TableForm

CELL, GAUGE = "item_", "gauge_"


@needs("inspection.record")
def grid(request: HttpRequest, number: str) -> HttpResponse:
    """All samples and characteristics at once; what is refused stays as it was typed."""
    task, at = reading.by_number(number), timezone.now()
    refusal: Refusal | None = None
    if request.method == "POST":
        sent = request.POST.dict()
        try:
            taken = entering.enter(
                inspection=task, values=named(sent, CELL), gauges=named(sent, GAUGE), by=request.user, at=at,
                reason=sent.get("reason", ""),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(count)s values are recorded.") % {"count": taken.recorded})
            return redirect("qms:inspection-detail", task.number)
    asked = request.GET.get("from", "1")
    states = reading.items(task)
    found = result_grid.of(
        states, request.user, at, typed=request.POST.dict() if refusal else {},
        first=int(asked) if asked.isdecimal() and 0 < int(asked) < entering.MOST else 1,
    )
    is_open = task.status in reading.TO_DO
    why = "" if is_open else _("%(number)s takes no more results.") % {"number": task.number}
    fields = TableForm(grid=found, by=request.user)
    context = {"task": task, "grid": found, "fields": fields, "refusal": refusal, "why": why}
    return render(request, "qms/inspection/grid.html", context, status=409 if refusal else 200)


def named(sent: dict[str, str], start: str) -> dict[str, str]:
    """The fields of one beginning, without it."""
    return {name.removeprefix(start): value for name, value in sent.items() if name.startswith(start)}
