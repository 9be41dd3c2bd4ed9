"""What alarms of every kind share on the screen: their forms, why an act is not possible, and handing over, putting off
and going through the steps."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.web.acting import Acts, View, valid
from plant.web.alarm_forms import AssignForm, CloseForm, DismissForm, SnoozeForm, StepForm, StepLeftOutForm

FORMS = {
    "close": CloseForm, "dismiss": DismissForm, "assign": AssignForm, "snooze": SnoozeForm, "tick": StepForm,
    "leave_out": StepLeftOutForm,
}
STILL_OPEN = "OPEN"


class Answers(NamedTuple):
    """The commands of one kind of alarm, each asked with the alarm by its noun."""

    assign: Callable[..., Any]
    snooze: Callable[..., Any]
    wake: Callable[..., Any]
    tick: Callable[..., Any]


class Views(NamedTuple):
    """The acts as views."""

    assign: View
    snooze: View
    wake: View
    tick: View
    leave_out: View


def why_not(request: HttpRequest, alarm: Any, noun: str, acts: tuple[str, ...]) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    why = {name: policies.why_not(request.user, f"{noun}.{name}") for name in acts}
    if alarm.closed_at is not None:
        return dict.fromkeys(why, _("It is answered already."))
    if alarm.status == STILL_OPEN:
        first = {"close", "dismiss", "tick"} & why.keys()
        return why | {name: why[name] or _("Acknowledge it first.") for name in first}
    looked_after = _("Somebody looks after it already.")
    return why | {"acknowledge": looked_after, "snooze": why["snooze"] or looked_after}


def shared(act: Acts, noun: str, answers: Answers, step: Callable[[str], Any]) -> Views:
    """The views of one kind of alarm; `noun` names its actions and what its commands call it, `step` finds a step."""

    def run(command: Callable[..., Any], request: HttpRequest, alarm: Any, **said: Any) -> None:
        command(**{noun: alarm}, **said, by=request.user, at=timezone.now())

    @act(f"{noun}.assign", done=gettext_lazy("The alarm is handed over; its new owner is told."))
    def assign(request: HttpRequest, alarm: Any) -> None:
        run(answers.assign, request, alarm, **valid(AssignForm(request.POST, by=request.user)))

    @act(f"{noun}.snooze", done=gettext_lazy("The alarm rests until then."))
    def snooze(request: HttpRequest, alarm: Any) -> None:
        run(answers.snooze, request, alarm, **valid(SnoozeForm(request.POST)))

    @act(f"{noun}.snooze", done=gettext_lazy("The alarm asks again."))
    def wake(request: HttpRequest, alarm: Any) -> None:
        run(answers.wake, request, alarm)

    @act(f"{noun}.tick", done=gettext_lazy("The step is done."))
    def tick(request: HttpRequest, alarm: Any) -> None:
        said = valid(StepForm(request.POST))
        run(answers.tick, request, alarm, step=step(request.POST.get("step", "")), **said)

    @act(f"{noun}.tick", done=gettext_lazy("The step is left out."))
    def leave_out(request: HttpRequest, alarm: Any) -> None:
        said = valid(StepLeftOutForm(request.POST))
        run(answers.tick, request, alarm, step=step(request.POST.get("step", "")), **said, is_done=False)

    return Views(assign, snooze, wake, tick, leave_out)
