"""The kinds of gauge studies: how large each may be, what it needs, and the order in which it is measured. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = tuple[int, str, int]  # part, appraiser, trial
Span = tuple[int, int]

MOST_CELLS = 5000
LARGEST_SEED = 2**53 - 1  # what a browser and a spreadsheet keep whole
UNCERTAINTIES = ("calibration", "resolution", "bias", "evr", "linearity", "stability", "object", "temperature", "rest")


@dataclass(frozen=True, slots=True)
class Kind:
    """Least and most of each size, what is written down, and the settings with their usual values.

    rated  a word is written down, not a number; drawn: the order is random; tolerance: both limits are needed
    references  each part has a known value; own_parts: every appraiser has parts of their own
    """

    parts: Span
    appraisers: Span
    trials: Span
    usual: tuple[int, int]  # parts and trials to begin with
    settings: dict[str, Any] = field(default_factory=dict)
    rated: bool = False
    drawn: bool = True
    tolerance: bool = False
    references: bool = False
    own_parts: bool = False


MANY, ONE = (1, 10), (1, 1)
KINDS: dict[str, Kind] = {
    "crossed": Kind((2, 50), MANY, (2, 10), (10, 3), {"alpha": 0.05}),
    "nested": Kind((2, 50), MANY, (2, 10), (5, 2), own_parts=True),
    "attribute": Kind((2, 200), (1, 10), (1, 10), (50, 3), {"ratings": ["OK", "NG"]}, rated=True),
    "bias": Kind(ONE, ONE, (2, 300), (1, 15), {"alpha": 0.05}, drawn=False, references=True),
    "linearity": Kind((2, 20), ONE, (2, 50), (5, 12), {"alpha": 0.05}, references=True),
    "stability": Kind(ONE, ONE, (5, 300), (1, 100), {"subgroup": 5}, drawn=False),
    "type-1": Kind(
        ONE, ONE, (10, 300), (1, 50), {"percent": 20.0, "multiple": 6.0, "least": 1.33}, drawn=False, tolerance=True,
        references=True,
    ),
    "iso22514-7": Kind(
        (2, 50), MANY, (2, 10), (10, 3), {"alpha": 0.05, **dict.fromkeys(UNCERTAINTIES, 0.0)}, tolerance=True
    ),
}  # fmt: skip


def count(kind: str, parts: int, appraisers: int, trials: int) -> int:
    """How many measurements a study of this size asks for."""
    return parts * appraisers * trials


def pieces(kind: str, parts: int, appraisers: int) -> int:
    """How many parts there are on the table: where parts are nested, so many for each appraiser."""
    return parts * appraisers if KINDS[kind].own_parts else parts


def order(kind: str, parts: int, appraisers: Sequence[str], trials: int, seed: int) -> list[Cell]:
    """Every cell once: trial by trial, appraiser by appraiser, the parts shuffled (AIAG MSA 4th ed., ch. III-B).

    The same seed gives the same order. A linearity study is shuffled as a whole; where one part is measured again and
    again there is nothing to shuffle.
    """
    lot = random.Random(seed)
    if kind == "linearity":
        cells = [(part, appraisers[0], trial) for part in range(1, parts + 1) for trial in range(1, trials + 1)]
        lot.shuffle(cells)
        return _by_turn(cells)
    return [
        (part, who, trial)
        for trial in range(1, trials + 1)
        for place, who in enumerate(appraisers)
        for part in lot.sample(_own(kind, parts, place), parts)
    ]


def _own(kind: str, parts: int, place: int) -> range:
    first = place * parts if KINDS[kind].own_parts else 0
    return range(first + 1, first + parts + 1)


def _by_turn(cells: Sequence[Cell]) -> list[Cell]:
    """Number the trials of each part as they come."""
    seen: dict[int, int] = {}
    told = []
    for part, who, _trial in cells:
        seen[part] = seen.get(part, 0) + 1
        told.append((part, who, seen[part]))
    return told
