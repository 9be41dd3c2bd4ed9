"""Deviations on the screen: the curve beside its window, the lots concerned, and the answer."""

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mes.commands import deviations as commands
from mes.models import Deviation, DeviationStatus, GoldenStep
from mes.queries import deviations
from plant.commands import answering
from plant.errors import Refusal
from plant.queries import alarms, journal, reaction_steps
from plant.web import alarm_acts
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.alarm_forms import CloseForm, DismissForm

ACTS = ("acknowledge", "close", "assign", "snooze", "tick")


@needs("deviation.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One deviation: what left its window, what to do, which lots, the answer."""
    dialogs, now = Dialogs(request, refusal), timezone.now()
    [deviation] = alarms.marked_late([deviations.by_id(pk)], now)
    is_open = deviation.status == DeviationStatus.OPEN
    context = {
        "deviation": deviation, "standard": deviation.standard, "headline": deviations.headline(deviation),
        "unit": deviation.standard.parameter.unit, "lots": deviations.marks(deviation), "is_open": is_open,
        "dialogs": dialogs, "why": alarm_acts.why_not(request, deviation, "deviation", ACTS),
        "timeline": journal.timeline(deviation),
        "now": now, "is_alive": deviation.status in deviations.ALIVE, "steps": deviations.steps(deviation),
        "longest": now + answering.longest(request.user),
        "forms": {name: dialogs.form(name, kind) for name, kind in alarm_acts.FORMS.items()},
    }
    return render(request, "mes/deviation/detail.html", context, status=dialogs.status)


@needs("deviation.read")
def data(request: HttpRequest, pk: int) -> JsonResponse:
    """The numbers behind the curve."""
    return JsonResponse(deviations.curve(deviations.by_id(pk)))


act = Acts(find=deviations.by_id, back="mes:deviation-detail", page=detail, key="pk")


@act("deviation.acknowledge", done=gettext_lazy("You look after this deviation now."))
def acknowledge(request: HttpRequest, deviation: Deviation) -> None:
    """Take a deviation on."""
    commands.acknowledge(deviation=deviation, by=request.user, at=timezone.now())


@act("deviation.close", done=gettext_lazy("The deviation is closed."))
def close(request: HttpRequest, deviation: Deviation) -> None:
    """Close a deviation with its cause and what was done."""
    said = valid(CloseForm(request.POST))
    said |= {"kind": said.pop("cause", None), "cause": said.pop("assignable_cause")}
    commands.close(deviation=deviation, **said, by=request.user, at=timezone.now())


@act("deviation.close", done=gettext_lazy("Counted as a false alarm."))
def dismiss(request: HttpRequest, deviation: Deviation) -> None:
    """Say that it was a false alarm."""
    said = valid(DismissForm(request.POST))
    said["kind"] = said.pop("cause", None)
    commands.dismiss(deviation=deviation, **said, by=request.user, at=timezone.now())


answers = alarm_acts.Answers(commands.assign, commands.snooze, commands.wake, commands.tick)
assign, snooze, wake, tick, leave_out = alarm_acts.shared(
    act, "deviation", answers, partial(reaction_steps.asked, GoldenStep)
)
