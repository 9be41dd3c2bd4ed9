"""Reading the record book: what happened to one thing, what happened at all, what is new since last time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plant import words
from plant.errors import Refusal
from plant.models import JournalEntry

PAGE = 50
FEED = """
SELECT * FROM plant_journalentry
WHERE (txid, id) > (%s, %s) AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY txid, id LIMIT %s
"""


class UnknownCursor(Refusal):
    """A cursor that the feed never gave."""

    code = "unknown-cursor"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader of the journal looks for; empty means everything."""

    text: str = ""
    kind: str = ""
    subject: str = ""
    person: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None


def timeline(subject: models.Model, limit: int = 100) -> list[JournalEntry]:
    """What happened to a subject, newest first, each entry with its word as `title`."""
    rows = JournalEntry.objects.filter(subject_kind=subject._meta.model_name, subject_id=str(subject.pk))
    return titled(rows.order_by("-id")[:limit])


def titled(rows: Any) -> list[JournalEntry]:
    """Entries with the word for their kind."""
    found = list(rows)
    for row in found:
        row.title = words.label(row.kind)
    return found


def search(filters: Filters) -> QuerySet[JournalEntry]:
    """The entries that the filters leave."""
    rows = JournalEntry.objects.all()
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.subject:
        rows = rows.filter(Q(subject_label__icontains=filters.subject) | Q(subject_id=filters.subject))
    if filters.person:
        rows = rows.filter(Q(actor=filters.person) | Q(actor_name__icontains=filters.person))
    if filters.text:
        rows = rows.filter(Q(subject_label__icontains=filters.text) | Q(reason__icontains=filters.text))
    if filters.from_at:
        rows = rows.filter(at__gte=filters.from_at)
    if filters.to_at:
        rows = rows.filter(at__lt=filters.to_at)
    return rows


def page(filters: Filters, before: int | None = None, size: int = PAGE) -> tuple[list[JournalEntry], int | None]:
    """One page, newest first, and the cursor of the next one."""
    rows = search(filters)
    if before:
        rows = rows.filter(id__lt=before)
    found = titled(rows.order_by("-id")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def feed(after: str | None = None, limit: int = 100) -> tuple[list[JournalEntry], str]:
    """The entries after a cursor, in an order that misses none, and the cursor to come back with."""
    txid, entry_id = position(after)
    rows = titled(JournalEntry.objects.raw(FEED, [txid, entry_id, limit]))
    return rows, f"{rows[-1].txid}.{rows[-1].pk}" if rows else f"{txid}.{entry_id}"


def position(cursor: str | None) -> tuple[int, int]:
    """The place in the feed that a cursor means; none means the beginning."""
    txid, dot, entry_id = (cursor or "0.0").partition(".")
    is_number = txid.isascii() and txid.isdigit() and entry_id.isascii() and entry_id.isdigit()
    if not (dot and is_number and len(txid) < 19 and len(entry_id) < 19):
        raise UnknownCursor(
            _("“%(cursor)s” is not a cursor of this feed. Leave it away to begin at the start, then use “next”.")
            % {"cursor": str(cursor)[:60]},
            facts={"after": str(cursor)[:60]},
        )
    return int(txid), int(entry_id)


def entry(pk: int) -> JournalEntry | None:
    """One entry with its word, if there is one."""
    return next(iter(titled(JournalEntry.objects.filter(pk=pk))), None)
