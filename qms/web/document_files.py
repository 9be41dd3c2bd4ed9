"""A document as its reader sees it: every page carries their name and the time, obsolete ones a word across."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plant import files, policies, stamping
from plant.commands import signatures
from plant.web.access import needs
from qms.models import Document, DocumentStatus
from qms.queries import documents
from qms.web.document_forms import ReadForm
from qms.web.documents import may_open


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the strip of pictures shows it."""

    title: str
    url: str
    language: str = "BOTH"
    is_picture: bool = True


@require_safe
@needs("document.read")
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The viewer: the document's pages, and a way to sign that they were read."""
    document = opened(request, pk)
    pages = [
        Page(str(document), reverse("qms:document-page-media", args=[pk, number]))
        for number in range(1, document.pages + 1)
    ]
    mine = document.trainings.filter(person=request.user).first()
    why = policies.why_not(request.user, "document.sign")
    if document.status not in documents.IN_FORCE:
        why = why or _("It is not in force.")
    seen_hash = signatures.content_hash(documents.seen(document))
    context = {"document": document, "pages": pages, "mine": mine, "why_not_read": why, "seen_hash": seen_hash,
               "read_form": ReadForm(auto_id="read_%s")}
    return render(request, "qms/document/view.html", context)


@require_safe
@needs("document.read")
def media(request: HttpRequest, pk: int) -> HttpResponse:
    """Its pages as a PDF, stamped for whoever asks; never kept by the browser."""
    document = opened(request, pk)
    shown = stamping.stamped(bytes_of(document), document.media_type, document.pages, **marks(request, document))
    answer = HttpResponse(shown, content_type=stamping.PDF)
    answer["Content-Disposition"] = f'inline; filename="{document.code}-{document.revision}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@needs("document.read")
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture, stamped likewise."""
    document = opened(request, pk)
    if not 1 <= number <= document.pages:
        raise Http404
    shown = stamping.drawn_page(bytes_of(document), document.media_type, number, **marks(request, document))
    return HttpResponse(shown, content_type="image/png", headers={"Cache-Control": "no-store"})


def bytes_of(document: Document) -> bytes:
    """The stored file."""
    try:
        return files.path_of(document.key).read_bytes()
    except FileNotFoundError as error:
        raise Http404(_("The file is not in this plant's store. Ask the administrator for the backup.")) from error


def marks(request: HttpRequest, document: Document) -> dict[str, str]:
    """What stands on every page: the revision, who looks at it, and when."""
    moment = date_format(timezone.localtime(), "Y-m-d H:i")
    return {"mark": f"{document} · {request.user.name} · {moment}", "across": across(document)}


def opened(request: HttpRequest, pk: int) -> Document:
    """A revision whose file this reader may see."""
    document = documents.by_id(pk)
    if not may_open(request, document):
        raise Http404
    return document


def across(document: Document) -> str:
    """The word across a page that does not count."""
    if document.status == DocumentStatus.OBSOLETE:
        return "OBSOLETE 作废"
    if document.status in (DocumentStatus.DRAFT, DocumentStatus.REVIEW):
        return "DRAFT 草稿"
    return "" if document.status == DocumentStatus.EFFECTIVE else "NOT YET 未生效"
