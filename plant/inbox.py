"""What waits for somebody: a room registers what it has for a person to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plant.models import Person


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, and until when."""

    title: str
    url: str
    kind: Any = ""
    state: Any = ""
    due_at: datetime | None = None
    detail: str = ""


Source = Callable[[Person], list[Item]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room's list of what waits for a person."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def gather(person: Person) -> list[Item]:
    """Everything that waits for a person, the most pressing first; what has no due time comes last."""
    items = [item for source in _SOURCES for item in source(person)]
    return sorted(items, key=lambda item: (item.due_at is None, item.due_at.timestamp() if item.due_at else 0))
