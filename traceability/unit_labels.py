"""The logistic label of a carton or pallet: its SSCC as GS1-128, and lines for people. Pure.

Sizes: GS1 General Specifications 5.12.3.4 (module 0.495 mm nominal, bars at least 31.75 mm high), 6 (logistic label).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import barcode

from plant.gs1.elements import with_brackets, written
from traceability.labels import QUIET, dots, fitting, rect, runs, shown, words_at, zpl_line

WIDTH, HEIGHT = 105.0, 74.0  # millimetres, A7 across
EDGE, TOP, MODULE, BAR_HEIGHT = 4.0, 32.0, 0.5, 32.0
LINE = 6.0
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """What stands on the label: the SSCC, the heading, and lines for people."""

    number: str
    heading: str
    lines: tuple[str, ...] = ()

    @property
    def elements(self) -> dict[str, str]:
        return {"00": self.number}


def modules(elements: dict[str, str]) -> str:
    """The bars of a GS1-128 symbol as ones and zeros: FNC1, then the element string."""
    built: str = barcode.get("gs1_128", written(elements)).build()[0]
    return built


def svg(label: UnitLabel) -> str:
    """The label as a drawing."""
    size = f'width="{WIDTH:g}mm" height="{HEIGHT:g}mm" viewBox="0 0 {WIDTH:g} {HEIGHT:g}"'
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} shape-rendering="crispEdges" role="img">',
        f"<title>{shown(label.number)}</title>",
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>',
        *_texts(label),
        *_bars(label),
        "</svg>",
    ])


def _texts(label: UnitLabel) -> Iterator[str]:
    room = WIDTH - 2 * EDGE
    yield words_at(EDGE, 9.0, fitting(label.heading, room, 6.0), label.heading, "700")
    for index, line in enumerate(label.lines[:MOST_LINES]):
        yield words_at(EDGE, 16.0 + index * LINE, fitting(line, room, 4.6), line, "400")
    told = with_brackets(label.elements)
    yield words_at(EDGE + QUIET * MODULE, HEIGHT - 3.5, fitting(told, room, 5.0), told, "400")


def _bars(label: UnitLabel) -> Iterator[str]:
    for start, length in runs([int(module) for module in modules(label.elements)]):
        yield rect(EDGE + (QUIET + start) * MODULE, TOP, length * MODULE, BAR_HEIGHT)


def zpl(label: UnitLabel) -> str:
    """The label in ZPL II for 203 dpi; what is not ASCII goes as a bitmap, and the bars start with code C and FNC1."""
    texts = [(label.heading, 3.0, 6.0), *((line, 11.0 + index * LINE, LINE) for index, line in
                                          enumerate(label.lines[:MOST_LINES]))]
    return "\n".join([
        "^XA", "^CI28", f"^PW{dots(WIDTH)}", f"^LL{dots(HEIGHT)}",
        *(_line(words, top, height) for words, top, height in texts if words),
        f"^FO{dots(EDGE + QUIET * MODULE)},{dots(TOP)}^BY{dots(MODULE)}"
        f"^BCN,{dots(BAR_HEIGHT)},N,N,N^FD>;>8{written(label.elements)}^FS",
        _line(with_brackets(label.elements), HEIGHT - 8.5, 5.0),
        "^XZ", "",
    ])


def _line(words: str, top: float, height: float) -> str:
    at = f"^FO{dots(EDGE)},{dots(top)}"
    return zpl_line(words, at, f"^A0N,{dots(height * 0.7)},0", height=dots(height), room=dots(WIDTH - 2 * EDGE))
