"""Numbers of logistic units: the serial shipping container code of 18 digits, AI (00). Pure.

Source: GS1 General Specifications, 3.2 (AI 00) and 7.9.1 (check digit).
"""

from plant.gs1.checks import DIGITS

LENGTH = 18
SHORTEST_PREFIX, LONGEST_PREFIX = 4, 12


class NoRoom(ValueError):
    """A company prefix whose numbers are all given."""


def check_digit(digits: str) -> str:
    """The digit that follows these: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def capacity(prefix: str) -> int:
    """How many units a company prefix can number, all ten extension digits taken together."""
    if not (SHORTEST_PREFIX <= len(prefix) <= LONGEST_PREFIX and set(prefix) <= DIGITS):
        raise ValueError(prefix)
    return int(10 ** (LENGTH - 1 - len(prefix)))


def sscc(prefix: str, count: int) -> str:
    """The count-th number (from 0) of a company prefix; the extension digit moves on when the serials are used up."""
    if not 0 <= count < capacity(prefix):
        raise NoRoom(prefix)
    width = LENGTH - 2 - len(prefix)
    extension, serial = divmod(count, 10**width)
    body = f"{extension}{prefix}{serial:0{width}d}"
    return body + check_digit(body)
