"""Series of yes and no, 64 points to a machine word, and how runs are found in them.

A word array has shape (rows, words), dtype uint64; bit j of word i is point 64*i + j. Points past the end are 0.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
WORD = 64


def width(n: int) -> int:
    """Words that hold `n` points."""
    return -(-n // WORD)


def shift(words: Words, k: int) -> Words:
    """The series delayed by `k` points, 0 <= k < 64: bit j becomes what bit j-k was."""
    if k == 0:
        return words
    out = words << np.uint64(k)
    carry = words >> np.uint64(WORD - k)
    carry[:, -1] = 0  # nothing runs on into the next row
    out.reshape(-1)[1:] |= carry.reshape(-1)[:-1]
    return out


def run(words: Words, k: int) -> Words:
    """Points at which the last `k` points were all yes, 1 <= k <= 64; by doubling, so log2(k) steps."""
    length = 1
    while length < k:
        step = min(length, k - length)
        words = words & shift(words, step)
        length += step
    return words


def at_least(words: Words, k: int, m: int, known: Words | None = None) -> Words:
    """Points that are yes and have `k` yes among the last `m`; where `known` is given, none before a gap counts."""
    seen: list[Words] = []  # seen[i]: more than i yes among the earlier points looked at so far
    for back in range(1, m if k > 1 else 1):
        hit = shift(words, back)
        if known is not None:
            hit &= run(known, back + 1)
        older = [hit, *(have & hit for have in seen)][: k - 1]
        seen = [a | b for a, b in zip(seen, older, strict=False)] + older[len(seen) :]
    return words & seen[k - 2] if k > 1 else words


def scatter(words: Words, bit: int, out: NDArray[np.uint32]) -> None:
    """Set `bit` in `out`, shape (rows, 64 * words), at the points that are yes; words without any cost nothing."""
    where = np.flatnonzero(words)
    if where.size:
        some = np.ascontiguousarray(words.reshape(-1)[where]).view(np.uint8)
        points = np.unpackbits(some, bitorder="little").reshape(-1, WORD)
        out.reshape(-1, WORD)[where] |= points.astype(np.uint32) << np.uint32(bit)
