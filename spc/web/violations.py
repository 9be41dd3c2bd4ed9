"""Violations on the screen: who must answer which, the points, the plan, and the answer."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from spc.commands import violations as commands
from spc.models import Violation, ViolationStatus
from spc.queries import chart_data, charts, violations
from spc.web import windows
from spc.web.forms import CloseForm, DismissForm

AROUND = timedelta(minutes=3)


@needs("violation.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One violation: the chart around it, the plan's instruction, the flagged points, the answer."""
    return page(request, pk)


@needs("violation.read")
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart around a violation, as a part of another page."""
    return render(request, "spc/violation/chart.html", drawn(violations.by_id(pk)))


@needs("violation.read")
def nonconformance_chart(request: HttpRequest, number: str) -> HttpResponse:
    """The chart around the violation that opened a nonconformance, as a part of its page."""
    found = violations.of_nonconformance(number)
    if found is None:
        raise Http404
    return render(request, "spc/violation/chart.html", drawn(found))


def drawn(violation: Violation) -> dict[str, Any]:
    """What the fragment with the chart needs."""
    shown = windows.between((violation.last_good_at or violation.at) - AROUND, violation.last_at + AROUND)
    chart = violation.chart
    return {
        "violation": violations.worded([violation])[0], "chart": chart, "shown": shown,
        "title": chart_data.title(chart), "unit": chart.stream.parameter.unit.symbol,
    }


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a violation, with the dialog whose act was refused open again."""
    violation, dialogs = violations.by_id(pk), Dialogs(request, refusal)
    why = {name: policies.why_not(request.user, f"violation.{name}") for name in ("acknowledge", "close", "dismiss")}
    is_open, is_answered = violation.status == ViolationStatus.OPEN, violation.closed_at is not None
    if is_answered:
        why = dict.fromkeys(why, _("It is answered already."))
    elif is_open:
        why |= {name: why[name] or _("Acknowledge it first.") for name in ("close", "dismiss")}
    else:
        why["acknowledge"] = _("Somebody looks after it already.")
    context = drawn(violation) | {
        "dialogs": dialogs, "why": why, "is_open": is_open, "reaction": violations.reaction(violation),
        "flagged": violations.flagged(violation), "timeline": journal.timeline(violation), "now": timezone.now(),
        "forms": {"close": dialogs.form("close", CloseForm), "dismiss": dialogs.form("dismiss", DismissForm)},
        "facts": charts.rule_facts(violation.chart),
    }
    return render(request, "spc/violation/detail.html", context, status=dialogs.status)


act = Acts(find=violations.by_id, back="spc:violation-detail", page=page, key="pk")


@act("violation.acknowledge", done=gettext_lazy("You look after this violation now."))
def acknowledge(request: HttpRequest, violation: Violation) -> None:
    """Take a violation on."""
    commands.acknowledge(violation=violation, by=request.user, at=timezone.now())


@act("violation.close", done=gettext_lazy("The violation is closed."))
def close(request: HttpRequest, violation: Violation) -> None:
    """Close a violation with its cause and what was done."""
    commands.close(violation=violation, **valid(CloseForm(request.POST)), by=request.user, at=timezone.now())


@act("violation.dismiss", done=gettext_lazy("Counted as a false alarm."))
def dismiss(request: HttpRequest, violation: Violation) -> None:
    """Say that it was a false alarm."""
    commands.dismiss(violation=violation, **valid(DismissForm(request.POST)), by=request.user, at=timezone.now())
