"""Stops on the screen: what stands still and why, what puts it right, letting it go on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import rectifications
from mes.commands import stoppages as commands
from mes.models import RectificationStatus, Stoppage, StoppageStatus
from mes.queries import stoppages
from mes.web.stoppage_forms import AskForm, EvidenceForm, GiveForm, ReasonForm, StopForm, VerifyForm
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid

FORMS = {"resume": ReasonForm, "ask": AskForm}
CHOOSING = {"give": GiveForm, "finish": EvidenceForm, "verify": VerifyForm}


@needs("stoppage.stop")
def create(request: HttpRequest) -> HttpResponse:
    """Stop an operation of a work order, a station or a line."""
    form = StopForm(request.POST or None, initial=request.GET.dict(), by=request.user)

    def stopped(_data: dict[str, Any]) -> Stoppage:
        return commands.stop(**form.said, by=request.user, at=timezone.now())

    return enter(
        request, form, stopped, template="mes/stoppage/create.html", to="mes:stoppage-detail", key="pk",
        done=lambda made: now("%(what)s stands still.") % {"what": made.label},
    )


@needs("stoppage.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One stop: why, since when, what puts it right, who let it go on."""
    stoppage, dialogs = stoppages.by_id(pk), Dialogs(request, refusal)
    context = {
        "stoppage": stoppage, "rows": stoppages.rectifications(stoppage), "dialogs": dialogs, "now": timezone.now(),
        "timeline": journal.timeline(stoppage), "why": why_not(request, stoppage), "meaning": Meaning.RELEASED,
        "seen_hash": signatures.content_hash(stoppages.content(stoppage)),
        "forms": {
            **{name: dialogs.form(name, kind) for name, kind in FORMS.items()},
            **{name: dialogs.form(name, kind, stoppage=stoppage) for name, kind in CHOOSING.items()},
        },
    }
    return render(request, "mes/stoppage/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, stoppage: Stoppage) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    goes_on = "" if stoppage.status == StoppageStatus.STOPPED else now("It goes on already.")
    closed = now("This stop is closed.") if stoppage.status == StoppageStatus.CLOSED else ""
    states = set(stoppage.rectifications.values_list("status", flat=True))
    nothing = "" if RectificationStatus.OPEN in states else now("Nothing is left to be done.")
    unverified = "" if RectificationStatus.DONE in states else now("Nothing waits to be verified.")
    return {
        "resume": policies.why_not(request.user, "stoppage.resume") or goes_on,
        "ask": policies.why_not(request.user, "rectification.ask") or closed,
        "give": policies.why_not(request.user, "rectification.ask") or nothing,
        "finish": policies.why_not(request.user, "rectification.do") or nothing,
        "verify": policies.why_not(request.user, "rectification.verify") or unverified,
    }


act = Acts(find=stoppages.by_id, back="mes:stoppage-detail", page=detail, key="pk")


@act("stoppage.resume", done=_("It goes on."))
def resume(request: HttpRequest, stoppage: Stoppage) -> None:
    """Let it go on: with a reason, or with a signature where the stop takes one."""
    commands.resume(stoppage=stoppage, **signed(request), by=request.user, at=timezone.now())


@act("rectification.ask", done=_("It is asked for."))
def ask(request: HttpRequest, stoppage: Stoppage) -> None:
    """Ask for one more thing that puts it right."""
    said: dict[str, Any] = valid(AskForm(request.POST, by=request.user))
    rectifications.ask(stoppage=stoppage, **said, by=request.user, at=timezone.now())


@act("rectification.ask", done=_("It is given to them."))
def give(request: HttpRequest, stoppage: Stoppage) -> None:
    """Give one to somebody."""
    said = valid(GiveForm(request.POST, stoppage=stoppage, by=request.user))
    rectifications.give(**said, by=request.user, at=timezone.now())


@act("rectification.do", done=_("Done; somebody else verifies it."))
def finish(request: HttpRequest, stoppage: Stoppage) -> None:
    """Say that one is done, with what shows it."""
    said = valid(EvidenceForm(request.POST, stoppage=stoppage, by=request.user))
    rectifications.finish(**said, by=request.user, at=timezone.now())


@act("rectification.verify", done=_("The verdict is kept."))
def verify(request: HttpRequest, stoppage: Stoppage) -> None:
    """Confirm one, or send it back."""
    said = valid(VerifyForm(request.POST, stoppage=stoppage, by=request.user))
    is_good = said.pop("verdict") == "good"
    rectifications.verify(**said, is_good=is_good, by=request.user, at=timezone.now())
