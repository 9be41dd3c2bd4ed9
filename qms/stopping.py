"""Work that stands still for an alarm or by order: asked of whoever keeps the work, for quality stands below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from plant.models import Equipment, Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to stand still: an operation, the station or the line of a place, and what found it not in order.

    source_kind, by    what orders it, where it is no alarm: a nonconformance (CASE) or a CAPA, and by whom
    """

    scope: str
    equipment: Equipment
    operation: str
    source_id: str
    reason: str
    since: datetime
    source_kind: str = "VIOLATION"
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Something that stands still, or did, for a nonconformance or a CAPA."""

    label: str
    url: str
    state: str
    word: str
    at: datetime


Stop = Callable[[Asked, datetime], None]
Tell = Callable[[str, str], list[Stopped]]
_stops: list[Stop] = []
_tellers: list[Tell] = []


def register(stop: Stop) -> Stop:
    """Name a function that stops what is asked for, once for what was found, within the transaction that asks."""
    if stop not in _stops:
        _stops.append(stop)
    return stop


def register_teller(tell: Tell) -> Tell:
    """Name a function that tells what was stopped for a kind of thing (CASE, CAPA) with this number."""
    if tell not in _tellers:
        _tellers.append(tell)
    return tell


def ask(asked: Asked, at: datetime) -> bool:
    """Have it stand still from now on; whether there is anybody who can."""
    for stop in _stops:
        stop(asked, at)
    return bool(_stops)


def of(source_kind: str, source_id: str) -> list[Stopped]:
    """What was stopped for it."""
    return [one for tell in _tellers for one in tell(source_kind, source_id)]
