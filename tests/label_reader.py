"""Labels seen by a foreign decoder, in each of their forms."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import typst
import zxingcpp
from PIL import Image

from plant.printing import FONTS
from traceability import label_files
from traceability.label_files import RUNS, TWENTIES
from traceability.label_layout import Drawing

FINE = 3
RECT = "{http://www.w3.org/2000/svg}rect"


def seen(picture: np.ndarray) -> dict[str, str]:
    """What a reader finds: symbology identifier → text, GS where the symbol separates."""
    found = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    return {one.symbology_identifier: one.text for one in found}


def of_svg(text: str) -> np.ndarray:
    """The rectangles of a drawing as grey pixels."""
    root = ET.fromstring(text)
    _left, _top, width, height = (int(part) for part in root.get("viewBox").split())
    image = np.full((height * FINE, width * FINE), 255, np.uint8)
    for one in list(root.iter(RECT))[1:]:
        x, y, wide, high = (int(one.get(name)) * FINE for name in ("x", "y", "width", "height"))
        image[y : y + high, x : x + wide] = 0
    return image


def of_png(data: bytes) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(data)).convert("L"))


def of_pdf(drawing: Drawing, monkeypatch) -> np.ndarray:
    """The page of the PDF as the typesetter draws it, as pixels."""
    asked = {}
    monkeypatch.setattr(label_files.typst, "compile", lambda *words, **more: asked.update(more, words=words) or b"")
    label_files.pdf([drawing])
    monkeypatch.undo()
    (template,), inputs = asked["words"], asked["sys_inputs"]
    drawn = typst.compile(
        template, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs=inputs, format="png", ppi=25.4 * 8 * FINE
    )
    return of_png(drawn)


def of_zpl(text: str) -> np.ndarray:
    """The picture that a label printer makes of ^GFA with its compression."""
    total, a_row, data = re.search(r"\^GFA,\d+,(\d+),(\d+),([^^]*)\^FS", text).groups()
    rows = unpacked(data, int(a_row) * 2)
    assert len(rows) * int(a_row) == int(total)
    bits = np.unpackbits(np.frombuffer(bytes.fromhex("".join(rows)), np.uint8)).reshape(len(rows), -1)
    return np.kron(np.where(bits, 0, 255).astype(np.uint8), np.ones((FINE, FINE), np.uint8))


def unpacked(data: str, digits: int) -> list[str]:
    """Rows of hexadecimal digits: a letter repeats the next digit, a comma fills with zeros, a colon repeats a row."""
    rows, row, times = [], "", 0
    for char in data:
        if char == ":":
            rows.append(rows[-1])
        elif char == ",":
            rows.append(row.ljust(digits, "0"))
            row = ""
        elif char in RUNS or char in TWENTIES:
            times += RUNS.index(char) + 1 if char in RUNS else 20 * (TWENTIES.index(char) + 1)
        else:
            row, times = row + char * max(times, 1), 0
            if len(row) == digits:
                rows.append(row)
                row = ""
    return rows
