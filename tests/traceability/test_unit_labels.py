"""The label of a carton is read back by a foreign decoder as its SSCC, and printed with Chinese as a bitmap."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from mes import barcodes
from plant import bitmaps
from plant.gs1 import sscc
from traceability import unit_labels
from traceability.unit_labels import UnitLabel

SCALE = 16  # pixels a millimetre


def picture(svg: str) -> np.ndarray:
    image = np.full((int(unit_labels.HEIGHT * SCALE), int(unit_labels.WIDTH * SCALE)), 255, np.uint8)
    for one in list(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"))[1:]:
        x, y, width, height = (float(one.get(name)) * SCALE for name in ("x", "y", "width", "height"))
        image[round(y) : round(y + height), round(x) : round(x + width)] = 0
    return image


@pytest.mark.parametrize("number", [sscc.sscc("4012345", count) for count in (0, 1, 123_456_789)])
def test_the_bars_are_gs1_128_and_name_the_unit(number: str) -> None:
    seen = zxingcpp.read_barcodes(picture(unit_labels.svg(UnitLabel(number, "Carton", ("控制板",)))))
    assert [(one.symbology_identifier, one.text.strip("()").replace(")", "")) for one in seen] == [
        ("]C1", "00" + number)
    ]
    code = barcodes.parse("]C100" + number)
    assert code.elements == {"00": number}


def test_the_label_printer_gets_fnc1_and_the_same_number() -> None:
    number = sscc.sscc("4012345", 7)
    text = unit_labels.zpl(UnitLabel(number, "Carton", ()))
    assert f"^FD>;>800{number}^FS" in text
    assert text.count("^XA") == text.count("^XZ") == 1


def test_chinese_goes_to_the_printer_as_a_bitmap_of_the_same_dots() -> None:
    text = unit_labels.zpl(UnitLabel(sscc.sscc("4012345", 7), "纸箱 · 苏州", ("控制板 \"A\"",)))
    assert text.isascii()
    total, a_row, data = re.search(r"\^GFA,\d+,(\d+),(\d+),([0-9A-F]+)\^FS", text).groups()
    assert (int(total), int(total) % int(a_row)) == (len(data) // 2, 0)
    assert np.unpackbits(np.frombuffer(bytes.fromhex(data), np.uint8)).sum() > 500


def test_a_line_shrinks_until_it_fits() -> None:
    image = bitmaps.line("控" * 80, height=40, room=400)
    assert image.size <= (400, 40)
    assert isinstance(image, Image.Image)


def test_what_people_typed_is_no_command_to_the_printer() -> None:
    text = unit_labels.zpl(UnitLabel(sscc.sscc("4012345", 7), "^XZ~JA", ()))
    assert text.count("^XZ") == 1
