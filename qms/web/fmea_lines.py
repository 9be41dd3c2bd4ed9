"""One failure chain on the screen: its ratings, its actions, where it leads and where it was taken from."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.models import ReviewStatus
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from qms.commands import fmea_actions as commands
from qms.models import FmeaAction, FmeaLine
from qms.queries import fmeas as reading
from qms.web.fmea_forms import ActionForm, FinishForm
from qms.web.fmea_sheet import priority
from qms.web.reviewing import ReasonForm

OPEN = reading.OPEN


def found(number: int) -> FmeaLine:
    """One chain by its id."""
    rows = FmeaLine.objects.select_related(
        "fmea__material", "fmea__family", "characteristic", "copied_from__fmea", "changed_by"
    )
    return get_object_or_404(rows, pk=number)


@needs("fmea.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One chain."""
    line, dialogs = found(number), Dialogs(request, refusal)
    actions = [_shown(request, one, dialogs) for one in reading.actions_of(line)]
    obsolete = _("The revision is obsolete.") if line.fmea.status == ReviewStatus.OBSOLETE else ""
    context: dict[str, Any] = {
        "line": line, "fmea": line.fmea, "dialogs": dialogs, "actions": actions, "priority": priority(line.priority),
        "why": policies.why_not(request.user, "fmea.edit") or obsolete, "form": dialogs.form("plan", ActionForm),
        "plan_lines": line_of_plans(line), "copies": line.copies.select_related("fmea"), "now": timezone.now(),
        "history": _history(line),
    }
    return render(request, "qms/fmea/line.html", context, status=dialogs.status)


def _shown(request: HttpRequest, action: FmeaAction, dialogs: Dialogs) -> dict[str, Any]:
    """An action with its priorities, and the forms by which it ends."""
    is_open = action.status in OPEN
    is_mine = policies.may(request.user, "fmea.act") and (
        action.owner_id == request.user.pk or policies.may(request.user, "fmea.edit")
    )
    is_this = f"/{action.pk}/" in request.path
    finish = partial(FinishForm.of, action, auto_id=f"finish-{action.pk}-%s")
    drop = partial(ReasonForm, auto_id=f"drop-{action.pk}-%s")
    return {
        "action": action, "before": priority(action.before), "after": priority(action.after) if action.after else "",
        "may_finish": is_open and is_mine, "may_drop": is_open and policies.may(request.user, "fmea.edit"),
        "finish": dialogs.form("finish" if is_this else "", finish),
        "drop": dialogs.form("drop" if is_this else "", drop), "is_this": is_this,
    }


def line_of_plans(line: FmeaLine) -> list[Any]:
    """The lines of control plans that watch this chain, in whichever revision they were drawn from it."""
    keyed = FmeaLine.objects.filter(key=line.key)
    rows = [one for same in keyed for one in same.plan_lines.select_related("plan", "characteristic")]
    return sorted(rows, key=lambda one: (one.plan.code, -one.plan.revision, one.operation))


def _history(line: FmeaLine) -> list[tuple[FmeaLine, Any]]:
    """The same chain in every revision, the newest first."""
    rows = FmeaLine.objects.filter(key=line.key).select_related("fmea").order_by("-fmea__revision")
    return [(one, priority(one.priority)) for one in rows]


act = Acts(find=found, back="qms:fmea-line", page=detail)


@act("fmea.edit", done=gettext_lazy("The action is planned; its owner finds it in the inbox."))
def plan(request: HttpRequest, line: FmeaLine) -> None:
    """Ask somebody to do something about it."""
    said = valid(ActionForm(request.POST, by=request.user))
    commands.plan(line=line, **said, by=request.user, at=timezone.now())


def _action(line: FmeaLine, pk: int) -> FmeaAction:
    return get_object_or_404(FmeaAction.objects.select_related("line"), pk=pk, line__key=line.key)


@act("fmea.act", done=gettext_lazy("The action is begun."))
def begin(request: HttpRequest, line: FmeaLine, pk: int) -> None:
    """Begin an action."""
    commands.begin(action=_action(line, pk), by=request.user, at=timezone.now())


@act("fmea.act", done=gettext_lazy("The action is done, and the chain is rated anew."))
def finish(request: HttpRequest, line: FmeaLine, pk: int) -> None:
    """End an action with the ratings from now on."""
    said = valid(FinishForm(request.POST, by=request.user))
    commands.finish(action=_action(line, pk), **said, by=request.user, at=timezone.now())


@act("fmea.edit", done=gettext_lazy("The action is not carried out."))
def drop(request: HttpRequest, line: FmeaLine, pk: int) -> None:
    """Give an action up, saying why."""
    said = valid(ReasonForm(request.POST, by=request.user))
    commands.drop(action=_action(line, pk), **said, by=request.user, at=timezone.now())
