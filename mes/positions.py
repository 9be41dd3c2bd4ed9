"""Where parts sit in a serial: the positions of the drawing, taken one after the other as parts go in.

A part that replaces another one sits where that one sat; a position whose part came out without another one is free
again, and the next part goes there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Fitted:
    """A part that went into a serial, and when it came out again."""

    key: int
    quantity: Decimal
    at: datetime
    out_at: datetime | None = None
    replaces: int | None = None


def names(text: str) -> tuple[str, ...]:
    """The positions as they stand in a line of a bill."""
    return tuple(name for part in text.replace("，", ",").split(",") if (name := part.strip()))


def of_parts(places: Sequence[str], parts: Iterable[Fitted]) -> dict[int, tuple[str, ...]]:
    """Part → where it sits, or sat. Amounts that are no whole number of pieces have no position."""
    found: dict[int, tuple[str, ...]] = {}
    for part in sorted(parts, key=lambda one: (one.at, one.key)):
        if part.replaces in found:
            found[part.key] = found[part.replaces]
        else:
            free = left(places, found, parts, part.at)
            found[part.key] = tuple(free[:int(part.quantity)]) if part.quantity == int(part.quantity) else ()
    return found


def left(
    places: Sequence[str], found: dict[int, tuple[str, ...]], parts: Iterable[Fitted], at: datetime
) -> list[str]:
    """The positions that no part fills at a moment, as far as it is known where parts sit."""
    filled = {
        name for part in parts if part.out_at is None or part.out_at > at for name in found.get(part.key, ())
    }
    return [name for name in places if name not in filled]
