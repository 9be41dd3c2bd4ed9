"""Complaints on the screen: written down, with genealogy and shipments beside them, answered, closed."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, BadInput, Dialogs, enter, valid
from qms.commands import complaints as commands
from qms.commands import rmas as rma_commands
from qms.models import Complaint, ComplaintStatus
from qms.queries import complaints as reading
from qms.web.capa_forms import ReviseForm
from qms.web.complaint_forms import AcceptForm, AnswerForm, ComplaintForm, ReasonForm, RmaForm
from traceability.queries import scope, shipments
from traceability.web import left

FORMS = {
    "accept": AcceptForm, "decline": ReasonForm, "answer": AnswerForm, "reopen": ReasonForm, "close": ReasonForm,
}


@needs("complaint.report")
def report(request: HttpRequest) -> HttpResponse:
    """Write a complaint down."""
    form = ComplaintForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def told(said: dict[str, Any]) -> Complaint:
        return commands.report(**said, site=places.home(request.user), by=request.user, at=timezone.now())

    return enter(request, form, told, template="qms/complaint/report.html", to="qms:complaint-detail")


@needs("complaint.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One complaint: what, where it went, what else is in doubt, what came back, and the answer."""
    one, dialogs = reading.by_number(number), Dialogs(request, refusal)
    forms: dict[str, Any] = {name: dialogs.form(name, kind) for name, kind in FORMS.items()}
    said = {"lot": one.lot.number if one.lot else "", "quantity": one.quantity}
    forms["rma"] = dialogs.form("rma", RmaForm, initial=said)
    forms["revise"] = dialogs.form("revise", ReviseForm, material=one.material_id)
    lots = [one.lot] if one.lot else []
    context = {
        "one": one, "dialogs": dialogs, "forms": forms, "why": why_not(request, one), "process": process(one),
        "picks": list(shipments.of_lots(lots)[:20]) if lots else [],
        "rmas": one.rmas.select_related("lot").order_by("pk"),
        "gone": left.gone([lot.pk for lot in lots], request.user) if lots else [],
        "others": [other for other in reading.of_lots(lots) if other.pk != one.pk], "timeline": journal.timeline(one),
        "revised": reading.revised(one), "asks_why": scope.may_know(request.user),
        "bad": quote(" ".join(reading.faulty(one))) if lots else "",
        "is_late": one.status in reading.TO_ANSWER and one.due_at < timezone.now(),
    }
    return render(request, "qms/complaint/detail.html", context, status=dialogs.status)


def process(one: Complaint) -> list[dict[str, Any]]:
    """The states as steps; a declined one stands at its end."""
    if one.status == ComplaintStatus.DECLINED:
        return [{"label": one.get_status_display(), "tone": "failed", "current": True, "icon": "ban"}]
    states = [state for state in ComplaintStatus.choices if state[0] != ComplaintStatus.DECLINED]
    here = [value for value, _label in states].index(one.status)
    return [
        {"label": label, "tone": "done" if at < here else "running" if at == here else "", "current": at == here,
         "icon": "circle-check" if at < here else ""}
        for at, (_value, label) in enumerate(states)
    ]


def why_not(request: HttpRequest, one: Complaint) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    status, is_over = one.status, one.status in (ComplaintStatus.CLOSED, ComplaintStatus.DECLINED)
    over = now("This complaint is over.") if is_over else ""
    fresh = "" if status == ComplaintStatus.NEW else now("Somebody has taken it on already.")
    answered = "" if status == ComplaintStatus.ANSWERED else now("It is not answered yet.")
    own = now("You answered it yourself. Somebody else closes it.") if one.answered_by_id == request.user.pk else ""
    by_state = {
        "accept": fresh, "decline": fresh, "reopen": over or answered, "close": over or answered or own, "rma": over,
        "answer": "" if status == ComplaintStatus.ACCEPTED else over or now("Take it on first."),
        "revise": over if status == ComplaintStatus.DECLINED else "" if one.material
        else now("It names no material that we know."),
        "case": over or (now("A nonconformance is open for it.") if one.nonconformance else "")
        or ("" if one.lot else now("It names no lot that we know.")),
    }
    actions = {"answer": "complaint.answer", "close": "complaint.close", "rma": "rma.open"}
    return {
        name: policies.why_not(request.user, actions.get(name, "complaint.triage")) or reason
        for name, reason in by_state.items()
    }


act = Acts(find=reading.by_number, back="qms:complaint-detail", page=detail)


@act("complaint.triage", done=_("Taken on; its owner is told."))
def accept(request: HttpRequest, one: Complaint) -> None:
    """Take it on."""
    commands.accept(complaint=one, **valid(AcceptForm(request.POST, by=request.user)), by=request.user,
                    at=timezone.now())


@act("complaint.triage", done=_("Declined."))
def decline(request: HttpRequest, one: Complaint) -> None:
    """Decline it."""
    commands.decline(complaint=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("complaint.triage", done=_("A nonconformance is open; what we still have of it is held."))
def case(request: HttpRequest, one: Complaint) -> None:
    """Open a nonconformance."""
    commands.open_case(complaint=one, by=request.user, at=timezone.now())


@act("complaint.triage", done=_("A draft of the next revision is open."))
def revise(request: HttpRequest, one: Complaint) -> None:
    """Let what was learned be planned for."""
    said = valid(ReviseForm(request.POST, material=one.material_id))
    kind, _sep, key = said.pop("document").partition("|")
    commands.revise(complaint=one, kind=kind, key=key, **said, by=request.user, at=timezone.now())


@act("complaint.answer", done=_("The answer stands. Somebody else closes the complaint."))
def answer(request: HttpRequest, one: Complaint) -> None:
    """Answer the customer."""
    commands.answer(complaint=one, **valid(AnswerForm(request.POST, by=request.user)), by=request.user,
                    at=timezone.now())


@act("complaint.triage", done=_("Work goes on."))
def reopen(request: HttpRequest, one: Complaint) -> None:
    """The customer is not content."""
    commands.reopen(complaint=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("complaint.close", done=_("Closed."))
def close(request: HttpRequest, one: Complaint) -> None:
    """Close it."""
    commands.close(complaint=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("rma.open", done=_("The customer may send it back; it stands in the list of returns."))
def rma(request: HttpRequest, one: Complaint) -> None:
    """Let pieces come back."""
    said = valid(RmaForm(request.POST, by=request.user))
    lot = reading.meant(said.pop("lot"))
    if lot is None:
        raise BadInput(now("There is no lot or serial of this number. Check the label."), facts={"field": "lot"})
    rma_commands.open_rma(complaint=one, lot=lot, **said, by=request.user, at=timezone.now())
