"""What a person does to a document: write it, hand it in, sign it into force, read it, teach it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.acting import Acts, signed, valid
from plant.web.forms import edit
from qms.commands import document_release as release
from qms.commands import documents as commands
from qms.commands import trainings
from qms.models import Document, DocumentDemand, DocumentShare
from qms.queries import documents
from qms.web.document_forms import (
    AttachForm,
    DemandForm,
    FindingForm,
    FromForm,
    ReasonForm,
    ReviseForm,
    ShareForm,
    TeachForm,
    WordsForm,
)
from qms.web.documents import detail

PARTS: dict[str, Any] = {"share": DocumentShare, "demand": DocumentDemand}
act = Acts(find=documents.by_id, back="qms:document-detail", page=detail, key="pk")


@act("document.write", done=_("Saved."))
def change(request: HttpRequest, document: Document) -> None:
    """Change the words of a draft."""
    edit(
        Document.objects.filter(pk=document.pk),
        lambda row: WordsForm.of(row, request.POST, by=request.user),
        lambda row, said: commands.change(document=row, by=request.user, **said),
    )


@act("document.write", done=_("The draft has its file."))
def attach(request: HttpRequest, document: Document) -> None:
    """Give a draft its file."""
    file = valid(AttachForm(request.POST, request.FILES, by=request.user))["file"]
    commands.attach(document=document, name=file.name, data=file.read(), by=request.user)


@act("document.write", done=_("Added."))
def share(request: HttpRequest, document: Document) -> None:
    """Add somebody to the distribution."""
    commands.share(document=document, **valid(ShareForm(request.POST, by=request.user)), by=request.user)


@act("document.write", done=_("Added."))
def demand(request: HttpRequest, document: Document) -> None:
    """Demand that it is known at an operation."""
    commands.demand(document=document, **valid(DemandForm(request.POST, by=request.user)), by=request.user)


@act("document.write", done=_("Removed."))
def take_off(request: HttpRequest, document: Document) -> None:
    """Take a line off the distribution or off the demands."""
    model, row = PARTS.get(request.POST.get("what", "")), request.POST.get("row", "")
    if model is None or not row.isdecimal() or len(row) > 18:
        raise Http404
    commands.take_off(part=get_object_or_404(model, pk=row, document=document), by=request.user)


@act("document.write", done=_("Handed in. Whoever approves documents decides now."))
def hand_in(request: HttpRequest, document: Document) -> None:
    """Hand it in for review."""
    release.hand_in(document=document, by=request.user, at=timezone.now())


@act("document.approve", done=_("Its author changes it now."))
def send_back(request: HttpRequest, document: Document) -> None:
    """Send it back."""
    release.send_back(document=document, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("document.approve", done=_("The revision is signed. Its readers are asked to read it."))
def approve(request: HttpRequest, document: Document) -> None:
    """Sign it into force."""
    begins = valid(FromForm(request.POST))["effective_from"]
    release.approve(
        document=document, effective_from=begins, **signed(request), by=request.user, at=timezone.now()
    )


@act("document.approve", done=_("It is obsolete from now on."))
def retire(request: HttpRequest, document: Document) -> None:
    """Take it out of force."""
    release.retire(document=document, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("document.write", done=_("The next review is set."))
def look_over(request: HttpRequest, document: Document) -> None:
    """It was looked over and stays."""
    release.look_over(document=document, **valid(FindingForm(request.POST)), by=request.user, at=timezone.now())


@act("document.sign", done=_("Signed: you have read and understood it."))
def read(request: HttpRequest, document: Document) -> None:
    """Read and understood."""
    said = signed(request)
    trainings.read(
        document=document, password=said["password"], seen_hash=said["seen_hash"], by=request.user, at=timezone.now()
    )


@act("document.teach", done=_("Their training is recorded."))
def teach(request: HttpRequest, document: Document) -> None:
    """People were taught it."""
    people = list(valid(TeachForm(request.POST, by=request.user))["people"])
    trainings.teach(document=document, people=people, **signed(request), by=request.user, at=timezone.now())


@act("document.write", done=_("A draft of the next revision is there, in the list of revisions."))
def revise(request: HttpRequest, document: Document) -> None:
    """The next revision."""
    said = valid(ReviseForm(request.POST))
    commands.revise(document=document, **said, by=request.user, at=timezone.now())
