"""Which events go out to a webhook, and writing their messages: read from the record book in order, missing none."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.models import Channel, ChannelKind, EventFeed, EventFilter, Message, News, Weight
from integrations.notify.commands import news
from plant import policies
from plant.commands import journal as book
from plant.errors import Refusal
from plant.locks import lock
from plant.models import JournalEntry, Person
from plant.queries import journal
from plant.transactions import command

AT_ONCE = 500
KIND = re.compile(r"([a-z][a-z0-9._-]*\*?|\*)")


class NotAsked(Refusal):
    """Events that can't go out so."""

    code = "no-events"


@command
def ask(*, channel: Channel, kind: str, by: Person, at: datetime) -> EventFilter:
    """Send events of a kind through a webhook from now on; `lot.*` stands for every kind that begins so."""
    policies.check(by, "channel.keep")
    if channel.kind != ChannelKind.WEBHOOK:
        raise NotAsked(_("Events for programs go out through webhooks only. Choose a channel of that kind."))
    if not KIND.fullmatch(kind):
        raise NotAsked(_("“%(kind)s” is no kind of event. Take one of the list, or lot.* for all of lots.")
                       % {"kind": kind[:80]})
    lock(Channel.objects.filter(pk=channel.pk))
    row, is_new = EventFilter.objects.get_or_create(channel=channel, kind=kind)
    if is_new:
        EventFeed.objects.get_or_create(channel=channel, defaults={"cursor": journal.now(), "at": at})
        book.record("channel.events-asked", subject=channel, by=by, data={"kind": kind})
    return row


@command
def leave(*, channel: Channel, kind: str, by: Person) -> None:
    """Send events of a kind no more."""
    policies.check(by, "channel.keep")
    gone, _rows = EventFilter.objects.filter(channel=channel, kind=kind).delete()
    if gone:
        book.record("channel.events-left", subject=channel, by=by, data={"kind": kind})
    if not EventFilter.objects.filter(channel=channel).exists():
        EventFeed.objects.filter(channel=channel).delete()


@command
def follow(*, channel: Channel, at: datetime) -> int:
    """Write the messages of what happened since last time; how many entries were read.

    The place in the record book moves in the same transaction, so each event is written exactly once.
    """
    feeds = lock(EventFeed.objects.filter(channel=channel))
    filters = list(EventFilter.objects.filter(channel=channel))
    if not feeds or not filters:
        return 0
    entries, cursor = journal.feed(feeds[0].cursor, AT_ONCE)
    asked = [entry for entry in entries if any(one.fits(entry.kind) for one in filters)]
    Message.objects.bulk_create(
        [
            Message(
                key=f"event.{entry.pk}.{channel.pk}", channel=channel, entry_id=entry.pk, news=News.EVENT,
                weight=Weight.NORMAL, title=f"{entry.kind} {entry.subject_label}"[:200], facts=told(entry), made_at=at,
                next_at=at,
            )
            for entry in asked
        ],
        ignore_conflicts=True,
    )
    EventFeed.objects.filter(channel=channel).update(cursor=cursor, at=at)
    if asked:
        news.nudge()
    return len(entries)


def told(entry: JournalEntry) -> dict[str, Any]:
    """An entry of the record book as programs read it, in the API as here."""
    return {
        "id": entry.pk, "kind": entry.kind, "subject_kind": entry.subject_kind, "subject_id": entry.subject_id,
        "subject": entry.subject_label, "actor": entry.actor, "at": entry.at.isoformat(), "reason": entry.reason,
        "data": entry.data,
    }
