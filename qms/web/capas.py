"""CAPAs on the screen: the list, one with its cause, actions and check, and the acts on it."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs
from qms.commands import capas
from qms.models import CapaAction, CapaStatus, CorrectiveAction
from qms.queries import capas as reading
from qms.queries import nonconformances
from qms.web.forms import ActionForm, CapaForm, CheckForm, ResultForm, RootCauseForm

BACK = "qms:capa-detail"


@needs("capa.open")
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Open a CAPA from a nonconformance."""
    case = nonconformances.by_number(number)
    at = timezone.now()
    initial = {
        "title": case.title, "problem": case.description or case.title, "owner": request.user.number,
        "due_at": timezone.localtime(at + timedelta(days=14)),
        "check_due_at": timezone.localtime(at + timedelta(days=60)),
    }
    form = CapaForm(request.POST or None, initial=initial, by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            capa = capas.open(nonconformance=case, **form.cleaned_data, by=request.user, at=at)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(number)s is open.") % {"number": capa.number})
            return redirect(BACK, capa.number)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "qms/capa/open.html", {"form": form, "case": case, "refusal": refusal}, status=status)


@needs("capa.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One CAPA: why, what is done, and whether it worked."""
    capa = reading.by_number(number)
    actions, dialogs = reading.actions(capa), Dialogs(request, refusal)
    for action in actions:
        is_this = request.path.endswith(f"/{action.pk}/done/")
        form = dialogs.form("done" if is_this else "", ResultForm, auto_id=f"done-{action.pk}-%s")
        action.form = form  # type: ignore[attr-defined]
    forms = {
        "root_cause": dialogs.form("root_cause", partial(RootCauseForm.of, capa)),
        "actions": dialogs.form("actions", ActionForm), "check": dialogs.form("check", CheckForm),
    }
    context = {
        "capa": capa, "actions": actions, "dialogs": dialogs, "forms": forms, "timeline": journal.timeline(capa),
        "now": timezone.now(), "why": _why_not(request, capa, actions), "meaning": Meaning.VERIFIED,
        "seen_hash": signatures.content_hash(reading.seen(capa)),
    }
    return render(request, "qms/capa/detail.html", context, status=dialogs.status)


def _why_not(request: HttpRequest, capa: CorrectiveAction, actions: list[CapaAction]) -> dict[str, str]:
    """For each act: why it is not possible now, or nothing when it is."""
    is_running = capa.status in (CapaStatus.OPEN, CapaStatus.ACTIONS)
    is_ready = capa.root_cause and actions and all(action.done_at for action in actions)
    by_state = {
        "edit": "" if is_running else _("It is no longer changed."),
        "do": "" if is_running else _("It is no longer changed."),
        "start": _("It has begun.") if not is_running else "" if is_ready
        else _("Write the root cause and finish every action first."),
        "check": _check_later(request, capa, actions),
        "close": "" if capa.status == CapaStatus.EFFECTIVENESS and capa.effective
        else _("Another person must find it effective first."),
    }
    names = {"edit": "capa.edit", "do": "capa.do", "start": "capa.edit", "check": "capa.check", "close": "capa.close"}
    return {name: policies.why_not(request.user, names[name]) or reason for name, reason in by_state.items()}


def _check_later(request: HttpRequest, capa: CorrectiveAction, actions: list[CapaAction]) -> str:
    """Why this person can't judge the effectiveness now."""
    involved = {capa.owner_id} | {pk for action in actions for pk in (action.owner_id, action.done_by_id)}
    if capa.status != CapaStatus.EFFECTIVENESS or capa.effective:
        return _("It is not waiting for a check.")
    if request.user.pk in involved:
        return _("You worked on it. Somebody else must check.")
    if timezone.now() < capa.check_due_at:
        return _("Its day has not come.")
    return ""
