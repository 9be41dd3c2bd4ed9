"""Recalls and drills on the screen: opened from a scope, worked on, and closed by somebody else."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from qms.commands import recalls as commands
from qms.models import Recall, RecallKind, RecallStatus
from qms.queries import recall_letters as letters
from qms.queries import recalls as reading
from qms.web.recall_forms import (
    AnswerForm,
    DeclareForm,
    DrillForm,
    LettersForm,
    OutcomeForm,
    QuestionForm,
    ReasonForm,
    RecallForm,
    TaskForm,
    TellForm,
)
from traceability import starting
from traceability.queries import mass_balance, scope, scope_rows
from traceability.starting import Asked

FORMS = {"scope": QuestionForm, "declare": DeclareForm, "cancel": ReasonForm, "add_task": TaskForm, "tell": TellForm,
         "answer": AnswerForm, "finish": OutcomeForm}
MOST_LISTED = 100


@needs("recall.declare")
def new(request: HttpRequest) -> HttpResponse:
    """A recall from a scope in one act; the address carries the question."""
    asked, narrow = Asked.of(request.GET), Asked.of(request.GET, "n_")
    reached, refusal = None, None
    try:
        reached = scope.reach(asked, narrow)
    except Refusal as error:
        refusal = error

    def told(said: dict[str, Any]) -> Recall:
        return commands.open_at_once(
            **said, asked=asked, narrow=narrow, site=places.home(request.user), by=request.user, at=timezone.now()
        )

    if reached is None:  # whoever comes without a question is shown where to ask it
        is_asked = bool(request.GET)
        context = {"form": None, "refusal": refusal if is_asked else None}
        return render(request, "qms/recall/new.html", context, status=409 if is_asked else 200)
    said = {"complaint": request.GET.get("complaint")}
    form = RecallForm(request.POST or None, by=request.user, initial=said, reached=reached)
    return enter(request, form, told, template="qms/recall/new.html", to="qms:recall-detail")


@needs("recall.draft")
def drill(request: HttpRequest) -> HttpResponse:
    """Begin a drill: from now on its clock runs."""
    form = DrillForm(request.POST or None, by=request.user)

    def told(said: dict[str, Any]) -> Recall:
        home = places.home(request.user)
        return commands.begin(**said, kind=RecallKind.DRILL, site=home, by=request.user, at=timezone.now())

    return enter(request, form, told, template="qms/recall/drill.html", to="qms:recall-detail")


@needs("recall.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One recall: its scope and where it is, customers, tasks, what came back, and what is left to do."""
    one, dialogs = reading.by_number(number), Dialogs(request, refusal)
    reached, customers = reading.reached(one), reading.customers(one)
    told = {message.customer_id: message for message in one.messages.select_related("by")}
    readers = [] if one.is_drill else letters.readers(one)
    kinds = {**FORMS, "write": partial(LettersForm, readers=readers)}
    context = {
        "one": one, "dialogs": dialogs, "forms": {name: dialogs.form(name, kind) for name, kind in kinds.items()},
        "letters": letters.of(one), "has_post": bool(settings.EMAIL_HOST),
        "behind": [reader.customer for reader in readers if reader.is_written and reader.unnamed],
        "later": one.notice.lots.filter(came_at__gt=one.declared_at).count() if one.declared_at else 0,
        "why": why_not(request, one), "process": process(one), "timeline": journal.timeline(one),
        "start": starting.STARTS.get((one.asked.get("start") or {}).get("kind", "")),
        "lots": one.notice.lots.count(), "placed": scope.counted(reached),
        "rows": scope_rows.page(reached, request.user, most=MOST_LISTED),
        "balances": mass_balance.of_lots(reading.roots(one)),
        "customers": [(row, told.get(row.customer.pk)) for row in customers],
        "recovered": recovered(customers), "tasks": one.tasks.select_related("owner", "done_by"),
        "left": reading.left_to_do(one) if one.status == RecallStatus.OPEN else [], "now": timezone.now(),
        "seen_hash": signatures.content_hash(reading.seen(one)), "meaning": Meaning.CLOSED,
    }
    return render(request, "qms/recall/detail.html", context, status=dialogs.status)


