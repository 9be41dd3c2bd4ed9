"""Where everything stands on a label: measured in dots of a 203 dpi printer, the same for every form. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from plant import symbols
from plant.datamatrix import Cells

DOTS = 8  # a millimetre at 203 dpi
EDGE = 2 * DOTS
# A bar or cell of one dot is not read back from a thermal print; of more than a millimetre no scanner needs it.
THINNEST, WIDEST, LARGEST_CELL = 2, 4, 8
# GS1 General Specifications 5.12.3.4: bars of a logistic label are at least 31.75 mm high, where there is room.
TALL, TALL_BARS, LEAST_BARS = 70, 32 * DOTS, 9 * DOTS
CAPTION = 4 * DOTS
FIRST, SMALLEST_LINE = 1.4, 14  # the first line is larger; a line lower than this is not read by people
LINE_SHARE = 11  # lines in the height of a label, at most as large as this makes them


class NoRoom(ValueError):
    """A symbol or text that does not fit on a label of this size."""


@dataclass(frozen=True, slots=True)
class Look:
    """The form of a label: millimetres, its symbol, and a second one that is left away where it does not fit."""

    width: int
    height: int
    symbology: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on a label: its lines, the first one large, and for each symbology the data and how it is read."""

    title: str
    lines: Sequence[str]
    data: dict[str, str]
    captions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text within its box."""

    text: str
    left: int
    top: int
    height: int
    room: int
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol: its cells, how wide and high one of them is, and where its first one lies."""

    cells: Cells
    left: int
    top: int
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A label, ready for any form."""

    title: str
    width: int
    height: int
    words: tuple[Words, ...]
    symbols: tuple[Symbol, ...]
    data: dict[str, str]


def lay_out(look: Look, said: Said) -> Drawing:
    """Bars below, a matrix at the upper right, text in what is left. Raises NoRoom and symbols.NotCarried."""
    width, height = look.width * DOTS, look.height * DOTS
    floor, right = height - EDGE, width - EDGE
    placed: list[Symbol] = []
    words: list[Words] = []
    data: dict[str, str] = {}
    for symbology in sorted(filter(None, (look.symbology, look.beside)), key=lambda one: one not in symbols.LINEAR):
        try:
            cells = symbols.cells(symbology, said.data[symbology])
            box = (EDGE, EDGE, right, floor)
            symbol = _bars(cells, box, look) if symbology in symbols.LINEAR else _matrix(symbology, cells, box)
        except (NoRoom, symbols.NotCarried):
            if symbology == look.symbology:
                raise
            continue
        placed.append(symbol)
        data[symbology] = said.data[symbology]
        if symbology in symbols.LINEAR:
            words.append(Words(said.captions[symbology], EDGE, floor - CAPTION, CAPTION, width - 2 * EDGE))
            floor = symbol.top - EDGE
        else:
            right = symbol.left - max(EDGE, symbols.QUIET[symbology] * symbol.wide)
    spelt = [said.captions[one] for one in data if one == symbols.GS1_DATAMATRIX]
    words += _lines([*said.lines, *spelt], right - EDGE, floor - EDGE, height)
    return Drawing(said.title, width, height, tuple(words), tuple(placed), data)


def _bars(cells: Cells, box: tuple[int, int, int, int], look: Look) -> Symbol:
    """As wide as the label allows, in the middle; its quiet zones reach to the very edge."""
    _left, top, _right, floor = box
    width = look.width * DOTS
    wide = min(width // (len(cells[0]) + 2 * symbols.QUIET[symbols.CODE128]), WIDEST)
    high = TALL_BARS if look.height >= TALL else max(LEAST_BARS, (floor - top) // 4)
    if wide < THINNEST or high + CAPTION > floor - top:
        raise NoRoom
    return Symbol(cells, (width - len(cells[0]) * wide) // 2, floor - CAPTION - high, wide, high)


def _matrix(symbology: str, cells: Cells, box: tuple[int, int, int, int]) -> Symbol:
    """At the upper right, at most half as wide as the label and as high as there is room."""
    left, top, right, floor = box
    space, quiet = min(floor - top, (right - left) // 2), symbols.QUIET[symbology]
    for cell in range(LARGEST_CELL, THINNEST - 1, -1):
        inset = max(quiet * cell - EDGE, 0)  # the edge of the label is light already
        if inset + len(cells) * cell <= space:
            return Symbol(cells, right - inset - len(cells) * cell, top + inset, cell, cell)
    raise NoRoom


def _lines(lines: Sequence[str], room: int, space: int, height: int) -> list[Words]:
    """The lines one under the other; the first is larger, all become smaller when they are many."""
    if not lines:
        return []
    line = min(int(space / (len(lines) - 1 + FIRST)), max(height // LINE_SHARE, SMALLEST_LINE))
    if line < SMALLEST_LINE:
        raise NoRoom
    first = int(line * FIRST)
    tops = [EDGE, *(EDGE + first + line * index for index in range(len(lines) - 1))]
    return [
        Words(text, EDGE, top, first if index == 0 else line, room, is_bold=index == 0)
        for index, (text, top) in enumerate(zip(lines, tops, strict=True))
    ]
