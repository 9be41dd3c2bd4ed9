"""Reading the record book: what happened to one thing, what happened at all, what is new since last time."""

from collections.abc import Collection
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from plant import words
from plant.errors import Refusal
from plant.models import JournalEntry

FEED = """
SELECT * FROM plant_journalentry
WHERE (txid, id) > (%s, %s) AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY txid, id LIMIT %s
"""
FEED_OF_KINDS = FEED.replace("ORDER BY", "AND subject_kind = ANY(%s) ORDER BY")
HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
LAST_ID = 10**18 - 1


class UnknownCursor(Refusal):
    """A cursor that the feed never gave."""

    code = "unknown-cursor"


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


def feed(after: str | None = None, limit: int = 100) -> tuple[list[JournalEntry], str]:
    """The entries after a cursor, in an order that misses none, and the cursor to come back with."""
    txid, entry_id = position(after)
    rows = titled(JournalEntry.objects.raw(FEED, [txid, entry_id, limit]))
    return rows, f"{rows[-1].txid}.{rows[-1].pk}" if rows else f"{txid}.{entry_id}"


def feed_of(
    subject_kinds: Collection[str], after: str | None = None, limit: int = 100
) -> tuple[list[JournalEntry], str]:
    """The same of some kinds of subjects only; the cursor goes on past what the others did meanwhile."""
    txid, entry_id = position(after)
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)  # asked first: whatever lies below it is read by the next statement
        horizon: int = cursor.fetchone()[0]
    rows = titled(JournalEntry.objects.raw(FEED_OF_KINDS, [txid, entry_id, list(subject_kinds), limit]))
    reached = (rows[-1].txid, rows[-1].pk) if rows else (txid, entry_id)
    if len(rows) < limit:
        reached = max(reached, (horizon - 1, LAST_ID))
    return rows, f"{reached[0]}.{reached[1]}"


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


def now() -> str:
    """The cursor of this moment: what happens from here on comes after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return f"{cursor.fetchone()[0]}.0"


def entry(pk: int) -> JournalEntry | None:
    """One entry with its word, if there is one."""
    return next(iter(titled(JournalEntry.objects.filter(pk=pk))), None)
