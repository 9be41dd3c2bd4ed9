"""Work that stands still for an alarm: asked of whoever keeps the work, by registration, for quality stands below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from plant.models import Equipment


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to stand still: an operation, the station or the line of a place, and what found it not in order."""

    scope: str
    equipment: Equipment
    operation: str
    source_id: str
    reason: str
    since: datetime


Stop = Callable[[Asked, datetime], None]
_stops: list[Stop] = []


def register(stop: Stop) -> Stop:
    """Name a function that stops what is asked for, once for what was found, within the transaction that asks."""
    if stop not in _stops:
        _stops.append(stop)
    return stop


def ask(asked: Asked, at: datetime) -> None:
    """Have it stand still from now on."""
    for stop in _stops:
        stop(asked, at)
