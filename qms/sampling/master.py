"""The master tables of single sampling, worked out from the law by which they are printed, arrows followed.

ISO 2859-1:1999, Tables 2-A to 2-C (= GB/T 2828.1-2012), and MIL-STD-105E (= ANSI/ASQ Z1.4), Tables II-A to II-C.
Both step letters and AQLs by the fifth root of ten, so that an acceptance number lies on a diagonal: it depends on the
sum of the position of the letter (A is 0) and that of the AQL (0.010 is 0). Where a diagonal carries no plan an arrow
points to the next plan up or down its column, and changes letter and sample size with it.
"""

from functools import cache
from typing import Literal, NamedTuple

from qms.sampling.letters import BEYOND, LETTERS

Standard = Literal["iso2859-1", "mil-std-105e"]
Severity = Literal["normal", "tightened", "reduced"]

AQLS = (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0",
    "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000",
)  # fmt: skip
STANDARDS: tuple[Standard, ...] = ("iso2859-1", "mil-std-105e")
SEVERITIES: tuple[Severity, ...] = ("normal", "tightened", "reduced")

_FULL = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_SMALL = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)
_SMALLER_LETTERS = LETTERS.index("E")  # only A to E carry the two last diagonals, whose acceptance numbers pass 21
_LAST_OF_ALL = 24
_UP = 15  # the diagonal right of acceptance number 0, normal and reduced, points to that plan, which stands above

Numbers = tuple[int, int]  # acceptance and rejection number
Diagonals = dict[int, Numbers]


class Cell(NamedTuple):
    """The plan that a letter and an AQL lead to: accept up to `ac` faults among `n`, reject from `re`."""

    letter: str
    n: int
    ac: int
    re: int


def _on(first: int, *numbers: int) -> Diagonals:
    """Acceptance numbers on consecutive diagonals; the rejection number is one more."""
    return {first + i: (ac, ac + 1) for i, ac in enumerate(numbers)}


_NORMAL = {**_on(14, 0), **_on(17, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44)}
_TIGHTENED = {**_on(15, 0), **_on(18, 1, 2, 3, 5, 8, 12, 18, 27, 41)}
_REDUCED = {**_on(14, 0), **_on(18, 1, 2, 3, 5, 6, 8, 10, 14, 21)}
# Between acceptance and rejection number lies the gap: the lot is accepted, and inspection returns to normal.
_REDUCED_GAP: Diagonals = {
    14: (0, 1), 17: (0, 2), 18: (1, 3), 19: (1, 4), 20: (2, 5), 21: (3, 6), 22: (5, 8), 23: (7, 10), 24: (10, 13),
    25: (14, 17), 26: (21, 24),
}  # fmt: skip
_LAWS: dict[tuple[Standard, Severity], Diagonals] = {
    ("iso2859-1", "normal"): _NORMAL,
    ("iso2859-1", "tightened"): _TIGHTENED,
    ("iso2859-1", "reduced"): _REDUCED,
    ("mil-std-105e", "normal"): _NORMAL,
    ("mil-std-105e", "tightened"): _TIGHTENED,
    ("mil-std-105e", "reduced"): _REDUCED_GAP,
}
# A sample of 2 can't be halved: reduced inspection at letters A and B has the numbers that normal has at A.
_OF_TWO = (1, 2, 3, 5, 7, 10, 14, 21, 30)
_FROM = AQLS.index("25")
_GAPS_OF_B = {16: (0, 2), 17: (1, 3), 18: (2, 4), 19: (3, 5)}


@cache
def cell(standard: Standard, severity: Severity, letter: str, aql: str) -> Cell:
    """The plan of code letter A to R at an AQL written as in the table; ValueError for words that it does not have."""
    if (standard, severity) not in _LAWS or letter not in LETTERS or aql not in AQLS:
        raise ValueError(f"The tables have no cell for {standard}, {severity}, letter {letter!r}, AQL {aql!r}.")
    row, column = LETTERS.index(letter), AQLS.index(aql)
    found = _follow(standard, severity, row, column)
    ac, re = _printed(standard, severity, found, column) or (0, 0)
    return Cell((LETTERS + BEYOND)[found], sizes(severity)[found], ac, re)


def sizes(severity: Severity) -> tuple[int, ...]:
    """The sample sizes of the letters, A first; reduced inspection has its own."""
    return _SMALL if severity == "reduced" else _FULL


def position(aql: str) -> int:
    """The column of an AQL written as in the table."""
    return AQLS.index(aql)


def _follow(standard: Standard, severity: Severity, row: int, column: int) -> int:
    """The row of the plan to which the arrows lead; one that leads out of the table leads back."""
    rows = [r for r in range(len(LETTERS) + 1) if _printed(standard, severity, r, column)]
    if row in rows:
        return row
    above, below = [r for r in rows if r < row], [r for r in rows if r > row]
    is_up = _points_up(severity, row, row + column)
    return (above[-1] if above else below[0]) if is_up or not below else below[0]


def _points_up(severity: Severity, row: int, diagonal: int) -> bool:
    if severity != "tightened" and diagonal == _UP:
        return True
    return diagonal > (_LAST_OF_ALL if row > _SMALLER_LETTERS else 26)


def _printed(standard: Standard, severity: Severity, row: int, column: int) -> Numbers | None:
    """The numbers that stand in a cell; None where an arrow stands, and in the row of letter S but for its one plan."""
    diagonal = row + column
    if row == len(LETTERS):
        return _LAWS[standard, severity][diagonal] if (severity, column) == ("tightened", AQLS.index("0.025")) else None
    if severity == "reduced" and row < LETTERS.index("C") and (own := _of_two(standard, row, column)):
        return own
    if diagonal > _LAST_OF_ALL and row > _SMALLER_LETTERS:
        return None
    return _LAWS[standard, severity].get(diagonal)


def _of_two(standard: Standard, row: int, column: int) -> Numbers | None:
    if standard == "mil-std-105e" and row == LETTERS.index("B") and column in _GAPS_OF_B:
        return _GAPS_OF_B[column]
    return (_OF_TWO[column - _FROM], _OF_TWO[column - _FROM] + 1) if column >= _FROM else None
