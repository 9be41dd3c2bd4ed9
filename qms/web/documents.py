"""Controlled documents on the screen: the list, a revision with who knows it, a new one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs, enter
from qms.commands import documents as commands
from qms.models import Document, DocumentStatus
from qms.queries import documents
from qms.web.document_forms import (
    AttachForm,
    BeginForm,
    DemandForm,
    FindingForm,
    FromForm,
    ReasonForm,
    ReviseForm,
    ShareForm,
    TeachForm,
    WordsForm,
)

FORMS = {
    "revise": ReviseForm, "attach": AttachForm, "share": ShareForm, "demand": DemandForm, "send_back": ReasonForm,
    "retire": ReasonForm, "look_over": FindingForm, "approve": FromForm, "teach": TeachForm,
}


@needs("document.write")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a document."""
    form = BeginForm(request.POST or None, by=request.user, initial={"owner": request.user.number})

    def begun(said: dict[str, Any]) -> Document:
        return commands.create(**said, by=request.user, at=timezone.now())

    return enter(request, form, begun, template="qms/document/begin.html", to="qms:document-detail")


@needs("document.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision: where it stands, its file, who gets it, who knows it, and what may be done now."""
    document, dialogs = documents.by_id(pk), Dialogs(request, refusal)
    readers = documents.readers(document)
    forms = {name: dialogs.form(name, kind) for name, kind in FORMS.items()}
    forms["change"] = dialogs.form("change", lambda *args, **more: WordsForm.of(document, *args, **more))
    mine = next((one.training for one in readers if one.person.pk == request.user.pk), None)
    context = {
        "document": document, "dialogs": dialogs, "forms": forms, "process": process(document),
        "shares": documents.shares(document), "readers": readers,
        "is_asked": any(one.person.pk == request.user.pk and one.training is None for one in readers),
        "untrained": sum(one.training is None for one in readers),
        "demands": document.demands.select_related("material", "skill").order_by("pk"),
        "revisions": documents.revisions(document), "reviews": document.reviews.select_related("by").order_by("-pk"),
        "why": why_not(request, document, mine is not None), "timeline": journal.timeline(document),
        "is_late": document.status == DocumentStatus.EFFECTIVE and document.due_at and document.due_at < timezone.now(),
        "seen_hash": signatures.content_hash(documents.seen(document)), "meanings": {"approve": Meaning.APPROVED,
        "read": Meaning.READ}, "may_open": may_open(request, document),
    }
    return render(request, "qms/document/detail.html", context, status=dialogs.status)


def may_open(request: HttpRequest, document: Document) -> bool:
    """What counts is open to every reader; drafts and what is obsolete to those who write documents."""
    if not document.key:
        return False
    return document.status in documents.IN_FORCE or policies.may(request.user, "document.write")


def process(document: Document) -> list[dict[str, Any]]:
    """The states as steps, those passed marked done; nobody waits where it came into force at once."""
    here = DocumentStatus.values.index(document.status)
    return [
        {"label": label, "tone": "done" if at < here else "running" if at == here else "", "current": at == here,
         "icon": "circle-check" if at < here else ""}
        for at, (_value, label) in enumerate(DocumentStatus.choices)
    ]


def why_not(request: HttpRequest, document: Document, knows: bool) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    status, is_author = document.status, document.author_id == request.user.pk
    in_force = "" if status in documents.IN_FORCE else _("It is not in force.")
    under_way = status in commands.UNDER_WAY
    draft = _("Only a draft can be changed.") if status != DocumentStatus.DRAFT else (
        "" if is_author else _("Only its author changes it."))
    review = "" if status == DocumentStatus.REVIEW else _("It is not in review.")
    own = _("You wrote it. Somebody else approves it.") if is_author else ""
    by_state = {
        "write": draft, "hand_in": draft or ("" if document.key else _("Give the document its file first.")),
        "send_back": review, "approve": review or own, "retire": in_force,
        "revise": _("This revision is under way.") if under_way else "",
        "look_over": "" if status == DocumentStatus.EFFECTIVE else _("Only what is in effect is looked over."),
        "read": in_force or (_("You have signed it.") if knows else ""), "teach": in_force,
    }
    actions = {
        "send_back": "document.approve", "approve": "document.approve", "retire": "document.approve",
        "read": "document.sign", "teach": "document.teach",
    }
    return {
        name: policies.why_not(request.user, actions.get(name, "document.write")) or reason
        for name, reason in by_state.items()
    }
