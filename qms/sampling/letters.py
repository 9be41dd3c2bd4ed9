"""Sample size code letters: ISO 2859-1:1999, Table 1 (= GB/T 2828.1-2012, Table 1 = MIL-STD-105E, Table I)."""

from bisect import bisect_left

LETTERS = "ABCDEFGHJKLMNPQR"
BEYOND = "S"  # one plan of tightened inspection is larger than letter R
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
SMALLEST_LOT, LARGEST_LOT = 2, 1_000_000_000
# The largest lot of each row but the last, which has no end.
LARGEST = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
ROWS = (
    "AAAAAAB", "AAAAABC", "AABBBCD", "ABBCCDE", "BBCCCEF", "BBCDDFG", "BCDEEGH", "BCDEFHJ", "CCEFGJK", "CDEGHKL",
    "CDFGJLM", "CDFHKMN", "DEGJLNP", "DEGJMPQ", "DEHKNQR",
)  # fmt: skip


def code_letter(lot: int, level: str = "II") -> str:
    """The letter of a lot of `lot` items at an inspection level; ValueError outside 2 to a billion items."""
    if level not in LEVELS:
        raise ValueError(f"There is no inspection level {level!r}; choose one of {', '.join(LEVELS)}.")
    if lot < SMALLEST_LOT:
        raise ValueError(f"A lot of {lot} is too small to be sampled; the tables begin at {SMALLEST_LOT} items.")
    if lot > LARGEST_LOT:
        raise ValueError(f"A lot of {lot} is larger than a billion items; divide it.")
    return ROWS[bisect_left(LARGEST, lot)][LEVELS.index(level)]


def row_of(lot: int) -> tuple[int, int | None]:
    """The smallest and the largest lot of the row of Table 1 in which `lot` stands; no end is None."""
    at = bisect_left(LARGEST, lot)
    first = LARGEST[at - 1] + 1 if at else SMALLEST_LOT
    return first, LARGEST[at] if at < len(LARGEST) else None
