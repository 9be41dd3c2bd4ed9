"""When a check of an operation is due, from what happened at its station. Pure.

Each occasion has a key that names the event itself, so that noticing it twice changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

FIRST_PIECE, PIECES, MINUTES, TOOL, JOB, SHIFT, DOWNTIME = (
    "FIRST_PIECE", "PIECES", "MINUTES", "TOOL", "JOB", "SHIFT", "DOWNTIME"
)


class Event(NamedTuple):
    """Something that happened at a station: its number, when, and in words or minutes what."""

    id: int
    at: datetime
    detail: str = ""
    minutes: float = 0


class Occasion(NamedTuple):
    """What makes a check due; the detail is a number, a moment or a name."""

    key: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened of an operation of a work order at a station.

    first_at        when its first part came here; None: none has
    is_working      whether one is here now
    pieces          reported here so far, good and bad
    turn            the last time that the order took the station (its first part, or the first after another order's)
    shift_at        when the present shift began
    tool, restart   the last tool change, and the last time the machine ran again, that no other order met before
    """

    first_at: datetime | None
    is_working: bool = False
    pieces: Decimal = Decimal(0)
    turn: Event | None = None
    shift_at: datetime | None = None
    tool: Event | None = None
    restart: Event | None = None


def occasion(trigger: str, every: int | None, facts: Facts, *, checked_at: datetime | None, at: datetime) -> (
    Occasion | None
):
    """Why a check is due, if it is; `checked_at` is when it was carried out last."""
    if facts.first_at is None:
        return None
    if trigger == FIRST_PIECE:
        return Occasion("first")
    if trigger == PIECES:
        return _pieces(facts.pieces, every or 1)
    if trigger == MINUTES:
        return _minutes(checked_at or facts.first_at, every or 1, facts, at)
    if trigger == SHIFT:
        return _shift(facts, at)
    event = {TOOL: facts.tool, JOB: facts.turn, DOWNTIME: facts.restart}[trigger]
    if event is None or event.minutes < (every or 0):
        return None
    return Occasion(f"{trigger.lower()}:{event.id}", event.detail)


def _pieces(pieces: Decimal, every: int) -> Occasion | None:
    reached = int(pieces // every) * every
    return Occasion(f"pieces:{reached}", str(reached)) if reached else None


def _minutes(base: datetime, every: int, facts: Facts, at: datetime) -> Occasion | None:
    if not facts.is_working or at - base < timedelta(minutes=every):
        return None
    return Occasion(f"minutes:{base.isoformat()}", str(every))


def _shift(facts: Facts, at: datetime) -> Occasion | None:
    began = facts.shift_at
    if not facts.is_working or began is None or facts.first_at is None or not facts.first_at < began <= at:
        return None
    return Occasion(f"shift:{began.isoformat()}", began.isoformat())
