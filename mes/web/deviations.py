"""Deviations on the screen: the curve beside its window, the lots concerned, and the answer."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.commands import deviations as commands
from mes.models import Deviation, DeviationStatus, GoldenStep
from mes.queries import deviations
from plant import policies
from plant.commands import answering
from plant.errors import Refusal
from plant.queries import alarms, journal, reaction_steps
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.alarm_forms import AssignForm, CloseForm, DismissForm, SnoozeForm, StepForm, StepLeftOutForm

ACTS = ("acknowledge", "close", "assign", "snooze", "tick")
FORMS = {
    "close": CloseForm, "dismiss": DismissForm, "assign": AssignForm, "snooze": SnoozeForm, "tick": StepForm,
    "leave_out": StepLeftOutForm,
}


@needs("deviation.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One deviation: what left its window, what to do, which lots, the answer."""
    dialogs, now = Dialogs(request, refusal), timezone.now()
    [deviation] = alarms.marked_late([deviations.by_id(pk)], now)
    is_open = deviation.status == DeviationStatus.OPEN
    context = {
        "deviation": deviation, "standard": deviation.standard, "headline": deviations.headline(deviation),
        "unit": deviation.standard.parameter.unit, "lots": deviations.marks(deviation), "is_open": is_open,
        "dialogs": dialogs, "why": why_not(request, deviation), "timeline": journal.timeline(deviation),
        "now": now, "is_alive": deviation.status in deviations.ALIVE, "steps": deviations.steps(deviation),
        "longest": now + answering.longest(request.user),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/deviation/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, deviation: Deviation) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    why = {name: policies.why_not(request.user, f"deviation.{name}") for name in ACTS}
    if deviation.closed_at is not None:
        return dict.fromkeys(why, _("It is answered already."))
    if deviation.status == DeviationStatus.OPEN:
        return why | {name: why[name] or _("Acknowledge it first.") for name in ("close", "tick")}
    looked_after = _("Somebody looks after it already.")
    return why | {"acknowledge": looked_after, "snooze": why["snooze"] or looked_after}


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


@act("deviation.assign", done=gettext_lazy("The alarm is handed over; its new owner is told."))
def assign(request: HttpRequest, deviation: Deviation) -> None:
    """Give it to somebody."""
    said = valid(AssignForm(request.POST, by=request.user))
    commands.assign(deviation=deviation, **said, by=request.user, at=timezone.now())


@act("deviation.snooze", done=gettext_lazy("The alarm rests until then."))
def snooze(request: HttpRequest, deviation: Deviation) -> None:
    """Put it off."""
    commands.snooze(deviation=deviation, **valid(SnoozeForm(request.POST)), by=request.user, at=timezone.now())


@act("deviation.snooze", done=gettext_lazy("The alarm asks again."))
def wake(request: HttpRequest, deviation: Deviation) -> None:
    """Let it ask again."""
    commands.wake(deviation=deviation, by=request.user, at=timezone.now())


@act("deviation.tick", done=gettext_lazy("The step is done."))
def tick(request: HttpRequest, deviation: Deviation) -> None:
    """Say that the next step is done."""
    said, step = valid(StepForm(request.POST)), reaction_steps.asked(GoldenStep, request.POST.get("step", ""))
    commands.tick(deviation=deviation, step=step, **said, by=request.user, at=timezone.now())


@act("deviation.tick", done=gettext_lazy("The step is left out."))
def leave_out(request: HttpRequest, deviation: Deviation) -> None:
    """Say that the next step is left out, and why."""
    said, step = valid(StepLeftOutForm(request.POST)), reaction_steps.asked(GoldenStep, request.POST.get("step", ""))
    commands.tick(deviation=deviation, step=step, **said, is_done=False, by=request.user, at=timezone.now())
