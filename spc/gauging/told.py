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

    @property
    def short(self) -> Cell:
        """The value in the four digits that a screen has room for."""
        return rounded(self.value, 4)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words and numbers as they are; how they are written is for the screen, the sheet and the file."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def short(self) -> list[list[Cell]]:
        """The rows in the five digits that a screen has room for."""
        return [[rounded(cell, 5) for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Told:
    """A study in words: how it was made, what came out, what it is judged by, and what a reader must know."""

    method: str
    figures: list[Figure]
    grids: list[Grid]
    limits: str
    notes: list[str] = field(default_factory=list)


def rounded(value: Cell, digits: int) -> Cell:
    """A number in so many digits; words as they are."""
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def likely(p: float | None) -> Cell:
    """A p as it is told: very small ones by their bound."""
    return p if p is None or p >= 1e-4 else "< 0.0001"
