"""The queue of one station on the screen: its whole order, what a rule would make of it, and taking that over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mes.commands import queueing as commands
from mes.queries import dispatch_board, stations
from mes.queueing import RULES
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.access import needs


@needs("job.read")
def queue(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """A station's queue as it is, or as a rule proposes it."""
    now, station = timezone.now(), stations.found(code)
    rule = request.GET.get("rule", "")
    context: dict[str, Any] = {"station": station, "line": station.parent, "rule": rule if rule in RULES else ""}
    column = column_of(request, station)
    rows = dispatch_board.proposal(column, context["rule"], at=now) if column else []
    was_late = sum(one.card.is_late or one.card.is_past for one in rows)
    context |= {
        "column": column, "rows": rows, "rules": [(key, one.label) for key, one in RULES.items()],
        "order": ",".join(str(one.card.pk) for one in rows), "refusal": refusal,
        "seen": ",".join(str(one.card.pk) for one in sorted(rows, key=lambda one: one.was)),
        "late": sum(one.is_late for one in rows), "was_late": was_late,
        "was_words": _("now %(count)s") % {"count": was_late},
        "is_same": all(one.turn == one.was for one in rows),
        "why": policies.why_not(request.user, "job.dispatch"),
    }
    return render(request, "mes/dispatch/queue.html", context, status=409 if refusal else 200)


def column_of(request: HttpRequest, station: Equipment) -> Any:
    """The station as its line's board has it; nothing for one without a line."""
    if station.parent is None:
        return None
    board = dispatch_board.board(request.user, station.parent, per="shift", at=timezone.now())
    return next((one for one in board.columns if one.station.pk == station.pk), None)


@require_POST
@needs("job.dispatch")
def arrange(request: HttpRequest, code: str) -> HttpResponse:
    """Take a proposed order over, if the queue is still the one that it was made for."""
    order, seen = (keys(request.POST.get(name, "")) for name in ("order", "seen"))
    rule = request.POST.get("rule", "")
    try:
        commands.arrange(
            station=stations.found(code), order=order, seen=seen, rule=rule if rule in RULES else "", by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return queue(request, code, refusal)
    messages.success(request, _("%(station)s works in this order now.") % {"station": code})
    return redirect("mes:dispatch-queue", code)


def keys(text: str) -> list[int]:
    """Numbers with commas between them; anything else is none."""
    return [int(one) for one in text.split(",") if one.isdecimal() and len(one) < 18]
