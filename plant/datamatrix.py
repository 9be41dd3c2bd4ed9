"""Data Matrix ECC 200 symbols as rows of dark and light cells, with FNC1 for GS1 data. Pure.

Source: ISO/IEC 16022: 5.2 (ASCII encodation, FNC1, ECI), annex E (Reed-Solomon over GF(256), polynomial 301),
annex F (where each codeword lies), table 7 (sizes). Square symbols of one block, up to 174 codewords.
"""

from collections.abc import Iterator
from functools import cache

# side of the symbol → (codewords of data, of error correction, regions along a side)
SIZES = {
    10: (3, 5, 1), 12: (5, 7, 1), 14: (8, 10, 1), 16: (12, 12, 1), 18: (18, 14, 1), 20: (22, 18, 1), 22: (30, 20, 1),
    24: (36, 24, 1), 26: (44, 28, 1), 32: (62, 36, 2), 36: (86, 42, 2), 40: (114, 48, 2), 44: (144, 56, 2),
    48: (174, 68, 2),
}  # fmt: skip
PAD, PAIRS, FNC1, SHIFT, ECI = 129, 130, 232, 235, 241
UTF8 = 26 + 1  # assignment number 000026, written as one codeword
FIELD = 301
FNC1_SIGN = "\x1d"

Cells = list[list[bool]]
Spots = list[tuple[int, int]]


class TooLong(ValueError):
    """Data that no symbol of this size takes."""


def cells(text: str, *, is_gs1: bool = False) -> Cells:
    """The symbol of a text without its quiet zone; of GS1 data with FNC1 first, and for each GS. Raises TooLong."""
    data = [*([FNC1] if is_gs1 else []), *_codewords(text, is_gs1=is_gs1)]
    side = next((side for side, size in SIZES.items() if size[0] >= len(data)), None)
    if side is None:
        raise TooLong(text)
    room, corrections, regions = SIZES[side]
    filled = _padded(data, room)
    return _framed(_placed([*filled, *_corrections(filled, corrections)], side - 2 * regions), regions)


def _codewords(text: str, *, is_gs1: bool) -> Iterator[int]:
    """Two digits in one codeword, other characters in one each; what is not ASCII as UTF-8, announced by an ECI."""
    if not text.isascii():
        yield from (ECI, UTF8)
    data, place = text.encode(), 0
    while place < len(data):
        pair = data[place : place + 2]
        if len(pair) == 2 and pair.isdigit():
            yield PAIRS + int(pair)
            place += 2
            continue
        byte, place = data[place], place + 1
        if is_gs1 and chr(byte) == FNC1_SIGN:
            yield FNC1
        elif byte < 128:
            yield byte + 1
        else:
            yield from (SHIFT, byte - 127)


def _padded(data: list[int], room: int) -> list[int]:
    """Filled up: one pad, then pads that are spread by the 253-state rule."""
    filled = [*data, PAD][:room]
    while len(filled) < room:
        value = PAD + (149 * (len(filled) + 1)) % 253 + 1
        filled.append(value if value <= 254 else value - 254)
    return filled


@cache
def _powers() -> tuple[list[int], list[int]]:
    """The powers of 2 in the field, twice over, and the logarithm of each element."""
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value = value << 1 ^ (FIELD if value & 0x80 else 0)
    return powers, logs


def _product(one: int, other: int) -> int:
    powers, logs = _powers()
    return powers[logs[one] + logs[other]] if one and other else 0


@cache
def _generator(count: int) -> tuple[int, ...]:
    """The polynomial with the roots 2^1 … 2^count, highest power first, without its leading 1."""
    found = [1]
    for exponent in range(1, count + 1):
        root = _powers()[0][exponent]
        found = [high ^ _product(low, root) for high, low in zip([*found, 0], [0, *found], strict=True)]
    return tuple(found[1:])


def _corrections(data: list[int], count: int) -> list[int]:
    """The remainder of the data, as a polynomial, by the generator."""
    rest = [0] * count
    for value in data:
        lead = value ^ rest[0]
        rest = [one ^ _product(lead, factor) for one, factor in zip([*rest[1:], 0], _generator(count), strict=True)]
    return rest


def _placed(codewords: list[int], side: int) -> Cells:
    """The matrix of the data region: each codeword's eight bits where annex F puts them."""
    grid: list[list[bool | None]] = [[None] * side for _row in range(side)]
    for codeword, spots in zip(codewords, _walk(grid, side), strict=False):
        for bit, (row, column) in enumerate(spots):
            grid[row][column] = bool(codeword >> (7 - bit) & 1)
    if grid[-1][-1] is None:  # the corner that no codeword reaches
        grid[-1][-1] = grid[-2][-2] = True
    return [[bool(cell) for cell in row] for row in grid]


def _walk(grid: list[list[bool | None]], side: int) -> Iterator[Spots]:
    """Where the codewords lie, one after the other: diagonals up and down, and four corners apart."""
    row, column = 4, 0
    while row < side or column < side:
        corner = _corner(row, column, side)
        if corner:
            yield corner
        while True:
            if row < side and 0 <= column < side and grid[row][column] is None:
                yield _shape(row, column, side)
            row, column = row - 2, column + 2
            if row < 0 or column >= side:
                break
        row, column = row + 1, column + 3
        while True:
            if 0 <= row < side and column < side and grid[row][column] is None:
                yield _shape(row, column, side)
            row, column = row + 2, column - 2
            if row >= side or column < 0:
                break
        row, column = row + 3, column + 1


def _shape(row: int, column: int, side: int) -> Spots:
    """The eight cells around a place, most significant bit first; beyond the edge they come in at the other side."""
    steps = ((-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0))
    return [_wrapped(row + down, column + right, side) for down, right in steps]


def _wrapped(row: int, column: int, side: int) -> tuple[int, int]:
    if row < 0:
        row, column = row + side, column + 4 - (side + 4) % 8
    if column < 0:
        row, column = row + 4 - (side + 4) % 8, column + side
    return row, column


def _corner(row: int, column: int, side: int) -> Spots:
    """The codeword that is laid out apart at a corner; nothing elsewhere."""
    low, far = side - 1, side - 1
    if (row, column) == (side, 0):
        return [(low, 0), (low, 1), (low, 2), (0, far - 1), (0, far), (1, far), (2, far), (3, far)]
    if (row, column) == (side - 2, 0) and side % 4:
        down = [(low - 2, 0), (low - 1, 0), (low, 0)]
        if side % 8 == 4:
            return [*down, (0, far - 1), (0, far), (1, far), (2, far), (3, far)]
        return [*down, (0, far - 3), (0, far - 2), (0, far - 1), (0, far), (1, far)]
    if (row, column) == (side + 4, 2) and side % 8 == 0:
        return [(low, 0), (low, far), (0, far - 2), (0, far - 1), (0, far), (1, far - 2), (1, far - 1), (1, far)]
    return []


def _framed(grid: Cells, regions: int) -> Cells:
    """The data regions, each within its finder: dark at the left and below, dark and light above and at the right."""
    size = len(grid) // regions
    across = regions * (size + 2)

    def cell(row: int, column: int) -> bool:
        down, right = row % (size + 2), column % (size + 2)
        if right == 0 or down == size + 1:
            return True
        if down == 0:
            return right % 2 == 0
        if right == size + 1:
            return down % 2 == 1
        return grid[row // (size + 2) * size + down - 1][column // (size + 2) * size + right - 1]

    return [[cell(row, column) for column in range(across)] for row in range(across)]
