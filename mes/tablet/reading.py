"""A document that work here demands: read at the tablet, and signed with badge and PIN."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mes.tablet.access import signed_on
from mes.tablet.sign_on import BadgeForm
from mes.tablet.work import context
from plant.commands import persons, signatures
from plant.commands.signatures import SignatureRefused
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.web.acting import valid
from qms.commands import trainings
from qms.models import Document
from qms.queries import documents
from qms.web.document_files import Page


@signed_on("document.sign")
@sensitive_post_parameters("pin")
def show(request: HttpRequest, station: Equipment, pk: int) -> HttpResponse:
    """Its pages, and the signature below them."""
    document = documents.by_id(pk)
    if document.status not in documents.IN_FORCE or not document.key:
        raise Http404
    form, refusal = BadgeForm(request.POST or None), None
    form.fields["badge"].widget.attrs.pop("autofocus", None)
    if request.method == "POST":
        try:
            sign(document, form, request.POST.get("seen_hash", ""), request.user)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Signed: you have read and understood it."))
            return redirect("station:work", station.code)
    pages = [
        Page(str(document), reverse("qms:document-page-media", args=[pk, number]))
        for number in range(1, document.pages + 1)
    ]
    shown = {
        **context(station), "document": document, "pages": pages, "form": form, "refusal": refusal,
        "mine": document.trainings.filter(person=request.user).first(),
        "seen_hash": signatures.content_hash(documents.seen(document)),
    }
    return render(request, "mes/station/reading.html", shown, status=409 if refusal else 200)


def sign(document: Document, form: BadgeForm, seen_hash: str, reader: Person) -> None:
    """Whose badge and PIN it is signs; that must be whoever is signed on and has read it."""
    said = valid(form)
    person = persons.sign_on_by_badge(said["badge"], said["pin"])
    if person.pk != reader.pk:
        raise SignatureRefused(_("This is the badge of somebody else. Whoever reads signs: change the person first."))
    trainings.read(document=document, seen_hash=seen_hash, by_badge=True, by=person, at=timezone.now())