def recovered(customers: list[reading.AtCustomer]) -> float | None:
    """How much of what was out can do no more harm: over all customers, the piece count as it is."""
    shipped = sum(one.shipped for one in customers)
    return float(100 * sum(one.recovered for one in customers) / shipped) if shipped else None


def process(one: Recall) -> list[dict[str, Any]]:
    """The states as steps."""
    if one.status == RecallStatus.CANCELLED:
        return [{"label": one.get_status_display(), "tone": "failed", "current": True, "icon": "ban"}]
    states = [state for state in RecallStatus.choices if state[0] != RecallStatus.CANCELLED]
    here = [value for value, _label in states].index(one.status)
    return [
        {"label": label, "tone": "done" if at < here else "running" if at == here else "", "current": at == here,
         "icon": "circle-check" if at < here else ""}
        for at, (_value, label) in enumerate(states)
    ]


def why_not(request: HttpRequest, one: Recall) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    is_draft, is_open = one.status == RecallStatus.DRAFT, one.status == RecallStatus.OPEN
    over = "" if is_draft or is_open else now("%(number)s is over.") % {"number": one.number}
    draft = over or ("" if is_draft else now("It is declared already."))
    running = over or ("" if is_open else now("It is not declared yet."))
    drills = now("This is a drill: nobody is told and nothing is held.") if one.is_drill else ""
    own = request.user.pk in (one.opened_by_id, one.declared_by_id)
    mine = now("You opened or declared %(number)s yourself. Somebody else closes it.") % {"number": one.number}
    by_state = {
        "scope": draft, "cancel": draft, "add_task": over, "finish": over, "tell": running or drills,
        "declare": draft or ("" if one.scoped_at else now("Find the scope first: scan where it starts.")),
        "look_again": running or drills, "answer": running or drills, "letter": drills, "write": running or drills,
        "close": running or (mine if own else ""),
    }
    actions = {"declare": "declare", "add_task": "act", "tell": "act", "answer": "act", "finish": "finish",
               "close": "close", "letter": "read", "write": "act"}
    return {
        name: policies.why_not(request.user, f"recall.{actions.get(name, 'draft')}") or reason
        for name, reason in by_state.items()
    }


act = Acts(find=reading.by_number, back="qms:recall-detail", page=detail)


@act("recall.draft", done=_("The scope stands; its time is noted."))
def find_scope(request: HttpRequest, one: Recall) -> None:
    """Where it starts, and what that reaches."""
    form = QuestionForm(request.POST, by=request.user)
    valid(form)
    commands.take_scope(recall=one, asked=form.asked, by=request.user, at=timezone.now())


@act("recall.declare", done=lambda one: now("The scope is settled.") if one.is_drill else now("Declared: all is held."))
def declare(request: HttpRequest, one: Recall) -> None:
    """Call it back, or settle the scope of a drill."""
    said = {} if one.is_drill else valid(DeclareForm(request.POST, by=request.user))
    commands.declare(recall=one, **said, by=request.user, at=timezone.now())


@act("recall.draft", done=_("Whatever belongs to it by now is in it, and held."))
def look_again(request: HttpRequest, one: Recall) -> None:
    """Look for what belongs to it by now."""
    commands.look_again(recall=one, by=request.user, at=timezone.now())


@act("recall.draft", done=_("Let go."))
def cancel(request: HttpRequest, one: Recall) -> None:
    """Let a draft go."""
    commands.cancel(recall=one, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("recall.close", done=_("Closed."))
def close(request: HttpRequest, one: Recall) -> None:
    """Close it, signed."""
    commands.close(recall=one, **signed(request), by=request.user, at=timezone.now())
