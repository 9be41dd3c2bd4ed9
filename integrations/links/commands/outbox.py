"""From the journal to the other side: each sending connection reads the feed from where it was, and misses nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from integrations.links import mapping as engine
from integrations.links import order_totals
from integrations.links.commands import inbox
from integrations.links.outgoing import TELLERS, News
from integrations.links.queries import mappings
from integrations.models import Connection, Direction, Exchange, Mapping
from plant import policies, scoping
from plant.locks import lock
from plant.models import JournalEntry, Person
from plant.queries import journal
from plant.transactions import command

BATCH = 500
CONTENT_TYPES = {"JSON": "application/json", "XML": "application/xml", "TABLE": "application/json"}


@command
def spread(*, connection: Connection, by: Person, at: datetime, limit: int = BATCH) -> tuple[int, bool]:
    """Make messages of what happened since the last time: how many, and whether there is more to read.

    The place in the feed moves in the same transaction, so nothing is told twice and nothing is passed over.
    """
    policies.check(by, "exchange.carry", connection=connection.code)
    row = lock(Connection.objects.filter(pk=connection.pk).select_related("acts_as"))[0]
    entries, until = journal.feed(row.told_until or None, limit)
    made, touched = 0, dict[str, JournalEntry]()
    for entry in _heard(row, entries):
        if order_totals.NOUN in row.sent_nouns and (order := order_totals.order_of(entry)):
            touched[order] = entry
        if not _tells(row, entry):
            continue
        made += sum(tell(connection=row, news=one, entry=entry, at=at) is not None
                    for one in TELLERS[entry.kind].tell(entry) if one.noun in row.sent_nouns)
    for entry, one in order_totals.news(touched):
        made += tell(connection=row, news=one, entry=entry, at=at) is not None
    if until != row.told_until:
        Connection.objects.filter(pk=row.pk).update(told_until=until)
    return made, len(entries) == limit


def _tells(connection: Connection, entry: JournalEntry) -> bool:
    """Whether an entry can tell of what a connection sends."""
    return entry.kind in TELLERS and not TELLERS[entry.kind].nouns.isdisjoint(connection.sent_nouns)


def _heard(connection: Connection, entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Those that a connection sends anything of, and that one of its site may hear."""
    sends_totals = order_totals.NOUN in connection.sent_nouns
    some = [one for one in entries if _tells(connection, one) or (sends_totals and one.kind in order_totals.KINDS)]
    rows = JournalEntry.objects.filter(pk__in=[one.pk for one in some])
    within = set(scoping.visible(rows, connection.acts_as).values_list("pk", flat=True)) if some else set()
    return [one for one in some if one.pk in within]


def tell(*, connection: Connection, news: News, entry: JournalEntry | None, at: datetime) -> Exchange | None:
    """Lay one piece of news ready, written by the mapping in effect where there is one."""
    used = mappings.in_effect(connection, news.noun, Direction.OUT, at)
    written: dict[str, Any] = {"body": b"", "error": ""}
    if used is not None:
        written = write(used, news.words)
    return inbox.post(
        connection=connection, noun=news.noun, key=news.key, version=str(entry.pk) if entry else "",
        words=news.words, claim=news.claim, entry_id=entry.pk if entry else None, by=connection.acts_as, at=at,
        mapping_id=used.pk if used else None, **written,
    )


def write(used: Mapping, words: dict[str, Any]) -> dict[str, Any]:
    """The body of a message by its mapping, or why there is none."""
    found = engine.outward(mappings.rules(used), words, mappings.how(used))
    error = engine.why(found.faults[0]) if found.faults else ""
    return {"body": found.body, "error": error, "content_type": CONTENT_TYPES[used.format]}
