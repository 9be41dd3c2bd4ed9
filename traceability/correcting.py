"""Values that rooms above keep of a lot and that may be changed with an approval: they register how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from plant.models import Person
from traceability.models import MaterialLot


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was typed: its key, what it is called, what was entered, and when."""

    row: int
    name: str
    text: str
    at: datetime


class Apply(Protocol):
    """Writes the superseding value; refuses one that can't be."""

    def __call__(self, *, row: int, text: str, reason: str, by: Person, at: datetime) -> Any: ...


Find = Callable[[MaterialLot], list[Value]]
_sources: list[tuple[Find, Apply]] = []


def register(find: Find, apply: Apply) -> None:
    """Name who keeps values of a lot, and how one is superseded."""
    _sources.append((find, apply))


def values(lot: MaterialLot) -> list[Value]:
    """The values of a lot that may be changed."""
    return [value for find, _apply in _sources for value in find(lot)]


def apply(lot: MaterialLot, *, row: int, text: str, reason: str, by: Person, at: datetime) -> None:
    """Have a value superseded by whoever keeps it."""
    for find, change in _sources:
        if any(value.row == row for value in find(lot)):
            change(row=row, text=text, reason=reason, by=by, at=at)
            return
