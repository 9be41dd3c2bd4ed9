"""An andon call on the screen: who called for what, who is there, and what it was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.commands import andon as commands
from mes.models import Andon, AndonStatus
from mes.queries import andon
from plant import policies
from plant.errors import Refusal
from plant.queries import alarms, journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.alarm_forms import AssignForm, CloseForm


class HandOverForm(AssignForm):
    """Who shall come."""

    action = "andon.acknowledge"


FORMS = {"close": CloseForm, "assign": HandOverForm}


@needs("andon.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One call with its times."""
    dialogs, now = Dialogs(request, refusal), timezone.now()
    [call] = alarms.marked_late([andon.by_id(pk)], now)
    context = {
        "call": call, "dialogs": dialogs, "why": why_not(request, call), "timeline": journal.timeline(call),
        "orders": list(call.maintenance_orders.order_by("pk")),
        "is_open": call.status == AndonStatus.OPEN, "is_alive": call.status in andon.ALIVE, "now": now,
        "to_answer": andon.minutes(call.acknowledged_at and call.acknowledged_at - call.called_at),
        "to_settle": andon.minutes(call.closed_at and call.closed_at - call.called_at),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/andon/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, call: Andon) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    acts = {"acknowledge": "acknowledge", "close": "close", "assign": "assign", "cancel": "call"}
    why = {name: policies.why_not(request.user, f"andon.{action}") for name, action in acts.items()}
    why["work"] = policies.why_not(request.user, "maintenance.open")
    if call.status not in andon.ALIVE:
        return dict.fromkeys(why, _("The call is over."))
    if call.status == AndonStatus.OPEN:
        return why | {"close": why["close"] or _("Say first that somebody is there.")}
    there = _("Somebody is there already.")
    return why | {"acknowledge": there, "cancel": there}


act = Acts(find=andon.by_id, back="mes:andon-detail", page=detail, key="pk")


@act("andon.acknowledge", done=gettext_lazy("You look after this call now."))
def acknowledge(request: HttpRequest, call: Andon) -> None:
    """Say that one is there."""
    commands.acknowledge(andon=call, by=request.user, at=timezone.now())


@act("andon.close", done=gettext_lazy("The call is settled."))
def close(request: HttpRequest, call: Andon) -> None:
    """Settle it with its cause and what was done."""
    commands.close(andon=call, **closing(valid(CloseForm(request.POST))), by=request.user, at=timezone.now())


@act("andon.assign", done=gettext_lazy("The call is handed over; its new owner is told."))
def assign(request: HttpRequest, call: Andon) -> None:
    """Send somebody."""
    said = valid(HandOverForm(request.POST, by=request.user))
    commands.assign(andon=call, **said, by=request.user, at=timezone.now())


@act("andon.call", done=gettext_lazy("The call is taken back."))
def cancel(request: HttpRequest, call: Andon) -> None:
    """Take it back."""
    commands.cancel(andon=call, by=request.user, at=timezone.now())


def closing(said: dict[str, object]) -> dict[str, object]:
    """What the form of alarms says, in the words of the command."""
    return {"kind": said.get("cause"), "cause": said["assignable_cause"], "action_taken": said["action_taken"]}
