"""Spot checks on the screen and on paper: the draw with its proof, each walk drawn, and the answer to a finding."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import spot_findings as commands
from mes.models import SpotCheck, SpotFinding, SpotFindingStatus, SpotLot
from mes.queries import spot_checks as reading
from mes.queries import spot_walks
from mes.web.completeness_shell import place_at
from mes.web.spot_forms import AnswerForm, ConfirmForm, GiveForm, SendBackForm
from plant import policies, scoping
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid

FORMS = {"give": GiveForm, "answer": AnswerForm, "close": ConfirmForm, "send_back": SendBackForm}


@needs("spot-check.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: the lots, each walk with what it missed, and whether the draw can be drawn again."""
    check = reading.check(pk)
    rows = reading.lots(check)
    shown = next((row for row in rows if str(row.position) == request.GET.get("lot", "1")), rows[0] if rows else None)
    context = {
        "check": check, "rows": rows, "shown": shown, "met": reading.met(shown, request.user) if shown else (),
        "sums": reading.sums(check), "proof": reading.proof(check), "timeline": journal.timeline(check),
        "findings": scoping.visible(reading.findings().filter(spot_check=check), request.user), "now": timezone.now(),
    }
    return render(request, "mes/spot/check.html", context)


@needs("spot-check.read")
def graph(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A walk as it was kept, for the graph."""
    row = SpotLot.objects.filter(spot_check=pk, position=position).first()
    if row is None:
        return JsonResponse({"nodes": [], "edges": [], "is_cut": False})
    drawn = spot_walks.drawn(row, request.user)
    for node in drawn["nodes"]:
        if node["kind"] == "elsewhere":
            node["label"] = now("Belongs elsewhere")
        else:
            node["url"] = reverse("traceability:lot-detail", args=[node["label"]])
    return JsonResponse(drawn)


@needs("spot-check.read")
def finding(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One finding: what is missing where, who answers until when, what was answered."""
    one, dialogs = reading.finding(pk), Dialogs(request, refusal)
    context = {
        "one": one, "dialogs": dialogs, "why": why_not(request, one), "timeline": journal.timeline(one),
        "is_missing": reading.is_missing(one, now=timezone.now()), "now": timezone.now(),
        "place": place_at(one.kind, one.lot.number, one.what), "steps": steps(one),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/spot/finding.html", context, status=dialogs.status)


def steps(one: SpotFinding) -> list[dict[str, object]]:
    """Where it stands in its way."""
    order = list(SpotFindingStatus)
    at = {"OPEN": one.spot_check.drawn_at, "ANSWERED": one.answered_at, "CLOSED": one.closed_at}
    here = order.index(SpotFindingStatus(one.status))
    tones = ["done" if n < here or one.status == "CLOSED" else "waiting" for n in range(len(order))]
    return [
        {"label": state.label, "tone": "warning" if n == here == 0 else tones[n], "at": at[state.value],
         "current": n == here}
        for n, state in enumerate(order)
    ]


def why_not(request: HttpRequest, one: SpotFinding) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    is_open = "" if one.status == SpotFindingStatus.OPEN else now("It is answered already.")
    answered = "" if one.status == SpotFindingStatus.ANSWERED else now("Nothing waits to be confirmed.")
    own = now("Nobody confirms what they answered themselves.") if one.answered_by_id == request.user.pk else ""
    may = {name: policies.why_not(request.user, f"spot-check.{name}") for name in ("assign", "answer", "close")}
    theirs = one.owner_id not in (None, request.user.pk) and bool(may["assign"])
    given = now("This was given to %(person)s.") % {"person": one.owner} if theirs else ""
    return {
        "give": may["assign"] or is_open, "answer": may["answer"] or is_open or given,
        "close": may["close"] or answered or own, "send_back": may["close"] or answered or own,
    }


act = Acts(find=reading.finding, back="mes:spot-finding-detail", page=finding, key="pk")


@act("spot-check.assign", done=_("It is given to them."))
def give(request: HttpRequest, one: SpotFinding) -> None:
    """Give it to somebody."""
    commands.give(finding=one, **valid(GiveForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("spot-check.answer", done=_("Answered; somebody else confirms it."))
def answer(request: HttpRequest, one: SpotFinding) -> None:
    """Say why it was missing, and what was done."""
    said = valid(AnswerForm(request.POST, by=request.user))
    commands.answer(finding=one, **said, by=request.user, at=timezone.now())


@act("spot-check.close", done=_("Confirmed."))
def close(request: HttpRequest, one: SpotFinding) -> None:
    """Confirm the answer."""
    said = valid(ConfirmForm(request.POST, by=request.user))
    commands.close(finding=one, **said, by=request.user, at=timezone.now())


@act("spot-check.close", done=_("Sent back."))
def send_back(request: HttpRequest, one: SpotFinding) -> None:
    """Not enough."""
    said = valid(SendBackForm(request.POST, by=request.user))
    commands.send_back(finding=one, **said, by=request.user, at=timezone.now())


def lot_url(row: SpotFinding) -> str:
    """The lot in whose record something is missing."""
    return reverse("traceability:lot-detail", args=[row.lot.number])


def check_of(row: SpotFinding) -> str:
    """The draw that found it."""
    found: SpotCheck = row.spot_check
    return reading.check_url(found)
