"""What waits for somebody: a room registers what it has for a person to do."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.models import Person

# What kinds of things wait, with their icon.
GROUPS: dict[str, tuple[Any, str]] = {
    "alarm": (_("Alarms"), "bell-ringing"),
    "task": (_("Tasks"), "checkbox"),
    "signature": (_("Signatures"), "signature"),
    "mention": (_("Mentions"), "at"),
    "escalation": (_("Escalations"), "arrow-big-up-lines"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, and until when."""

    title: str
    url: str
    kind: Any = ""
    state: Any = ""
    due_at: datetime | None = None
    detail: str = ""
    group: str = "task"
    mark: str = ""

    @property
    def key(self) -> str:
        """The same for as long as it waits in the same state: by it a person marks it as seen."""
        if self.mark:
            return self.mark
        text = "\n".join((self.url, self.title, str(getattr(self.state, "value", self.state))))
        return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()

    @property
    def icon(self) -> str:
        return GROUPS.get(self.group, GROUPS["task"])[1]


_FOR = _("for %(person)s %(detail)s")
Source = Callable[[Person], list[Item]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room's list of what waits for a person."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def gather(person: Person, away: Iterable[Person] = ()) -> list[Item]:
    """Everything that waits for a person, and for those whom they stand in for, the most pressing first.

    What has no due time comes last. A signature is everybody's own, so only the others' tasks are shown.
    """
    items = [item for source in _SOURCES for item in source(person)]
    known = {item.url for item in items}
    for absent in away:
        theirs = [item for source in _SOURCES for item in source(absent)]
        items += [
            replace(item, detail=str(_FOR % {"person": absent, "detail": item.detail}).strip()) for item in theirs
            if item.group in ("task", "alarm") and item.url not in known
        ]
    return sorted(items, key=lambda item: (item.due_at is None, item.due_at.timestamp() if item.due_at else 0))
