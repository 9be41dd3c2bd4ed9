"""The record book on the screen."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from plant import words
from plant.models import JournalEntry
from plant.queries import journal
from plant.web.access import needs

MOST_EXPORTED = 10_000


@needs("journal.read")
def listed(request: HttpRequest) -> HttpResponse:
    """What happened, newest first, with filters in the address."""
    filters = _filters(request)
    if request.GET.get("format") == "csv":
        return _export(filters)
    cursor = request.GET.get("cursor", "")
    before = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else None
    entries, following = journal.page(filters, before)
    context = {"entries": entries, "next_cursor": following or "", "kinds": words.known()}
    return render(request, "plant/journal/list.html", context)


@needs("journal.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with everything that it carries."""
    entry = journal.entry(pk)
    if entry is None:
        raise Http404
    changes = [(name, value) for name, value in sorted(entry.data.items())]
    return render(request, "plant/journal/detail.html", {"entry": entry, "changes": changes})


def _filters(request: HttpRequest) -> journal.Filters:
    asked = request.GET
    until = _day(asked.get("to", ""))
    return journal.Filters(
        text=asked.get("q", "").strip(), kind=asked.get("kind", ""), subject=asked.get("subject", "").strip(),
        person=asked.get("person", "").strip(), from_at=_day(asked.get("from", "")),
        to_at=until + timedelta(days=1) if until else None,
    )


def _day(text: str) -> datetime | None:
    """The plant's midnight at the start of a day."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else None


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _export(filters: journal.Filters) -> HttpResponse:
    writer = csv.writer(_Line())
    head = [_("At"), _("Kind"), _("Subject"), _("By"), _("Number"), _("Reason"), _("Data"), _("Hash")]
    rows = journal.search(filters).order_by("-id")[:MOST_EXPORTED].iterator(chunk_size=500)
    response = StreamingHttpResponse(_lines(writer, head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return response


def _lines(writer: Any, head: list[str], rows: Iterator[JournalEntry]) -> Iterator[str]:
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        who = [row.subject_label, row.actor_name, row.actor, row.reason]
        cells = [row.at.isoformat(), row.kind, *who, json.dumps(row.data, ensure_ascii=False), row.hash]
        yield writer.writerow([_safe(str(cell)) for cell in cells])


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r\0" and text else text
