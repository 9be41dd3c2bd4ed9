"""A label as a file: SVG for the screen, PDF for any printer, PNG, and ZPL for a label printer. Pure but for fonts.

ZPL carries the label as one picture, so that every printer prints the same dots and Chinese needs no font there.
Source: Zebra Programming Guide, ^GF (graphic field) with the compression of ASCII hexadecimal data.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import typst
from PIL import Image

from plant import bitmaps
from plant.printing import FONTS, TEMPLATE
from traceability.label_layout import DOTS, Drawing, Symbol, Words

FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
FINE = 3  # PNG has so many pixels for a dot: 609 dpi
RUNS = "GHIJKLMNOPQRSTUVWXY"  # 1 to 19 times; g to z are 20 to 400 times
TWENTIES = "ghijklmnopqrstuvwxyz"
LABEL = TEMPLATE.with_name("label.typ")


def svg(drawing: Drawing) -> str:
    """The label as a drawing of its size in millimetres."""
    width, height = drawing.width, drawing.height
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / DOTS:g}mm" height="{height / DOTS:g}mm"'
        f' viewBox="0 0 {width} {height}" shape-rendering="crispEdges" role="img">',
        f"<title>{shown(drawing.title)}</title>", f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_text(words) for words in drawing.words), *(part for one in drawing.symbols for part in _rects(one)),
        "</svg>",
    ])


def _text(words: Words) -> str:
    return (
        f'<text x="{words.left}" y="{words.top + words.height * 0.78:.1f}" font-family="{FONT}"'
        f' font-size="{fitting(words.text, words.room, words.height * 0.8):.2f}"'
        f' font-weight="{700 if words.is_bold else 400}" fill="#000">{shown(words.text)}</text>'
    )


def shown(words: str) -> str:
    """Text for a drawing: nothing in it is markup, and nothing invisible."""
    return escape(visible(words))


def visible(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)


def fitting(words: str, room: float, largest: float) -> float:
    """The font size in which the words fit; a Chinese character is as wide as high, a Latin one about 0.62 of it."""
    width = sum(0.62 if char.isascii() else 1.02 for char in words) or 1
    return min(largest, room / width)


def _rects(symbol: Symbol) -> Iterator[str]:
    for y, row in enumerate(symbol.cells):
        for x, length in runs(row):
            yield (
                f'<rect x="{symbol.left + x * symbol.wide}" y="{symbol.top + y * symbol.high}"'
                f' width="{length * symbol.wide}" height="{symbol.high}" fill="#000"/>'
            )


def runs(cells: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """(start, length) of each stretch of dark cells."""
    place = 0
    for is_dark, stretch in groupby(cells, bool):
        length = len(list(stretch))
        if is_dark:
            yield place, length
        place += length


def picture(drawing: Drawing, scale: int = 1) -> Image.Image:
    """The label in black and white (1 is black), so many pixels for a dot."""
    image = Image.new("1", (drawing.width * scale, drawing.height * scale), 0)
    for one in drawing.symbols:
        for y, row in enumerate(one.cells):
            top = (one.top + y * one.high) * scale
            for x, length in runs(row):
                left = (one.left + x * one.wide) * scale
                image.paste(1, (left, top, left + length * one.wide * scale, top + one.high * scale))
    for words in drawing.words:
        if text := visible(words.text).strip():
            line = bitmaps.line(text, height=words.height * scale, room=words.room * scale)
            image.paste(line, (words.left * scale, words.top * scale))
    return image


def png(drawing: Drawing) -> bytes:
    """The label as a picture of 609 dpi."""
    image, out = picture(drawing, FINE), io.BytesIO()
    image.point(lambda dark: not dark).save(out, "PNG", dpi=(25.4 * DOTS * FINE,) * 2, optimize=True)
    return out.getvalue()


def zpl(drawing: Drawing, pieces: int = 1) -> str:
    """The label in ZPL II for 203 dpi, so many times."""
    image = picture(drawing)
    a_row, data = (image.width + 7) // 8, image.tobytes()
    rows = [data[start : start + a_row].hex().upper() for start in range(0, len(data), a_row)]
    packed = "".join(":" if index and row == rows[index - 1] else _packed(row) for index, row in enumerate(rows))
    field = f"^FO0,0^GFA,{len(data)},{len(data)},{a_row},{packed}^FS"
    return "\n".join(["^XA", f"^PW{drawing.width}", f"^LL{drawing.height}", field, f"^PQ{pieces}", "^XZ", ""])


def _packed(row: str) -> str:
    """One row of hexadecimal digits: a comma for zeros up to the end, and letters for how often a digit comes."""
    bare = row.rstrip("0")
    packed = "".join(_times(len(list(stretch))) + digit for digit, stretch in groupby(bare))
    return packed if len(bare) == len(row) else f"{packed},"


def _times(count: int) -> str:
    if count == 1:
        return ""
    twenties, ones = divmod(count, 20)
    large = TWENTIES[-1] * (twenties // 20) + (TWENTIES[twenties % 20 - 1] if twenties % 20 else "")
    return large + (RUNS[ones - 1] if ones else "")


def pdf(drawings: Sequence[Drawing], pieces: int = 1) -> bytes:
    """The labels as a PDF, one a page of its size, each so many times."""
    pages = [
        {"width": one.width / DOTS, "height": one.height / DOTS, "svg": svg(one)}
        for one in drawings for _piece in range(pieces)
    ]
    return typst.compile(
        LABEL, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"data": json.dumps(pages, ensure_ascii=False)},
        format="pdf", pdf_standards=["a-2b"],
    )
