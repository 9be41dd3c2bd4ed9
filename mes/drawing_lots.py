"""Drawing lots by a seed: anybody with the seed and the numbers draws the same ones again, and nobody could choose."""

import hashlib
from collections.abc import Iterable


def ticket(seed: str, number: str) -> str:
    """The place of a lot in the draw: SHA-256 of the seed, a line break and the number, in hexadecimal."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def draw(seed: str, numbers: Iterable[str], many: int) -> list[str]:
    """So many of the numbers, those with the smallest tickets, in this order; each is as likely as any other."""
    return sorted(set(numbers), key=lambda number: ticket(seed, number))[:many]


def fingerprint(numbers: Iterable[str]) -> str:
    """What stands for all the numbers: SHA-256 of them in order, one a line."""
    return hashlib.sha256("\n".join(sorted(set(numbers))).encode()).hexdigest()
