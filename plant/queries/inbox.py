"""What waits for somebody, from every room that has something for them, and what of it they have seen."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from plant import inbox, policies
from plant.models import InboxMark, Notice, NoticeKind, Person
from plant.queries import deputies

MOST_NOTICES = 50
GROUP_OF = {NoticeKind.MENTION: "mention", NoticeKind.ESCALATION: "escalation", NoticeKind.SIGNATURE: "signature"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that waits, as its reader left it."""

    item: inbox.Item
    is_read: bool
    is_late: bool
    snoozed_until: datetime | None

    @property
    def is_new(self) -> bool:
        """Counts at the bell: neither seen nor put away."""
        return not self.is_read and self.snoozed_until is None


def entries(person: Person, at: datetime) -> list[Entry]:
    """Everything that waits for a person, the most pressing first, with their own marks."""
    if not policies.may(person, "inbox.view"):
        return []
    marks = {mark.key: mark for mark in InboxMark.objects.filter(person=person)}
    return [_entry(item, marks.get(item.key), at) for item in inbox.gather(person, deputies.away(person, at))]


def _entry(item: inbox.Item, mark: InboxMark | None, at: datetime) -> Entry:
    is_late = item.due_at is not None and item.due_at < at
    until = mark.snoozed_until if mark else None
    is_away = until is not None and until > at and not is_late
    return Entry(item, bool(mark and mark.read_at), is_late, until if is_away else None)


def waiting_for(person: Person) -> list[inbox.Item]:
    """What waits for a person and was not put away for later."""
    return [entry.item for entry in entries(person, timezone.now()) if entry.snoozed_until is None]


def count(person: Person) -> int:
    """How many things wait that the person has not seen, for the bell."""
    return sum(entry.is_new for entry in entries(person, timezone.now()))


def notices(person: Person) -> list[inbox.Item]:
    """What a person was told and has not read."""
    rows = Notice.objects.filter(person=person, read_at__isnull=True).select_related("by")[:MOST_NOTICES]
    return [
        inbox.Item(
            row.title, row.url, row.get_kind_display(), detail=str(row.by),
            group=GROUP_OF.get(NoticeKind(row.kind), "task"), mark=f"notice-{row.pk}",
        )
        for row in rows
    ]


inbox.register(notices)
