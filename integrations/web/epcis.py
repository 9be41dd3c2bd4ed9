"""EPCIS at the desk: documents of partners, their events, taking one, and our own events as a file."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from integrations.epcis import exporting
from integrations.epcis.commands import capture
from integrations.epcis.queries import documents
from integrations.epcis.queries.events import Asked
from integrations.models import EpcisDocument
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, Text, Who
from plant.models import Person
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.forms import Form

SHOWN = 200
LINKED = "application/ld+json"


def document_url(row: EpcisDocument) -> str:
    return reverse("integrations:epcis-detail", args=[row.sha256])


TAKE = Link(label=_("Take a document"), url="integrations:epcis-take", action="epcis.capture", icon="file-import",
            kind="primary")
DOCUMENTS = Listing(
    key="epcis", title=_("EPCIS events"), url="integrations:epcis-list", action="epcis.read",
    subtitle=_("What partners told of their lots. Our own events go out as a file or by the API."),
    rows=lambda viewer: documents.listing(), search=("name", "sha256"), placeholder=_("Name of the file"),
    order="-at", href=document_url,
    columns=(
        Column(key="name", label=_("Document"), look=Text(href=document_url, icon="file-code"), sort=("name",)),
        Column(key="events", label=_("Events"), look=Number(), sort=("events",)),
        Column(key="new", label=_("New"), look=Number(), sort=("new",)),
        Column(key="at", label=_("Taken"), look=Moment(), sort=("at",)),
        Column(key="by", label=_("Taken by"), look=Who(), sort=("by__name",)),
    ),
    filters=(
        TextFilter(key="name", label=_("Name"), field="name"), PersonFilter(key="by", label=_("Taken by"), field="by"),
        DateRange(key="at", label=_("Taken"), field="at", more=True),
    ),
    links=(TAKE, Link(label=_("Our events as a file"), url="integrations:epcis-export", icon="file-export")),
    nothing=Nothing(
        title=_("No document yet"), icon="arrows-exchange",
        text=_("Take one from a partner here, or let their system send it to the API."), links=(TAKE,),
    ),
)


class TakeForm(Form):
    """The file of a partner."""

    file = forms.FileField(label=_("Document"), help_text=_("EPCIS 2.0 in JSON-LD, at most 20 MB."))


class ExportForm(Form):
    """Which events are wanted: of some days, or of some lots."""

    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))
    lots = forms.CharField(
        label=_("Lots and serials"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Numbers with blanks between; empty: all of these days."),
    )


@needs("epcis.capture")
def take(request: HttpRequest) -> HttpResponse:
    """Take a partner's document: whole or not at all."""
    form = TakeForm(request.POST or None, request.FILES or None, by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            taken = capture.capture(
                found=capture.parsed(sent.read()), name=sent.name, site=places.home(request.user), by=request.user,
                at=timezone.now(),
            )
        except Refusal as error:
            refusal = error
        else:
            words = {"events": taken.events, "new": taken.new}
            messages.success(request, gettext("Taken: %(events)s events, %(new)s of them new.") % words)
            return redirect("integrations:epcis-detail", taken.sha256)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "integrations/epcis/take.html", {"form": form, "refusal": refusal}, status=status)


@require_safe
@needs("epcis.read")
def detail(request: HttpRequest, sha256: str) -> HttpResponse:
    """One document with the first of its events."""
    document = documents.by_hash(sha256)
    context = {
        "document": document, "events": documents.events(document)[:SHOWN], "timeline": journal.timeline(document),
    }
    return render(request, "integrations/epcis/detail.html", context)


@require_safe
@needs("epcis.read")
def again(request: HttpRequest, sha256: str) -> HttpResponse:
    """The document as it came."""
    document = documents.by_hash(sha256)
    answer = HttpResponse(json.dumps(documents.as_it_came(document), ensure_ascii=False, indent=1), LINKED)
    answer["Content-Disposition"] = f'attachment; filename="{document.sha256[:12]}.jsonld"'
    return answer


@require_safe
@needs("epcis.read")
def export(request: HttpRequest) -> Any:
    """Ask which events are wanted; then they come as a file, however many."""
    form = ExportForm(request.GET if "first" in request.GET else None, by=request.user)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "integrations/epcis/export.html", {"form": form}, status=status)
    answer = StreamingHttpResponse(_file(form.cleaned_data, request.user), content_type=LINKED)
    answer["Content-Disposition"] = f'attachment; filename="epcis-{timezone.localtime():%Y%m%d-%H%M}.jsonld"'
    return answer


def _file(said: dict[str, Any], reader: Person) -> Iterator[str]:
    since, until = exporting.days(said["first"], said["last"])
    asked = Asked(since=since, until=until, numbers=tuple(said["lots"].split()), is_ours_only=True)
    return exporting.written(asked, reader, at=timezone.localtime())
