"""Violations on the screen: who must answer which, the points, the plan, and the answer."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from plant.errors import Refusal
from plant.queries import alarms, journal
from plant.web import alarm_acts
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.alarm_forms import CloseForm, DismissForm
from spc.commands import ocap, owners
from spc.commands import violations as commands
from spc.models import Violation, ViolationStatus
from spc.queries import chart_data, charts, violations
from spc.queries import ocap as plan
from spc.web import windows

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


ACTS = ("acknowledge", "close", "dismiss", "assign", "snooze", "tick")


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a violation, with the dialog whose act was refused open again."""
    violation, dialogs, now = violations.by_id(pk), Dialogs(request, refusal), timezone.now()
    [violation] = alarms.marked_late([violation], now)
    context = drawn(violation) | {
        "dialogs": dialogs, "why": alarm_acts.why_not(request, violation, "violation", ACTS),
        "is_open": violation.status == ViolationStatus.OPEN,
        "is_alive": violation.status in violations.ALIVE, "reaction": violations.reaction(violation),
        "steps": plan.lines(violation), "longest": now + owners.longest(request.user),
        "flagged": violations.flagged(violation), "timeline": journal.timeline(violation), "now": now,
        "forms": {name: dialogs.form(name, kind) for name, kind in alarm_acts.FORMS.items()},
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


answers = alarm_acts.Answers(owners.assign, owners.snooze, owners.wake, ocap.tick)
assign, snooze, wake, tick, leave_out = alarm_acts.shared(act, "violation", answers, plan.asked)
