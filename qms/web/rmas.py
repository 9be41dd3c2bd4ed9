"""Returns of customers on the screen: received, analysed, decided, done; surveys; how products do in the field."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from qms.commands import complaints as complaint_commands
from qms.commands import rmas as commands
from qms.models import Rma, RmaStatus, Satisfaction
from qms.queries import complaints as reading
from qms.queries import field_figures
from qms.web.complaint_forms import (
    AnalyseForm,
    DecideForm,
    FinishForm,
    ReasonForm,
    ReceiveForm,
    SatisfactionForm,
)

FORMS = {
    "receive": ReceiveForm, "analyse": AnalyseForm, "decide": DecideForm, "finish": FinishForm, "cancel": ReasonForm,
}
NINETY_DAYS = timedelta(days=90)


@needs("rma.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One return."""
    one, dialogs = reading.rma(number), Dialogs(request, refusal)
    context = {
        "one": one, "dialogs": dialogs, "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
        "why": why_not(request, one), "process": process(one), "timeline": journal.timeline(one),
    }
    return render(request, "qms/rma/detail.html", context, status=dialogs.status)


def process(one: Rma) -> list[dict[str, Any]]:
    """The states as steps."""
    if one.status == RmaStatus.CANCELLED:
        return [{"label": one.get_status_display(), "tone": "failed", "current": True, "icon": "ban"}]
    states = [state for state in RmaStatus.choices if state[0] != RmaStatus.CANCELLED]
    here = [value for value, _label in states].index(one.status)
    return [
        {"label": label, "tone": "done" if at < here else "running" if at == here else "", "current": at == here,
         "icon": "circle-check" if at < here else ""}
        for at, (_value, label) in enumerate(states)
    ]


def why_not(request: HttpRequest, one: Rma) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    turns = {"receive": RmaStatus.OPEN, "cancel": RmaStatus.OPEN, "analyse": RmaStatus.RECEIVED,
             "decide": RmaStatus.ANALYSED, "finish": RmaStatus.DECIDED}
    actions = {"cancel": "rma.open"}
    found, later = {}, now("Not now: it is “%(state)s”.") % {"state": one.get_status_display()}
    for name, needed in turns.items():
        reason = "" if one.status == needed else later
        if name == "decide" and not reason and one.analysed_by_id == request.user.pk:
            reason = now("You analysed it yourself. Somebody else decides.")
        found[name] = policies.why_not(request.user, actions.get(name, f"rma.{name}")) or reason
    return found


act = Acts(find=reading.rma, back="qms:rma-detail", page=detail)


@act("rma.receive", done=_("It is in the store, held until quality has decided."))
def receive(request: HttpRequest, one: Rma) -> None:
    """It came back."""
    commands.receive(rma=one, **valid(ReceiveForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("rma.analyse", done=_("The analysis stands. Somebody else decides."))
def analyse(request: HttpRequest, one: Rma) -> None:
    """What was found."""
    commands.analyse(rma=one, **valid(AnalyseForm(request.POST)), by=request.user, at=timezone.now())


@act("rma.decide", done=_("Decided."))
def decide(request: HttpRequest, one: Rma) -> None:
    """What becomes of it."""
    commands.decide(rma=one, **valid(DecideForm(request.POST)), by=request.user, at=timezone.now())


@act("rma.finish", done=_("Done; it stands in the dossier of the lot."))
def finish(request: HttpRequest, one: Rma) -> None:
    """What was done."""
    commands.finish(rma=one, **valid(FinishForm(request.POST)), by=request.user, at=timezone.now())


@act("rma.open", done=_("Called off."))
def cancel(request: HttpRequest, one: Rma) -> None:
    """Nothing comes back."""
    commands.cancel(rma=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@needs("survey.record")
def record(request: HttpRequest) -> HttpResponse:
    """What a customer said."""
    form = SatisfactionForm(request.POST or None, by=request.user)

    def recorded(data: dict[str, Any]) -> Satisfaction:
        return complaint_commands.record_satisfaction(**data, by=request.user, at=timezone.now())

    return enter(
        request, form, recorded, template="qms/survey/record.html", to="qms:survey-list", key="", done=now("Recorded."))


@needs("complaint.read")
def field(request: HttpRequest) -> HttpResponse:
    """How products do in the field, month by month."""
    at = timezone.now()
    days, rows = field_figures.products(request.user, at=at)
    found = field_figures.figures(request.user, since=at - NINETY_DAYS, at=at)
    return render(request, "qms/complaint/field.html", {"days": days, "rows": rows, "found": found})


@needs("complaint.read")
def panel(request: HttpRequest) -> HttpResponse:
    """The rates that management follows, on the home page."""
    at = timezone.now()
    found = field_figures.figures(request.user, since=at - NINETY_DAYS, at=at)
    return render(request, "qms/panels/partner_figures.html", {"found": found})
