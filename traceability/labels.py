"""Labels of lots and serials: one drawing for the screen and any printer, one text for label printers. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import barcode

from plant import bitmaps, qr

WIDTH, HEIGHT = 60.0, 40.0  # millimetres
EDGE, QR_SIDE, BAR_HEIGHT = 2.0, 20.0, 9.0
# A bar thinner than this is not read back from a thermal print at 203 dpi (one dot is 0.125 mm).
THINNEST = 0.17
QUIET = 10  # modules, GS1 General Specifications 5.4.3.1
DOTS = 8  # a millimetre at 203 dpi


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label: the number, where its QR code leads, and lines for people."""

    number: str
    url: str
    lines: tuple[str, ...] = ()


def bars(number: str) -> str:
    """The Code 128 modules of a number as ones and zeros; empty when it can't carry it or would be too fine to read."""
    if not number.isascii() or not number.isprintable():
        return ""
    modules: str = barcode.get("code128", number).build()[0]
    return modules if (WIDTH - 2 * EDGE) / (len(modules) + 2 * QUIET) >= THINNEST else ""


def svg(label: Label) -> str:
    """The label as a drawing of 60 by 40 mm."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm"'
        f' viewBox="0 0 {WIDTH:g} {HEIGHT:g}" shape-rendering="crispEdges" role="img">',
        f"<title>{shown(label.number)}</title>",
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>',
        *_texts(label),
        *_qr(label.url),
        *_code128(label.number),
        "</svg>",
    ]
    return "".join(parts)


def _texts(label: Label) -> Iterator[str]:
    """The number as large as it fits, then the lines beside the QR code."""
    room = WIDTH - 3 * EDGE - QR_SIDE
    yield words_at(EDGE, 6.0, fitting(label.number, room, 4.6), label.number, "700")
    for index, line in enumerate(label.lines[:4]):
        yield words_at(EDGE, 10.6 + index * 3.7, fitting(line, room, 2.9), line, "400")
    if bars(label.number):
        yield words_at(EDGE, HEIGHT - 1.4, fitting(label.number, WIDTH - 2 * EDGE, 2.6), label.number, "400")


def words_at(x: float, y: float, size: float, words: str, weight: str) -> str:
    font = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{font}" font-size="{size:.2f}" font-weight="{weight}"'
        f' fill="#000">{shown(words)}</text>'
    )


def shown(words: str) -> str:
    return escape("".join(char if char.isprintable() else " " for char in words))


def fitting(words: str, room: float, largest: float) -> float:
    """The font size in which the words fit; a Chinese character is as wide as high, a Latin one about 0.6 of it."""
    width = sum(0.62 if char.isascii() else 1.02 for char in words) or 1
    return min(largest, room / width)


def _qr(url: str) -> Iterator[str]:
    matrix = qr.cells(url)
    side = QR_SIDE / len(matrix)
    left, top = WIDTH - EDGE - QR_SIDE, EDGE
    for y, row in enumerate(matrix):
        for x, length in runs(row):
            yield rect(left + x * side, top + y * side, length * side, side)


def _code128(number: str) -> Iterator[str]:
    modules = bars(number)
    if not modules:
        return
    wide = (WIDTH - 2 * EDGE) / (len(modules) + 2 * QUIET)
    for x, length in runs([int(module) for module in modules]):
        yield rect(EDGE + (QUIET + x) * wide, HEIGHT - 4.2 - BAR_HEIGHT, length * wide, BAR_HEIGHT)


def runs(cells: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """(start, length) of each stretch of dark cells."""
    start, index = None, 0
    for index, cell in enumerate([*cells, 0]):
        if cell and start is None:
            start = index
        elif not cell and start is not None:
            yield start, index - start
            start = None


def rect(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x:.4f}" y="{y:.4f}" width="{width:.4f}" height="{height:.4f}" fill="#000"/>'


def zpl(label: Label) -> str:
    """The label in ZPL II for 203 dpi: text that is not ASCII as a bitmap, and every byte that is a command in hex."""
    room = dots(34)
    lines = [
        zpl_line(line, f"^FO{dots(EDGE)},{dots(9 + 3.7 * index)}", "^A0N,24,22", height=dots(3.7), room=room)
        for index, line in enumerate(label.lines[:4])
    ]
    code = [
        f"^FO{dots(EDGE)},{dots(26)}^BY2^BCN,{dots(BAR_HEIGHT)},Y,N,N^FH_^FD{code128_field(label.number)}^FS"
    ] if bars(label.number) else []
    return "\n".join([
        "^XA", "^CI28", f"^PW{dots(WIDTH)}", f"^LL{dots(HEIGHT)}",
        zpl_line(label.number, f"^FO{dots(EDGE)},{dots(EDGE)}", "^A0N,36,32", height=dots(6), room=room),
        *lines,
        f"^FO{dots(WIDTH - EDGE - QR_SIDE)},{dots(EDGE)}^BQN,2,4^FH_^FDMA,{field(label.url)}^FS",
        *code,
        "^XZ", "",
    ])


def zpl_line(words: str, at: str, font: str, *, height: int, room: int) -> str:
    """One line of text: by the printer's own font, or as a bitmap where that has no such letters."""
    if words.isascii():
        return f"{at}{font}^FB{room},1,0,L,0^FH_^FD{field(words)}^FS"
    shorn = "".join(char if char.isprintable() else " " for char in words)
    return at + bitmaps.graphic_field(bitmaps.line(shorn, height=height, room=room))


def dots(millimetres: float) -> int:
    return round(millimetres * DOTS)


def field(words: str) -> str:
    r"""Text inside ^FH_^FD…^FS: controls and what a printer takes for a command (^ ~ \ and the escape) in hex."""
    return "".join(
        "".join(f"_{byte:02X}" for byte in char.encode()) if char in r"^~\_" or not char.isprintable() else char
        for char in words
    )


def code128_field(number: str) -> str:
    """As text, and > as >0: in a Code 128 field it starts an invocation code."""
    return field(number).replace(">", ">0")
