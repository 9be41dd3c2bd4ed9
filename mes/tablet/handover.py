"""The handover at the station: the last shift's note to acknowledge, and this shift's to write."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mes.commands import handovers as commands
from mes.queries import handovers
from mes.tablet.access import signed_on
from mes.tablet.work import context
from mes.web.handovers import NoteForm
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid


@signed_on()
def handover(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Read, acknowledge, write."""
    line, at, refusal = station.parent, timezone.now(), None
    if line is None:
        return redirect("station:work", station.code)
    last, mine = handovers.unread(line, at), handovers.of_shift(line, at)
    form = NoteForm(request.POST or None, initial={"text": mine.text if mine else ""}, by=request.user)
    if request.method == "POST":
        try:
            if "read" in request.POST and last is not None:
                commands.acknowledge(note=last, by=request.user, at=at)
            else:
                commands.write(line=line, **valid(form), by=request.user, at=at)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("The handover is kept."))
            return redirect("station:work", station.code)
    shown = {
        **context(station), "line": line, "last": last, "form": form, "refusal": refusal,
        "told": handovers.worded(last.facts) if last else [], "facts": handovers.worded(handovers.facts(line)),
    }
    return render(request, "mes/station/handover.html", shown, status=409 if refusal else 200)
