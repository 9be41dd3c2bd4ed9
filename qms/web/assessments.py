"""A round of the questionnaire on the screen: points question by question, handed in, decided by somebody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, BadInput, Dialogs, signed, valid
from qms.commands import suppliers as commands
from qms.models import AssessmentStatus, SupplierAssessment
from qms.models.supplier import BEST
from qms.queries import suppliers
from qms.web.supplier_forms import DecideForm, ReasonForm


@needs("supplier.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One round with its questions."""
    one, dialogs = suppliers.assessment(number), Dialogs(request, refusal)
    forms = {"send_back": ReasonForm, "cancel": ReasonForm, "decide": DecideForm}
    context: dict[str, Any] = {
        "round": one, "dialogs": dialogs, "answers": suppliers.answers(one), "points": range(BEST + 1),
        "forms": {name: dialogs.form(name, kind) for name, kind in forms.items()}, "why": why_not(request, one),
        "low": {row.pk for row in suppliers.too_low(one)}, "timeline": journal.timeline(one),
        "meaning": Meaning.APPROVED, "seen_hash": signatures.content_hash(suppliers.seen(one)),
    }
    return render(request, "qms/supplier/assessment.html", context, status=dialogs.status)


def why_not(request: HttpRequest, one: SupplierAssessment) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    is_mine = one.assessor_id == request.user.pk
    is_open, is_scored = one.status == AssessmentStatus.OPEN, one.status == AssessmentStatus.SCORED
    answering = "" if is_open and is_mine else now("Its assessor answers it.") if is_open else now("It was handed in.")
    waits = "" if is_scored else now("It was not handed in.")
    by_state = {
        "answer": answering, "hand_in": answering, "send_back": waits,
        "decide": waits or (now("You assessed this supplier yourself. Somebody else decides.") if is_mine else ""),
        "cancel": "" if is_open or is_scored else now("It is over."),
    }
    actions = {"send_back": "supplier.decide", "decide": "supplier.decide"}
    return {
        name: policies.why_not(request.user, actions.get(name, "supplier.assess")) or reason
        for name, reason in by_state.items()
    }


act = Acts(find=suppliers.assessment, back="qms:assessment-detail", page=detail)


@act("supplier.assess", done=_("Saved."))
def answer(request: HttpRequest, one: SupplierAssessment) -> None:
    """Enter points."""
    points: dict[int, int | None] = {}
    for row in suppliers.answers(one):
        text = request.POST.get(f"points-{row.pk}", "")
        if text and not (text.isdecimal() and int(text) <= BEST):
            raise BadInput(now("Points go from 0 to %(best)s.") % {"best": BEST})
        points[row.pk] = int(text) if text else None
    remarks = {key: request.POST.get(f"remark-{key}", "").strip() for key in points}
    commands.answer(assessment=one, points=points, remarks=remarks, by=request.user, at=timezone.now())


@act("supplier.assess", done=_("Handed in. Somebody else decides now."))
def hand_in(request: HttpRequest, one: SupplierAssessment) -> None:
    """Hand it in."""
    commands.hand_in(assessment=one, by=request.user, at=timezone.now())


@act("supplier.decide", done=_("Its assessor looks at it again."))
def send_back(request: HttpRequest, one: SupplierAssessment) -> None:
    """Send it back."""
    commands.send_back(assessment=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("supplier.decide", done=_("Decided and signed."))
def decide(request: HttpRequest, one: SupplierAssessment) -> None:
    """Decide, signed."""
    said = valid(DecideForm(request.POST))
    commands.decide(assessment=one, **said, **signed(request), by=request.user, at=timezone.now())


@act("supplier.assess", done=_("Called off."))
def cancel(request: HttpRequest, one: SupplierAssessment) -> None:
    """Call it off."""
    commands.cancel(assessment=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())
