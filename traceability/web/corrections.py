"""Changes of trace data on the screen: what may be changed about a lot, a proposal, the list, and the decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists.description import Column, Listing, Nothing
from plant.lists.filters import Multi
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from traceability.commands import corrections as commands
from traceability.models import Correction, CorrectionKind, CorrectionStatus
from traceability.queries import corrections as reading
from traceability.queries import lots
from traceability.web.correction_forms import FORMS, WhyForm, proposed

DIALOGS = ("refuse", "withdraw")


def url(row: Correction) -> str:
    return reverse("traceability:correction-detail", args=[row.number])


CORRECTIONS = Listing(
    key="corrections", title=_("Changes of trace data"), url="traceability:correction-list", action="correction.read",
    subtitle=_("Proposed with a reason, approved by somebody else; what it replaces stays readable."),
    rows=lambda viewer: reading.every(), search=("number", "lot__number", "old", "new", "reason"),
    placeholder=_("Number, lot, old or new value"), order="-asked", href=url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=url, icon="pencil-question"), sort=("number",)),
        Column(key="lot", label=_("Lot"), value="lot", sort=("lot__number",)),
        Column(key="kind", label=_("What"), value="get_kind_display", sort=("kind",)),
        Column(key="old", label=_("As it is recorded"), value="old"),
        Column(key="new", label=_("As it was"), value="new"),
        Column(key="status", label=_("State"), value="status", look=State(), sort=("status",)),
        Column(key="asked_by", label=_("Proposed by"), value="asked_by", look=Who(), sort=("asked_by__name",)),
        Column(key="asked", label=_("Proposed"), value="asked_at", look=Moment(), sort=("asked_at",)),
        Column(key="decided_by", label=_("Decided by"), value="decided_by", look=Who(), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=CorrectionStatus.choices),
        Multi(key="kind", label=_("What"), options=CorrectionKind.choices),
    ),
    nothing=Nothing(
        title=_("Nothing was changed"), icon="pencil-question",
        text=_("Open a lot whose record is wrong and press “Propose a change”."),
    ),
)


@needs("correction.read")
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """What is recorded of a lot and may be changed, and what was changed already."""
    lot = lots.by_number(number)
    context = {
        "lot": lot, "facts": reading.facts(lot), "corrections": reading.of_lots([lot.pk]),
        "why_not": policies.why_not(request.user, "correction.propose"),
    }
    return render(request, "traceability/correction/facts.html", context)


@needs("correction.propose")
def propose(request: HttpRequest, number: str, kind: str, key: int) -> HttpResponse:
    """Say what one of them was in truth, and how one knows."""
    lot = lots.by_number(number)
    fact = reading.fact(lot, kind, key)  # also refuses a kind that there is not
    form = FORMS[CorrectionKind(kind)](request.POST or None, by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        said = {"new": proposed(form.cleaned_data), "reason": form.cleaned_data["reason"]}
        try:
            made = commands.propose(lot=lot, kind=kind, key=key, **said, by=request.user, at=timezone.now())
            return redirect("traceability:correction-detail", made.number)
        except Refusal as error:
            refusal = error
    context = {"lot": lot, "fact": fact, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "traceability/correction/propose.html", context, status=status)


@needs("correction.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """A proposal: old and new, why, and what may be done."""
    found, dialogs = reading.by_number(number), Dialogs(request, refusal)
    context = {
        "one": found, "dialogs": dialogs, "why": why_not(request, found), "steps": steps(found),
        "seen_hash": signatures.content_hash(reading.seen(found)), "meaning": Meaning.APPROVED,
        "forms": {name: dialogs.form(name, WhyForm) for name in DIALOGS}, "timeline": journal.timeline(found),
        "booked_from": scoping.within([found.other_lot], request.user) if found.other_lot else [],
    }
    return render(request, "traceability/correction/detail.html", context, status=dialogs.status)


def steps(found: Correction) -> list[dict[str, Any]]:
    """Where it stands in its way."""
    ended = found.status if found.status != CorrectionStatus.PROPOSED else CorrectionStatus.APPROVED
    tones = {CorrectionStatus.APPROVED: "done", CorrectionStatus.REFUSED: "failed"}
    is_open = found.status == CorrectionStatus.PROPOSED
    return [
        {"label": CorrectionStatus.PROPOSED.label, "tone": "done", "at": found.asked_at, "current": is_open},
        {"label": CorrectionStatus(ended).label, "tone": "waiting" if is_open else tones.get(ended, "unknown"),
         "at": found.decided_at, "current": not is_open},
    ]


def why_not(request: HttpRequest, found: Correction) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    over = "" if found.status == CorrectionStatus.PROPOSED else now("This is decided.")
    is_own = found.asked_by_id == request.user.pk
    own = now("You proposed it yourself. Somebody else must decide.") if is_own else ""
    may = policies.why_not(request.user, "correction.approve")
    return {
        "approve": over or may or own, "refuse": over or may or own,
        "withdraw": over or ("" if is_own else now("Only who proposed it can withdraw it.")),
    }


act = Acts(find=reading.by_number, back="traceability:correction-detail", page=detail)


@act("correction.approve", done=_("Approved. The record says what it was in truth; the original stays beside it."))
def approve(request: HttpRequest, found: Correction) -> None:
    """Let it be so, signed."""
    commands.approve(correction=found, **signed(request), by=request.user, at=timezone.now())


@act("correction.approve", done=_("Refused. Everything stays as it is recorded."))
def refuse(request: HttpRequest, found: Correction) -> None:
    """Say no."""
    reason = valid(WhyForm(request.POST, by=request.user))["reason"]
    commands.refuse(correction=found, reason=reason, by=request.user, at=timezone.now())


@act("correction.propose", done=_("Withdrawn. Everything stays as it is recorded."))
def withdraw(request: HttpRequest, found: Correction) -> None:
    """Take it back."""
    reason = valid(WhyForm(request.POST, by=request.user))["reason"]
    commands.withdraw(correction=found, reason=reason, by=request.user, at=timezone.now())
