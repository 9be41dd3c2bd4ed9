"""Which lots' lives are over: rooms above name what they know to have ended, so that dossiers can be put away."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

# The next moment after the first one (None: from the beginning), up to the second, at which something ended, with lots.
Next = Callable[[datetime | None, datetime], tuple[datetime, list[int]] | None]
Over = Callable[[Collection[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What one room knows: when something ended for which lots, and which of some lots are over for it."""

    following: Next
    over: Over


ENDINGS: list[Ending] = []


def register(following: Next, over: Over) -> None:
    """Name what ends lots' lives beside that nothing is left of them."""
    ENDINGS.append(Ending(following, over))


def following(since: datetime | None, until: datetime) -> tuple[datetime, list[int]] | None:
    """The next moment of all rooms at which something ended."""
    found = [one for ending in ENDINGS if (one := ending.following(since, until)) is not None]
    if not found:
        return None
    first = min(at for at, _lots in found)
    return first, sorted({lot for at, lots in found if at == first for lot in lots})


def over(lot_ids: Collection[int]) -> set[int]:
    """Those of some lots that some room says are over."""
    return set().union(*(ending.over(lot_ids) for ending in ENDINGS))
