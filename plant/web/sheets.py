"""Any registered thing as a PDF sheet or a workbook, with its signatures and its history from the record book."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plant import illustrations, printed_rows, printing, qr, subjects
from plant.lists import sheets
from plant.models import Signature
from plant.printing import Sheet, Table, text
from plant.queries import journal
from plant.web.access import needs

MOST_ENTRIES = 200
LANGUAGES = ("en", "zh-hans")


@require_GET
@needs("home.view")
def sheet(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """One record on A4 or as a workbook, in the reader's language, or in the one that its reader elsewhere needs."""
    found = subjects.find(kind, pk, request.user)
    if found is None or found[0].sheet is None:
        raise Http404
    subject, row = found
    asked = request.GET.get("language", "")
    began = time.perf_counter()
    with translation.override(asked if asked in LANGUAGES else translation.get_language()):
        whole = complete(subject.sheet(row, request.user), row, request.build_absolute_uri(subject.url(row)))
        is_book = request.GET.get("format") == "xlsx"
        name, took_s = f"{subject.kind}-{row.pk}", time.perf_counter() - began
        return as_book(whole, name, took_s) if is_book else as_paper(whole, name, request.user.name, took_s)


def as_paper(whole: Sheet, name: str, reader: str, gathered_s: float | None) -> HttpResponse:
    """The sheet as PDF."""
    data = printing.pdf(whole, printed_by=reader, printed_at=text(timezone.now()), gathered_s=gathered_s)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def as_book(whole: Sheet, name: str, gathered_s: float | None = None) -> StreamingHttpResponse:
    """The sheet as a workbook, sent while its rows are read, with how long it took to put it together."""
    head = [whole.kind, whole.number, printing.gathered(gathered_s).strip(" ·")]
    rows = in_language(translation.get_language(), counted(islice(printed_rows.rows(whole), 1, None)))
    answer = StreamingHttpResponse(sheets.as_xlsx(whole.number, head, rows), content_type=sheets.MIMES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def counted(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The rows, and below them how many they are and how long they took."""
    began, many = time.perf_counter(), 0
    for row in rows:
        many += 1
        yield row
    seconds = number_format(time.perf_counter() - began, 2)
    yield []
    yield [_("%(rows)s rows, written in %(seconds)s s") % {"rows": many, "seconds": seconds}]


def in_language(language: str, rows: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Rows that are made while they are sent, in the language of whoever asked."""
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row


def complete(found: Sheet, row: models.Model, address: str) -> Sheet:
    """The room's sheet with what every record has: signatures, history, a code that leads back, others' drawings."""
    signed = Signature.objects.filter(subject_kind=row._meta.model_name, subject_id=str(row.pk)).order_by("at")
    signatures = [(one.person_name, str(one.get_meaning_display()), text(one.at)) for one in signed]
    happened = [
        (text(entry.at), entry.title, entry.actor_name, str(entry.reason or ""))
        for entry in reversed(journal.timeline(row, MOST_ENTRIES))
    ]
    history = Table(_("Timeline"), [_("At"), _("What"), _("By"), _("Reason")], happened)
    drawing = qr.drawing(address)
    pictures = [*found.pictures, *illustrations.of(row)]
    return replace(
        found, signatures=signatures, tables=[*found.tables, history], code=drawing, pictures=pictures
    )
