"""What a report of a study is made of: figures, tables, limits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | float | int | None
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its unit, and what it is to be compared with."""

    label: str
    value: Cell
    unit: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words and numbers as they are; how they are written is for the screen, the sheet and the file."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Told:
    """A study in words: how it was made, what came out, what it is judged by, and what a reader must know."""

    method: str
    figures: list[Figure]
    grids: list[Grid]
    limits: str
    notes: list[str] = field(default_factory=list)


def likely(p: float | None) -> Cell:
    """A p as it is told: very small ones by their bound."""
    return p if p is None or p >= 1e-4 else "< 0.0001"
