"""The list of documents, and the training matrix."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Role
from plant.web.access import needs
from qms.models import Document, DocumentKind, DocumentStatus
from qms.queries import documents, training_matrix

BEGIN = Link(label=_("New document"), url="qms:document-begin", action="document.write", icon="file-plus",
             kind="primary")
MATRIX = Link(label=_("Training matrix"), url="qms:training-matrix", action="document.read", icon="certificate")


def is_late(one: Document) -> bool:
    return one.status == DocumentStatus.EFFECTIVE and one.due_at is not None and one.due_at <= timezone.now()


DOCUMENTS = Listing(
    key="documents", title=_("Documents"), url="qms:document-list", action="document.read",
    subtitle=_("Procedures, instructions, drawings and standards: which revision counts, who has read it."),
    rows=lambda viewer: documents.listing(), search=("code", "name", "name_zh", "issuer", "change"),
    placeholder=_("Number, title or issuer"), order="code", href=documents.url,
    tone=lambda one: "warning" if is_late(one) else "",
    columns=(
        Column(key="code", label=_("Number"), look=Text(href=documents.url, icon="file-certificate"),
               sort=("code", "-revision")),
        Column(key="revision", label=_("Revision"), look=Number(), sort=("revision",)),
        Column(key="title", label=_("Title"), look=Text(most=80), sort=("name",)),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="effective", label=_("In effect from"),
               value=lambda one: one.effective.lower if one.effective else None, look=Moment(style="date"),
               sort=("effective",)),
        Column(key="due", label=_("Review due"), value="due_at", look=Moment(style="date", late=is_late),
               sort=("due_at",)),
        Column(key="owner", label=pgettext_lazy("document", "Looked over by"), look=Who(), sort=("owner__name",)),
        Column(key="trained", label=_("Trained people"), look=Number(), sort=("trained",)),
        Column(key="author", label=_("Author"), look=Who(), sort=("author__name",), hidden=True),
        Column(key="issuer", label=_("Issued by"), sort=("issuer",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=DocumentStatus.choices, default=documents.SHOWN,
               blank=_("In force and under way")),
        Multi(key="kind", label=_("Kind"), options=DocumentKind.choices),
        Flag(key="external", label=_("From outside"), query=lambda _word: ~Q(issuer="")),
        PersonFilter(key="owner", label=pgettext_lazy("document", "Looked over by"), field="owner", more=True),
        DateRange(key="due", label=_("Review due"), field="due_at", more=True),
    ),
    links=(BEGIN, MATRIX),
    nothing=Nothing(
        title=_("No documents yet"), icon="file-certificate", links=(BEGIN,),
        text=_("A document is written as a draft, signed by somebody else, and read by those who get it."),
    ),
)


@needs("document.read")
def matrix(request: HttpRequest) -> HttpResponse:
    """People by documents in force."""
    kind, role = request.GET.get("kind", ""), request.GET.get("role", "")
    kind = kind if kind in DocumentKind.values else ""
    found = training_matrix.of(request.user, at=timezone.now(), kind=kind, role=role)
    context: dict[str, Any] = {"matrix": found, "kinds": DocumentKind.choices, "roles": Role.choices}
    return render(request, "qms/document/matrix.html", context)
