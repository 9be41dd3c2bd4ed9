"""Which readings may not be dropped yet: rooms above name what they still need, by registration."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Needed(NamedTuple):
    """What the instruments around a machine read from one moment to another, or until now."""

    equipment_id: int
    from_at: datetime
    to_at: datetime | None


Source = Callable[[], Iterable[Needed]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Name a function that tells what is needed."""
    if source not in _sources:
        _sources.append(source)
    return source


def everything() -> list[Needed]:
    """What all rooms together need."""
    return [needed for source in _sources for needed in source()]
