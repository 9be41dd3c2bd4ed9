"""Labels are read back by a reader, whatever stands on them."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import zxingcpp

from traceability import labels
from traceability.labels import Label

SCALE = 24  # pixels a millimetre


def picture(svg: str) -> np.ndarray:
    """The rectangles of a drawing as grey pixels."""
    image = np.full((int(labels.HEIGHT * SCALE), int(labels.WIDTH * SCALE)), 255, np.uint8)
    for one in list(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"))[1:]:
        x, y, width, height = (float(one.get(name)) * SCALE for name in ("x", "y", "width", "height"))
        image[round(y) : round(y + height), round(x) : round(x + width)] = 0
    return image


def read(label: Label) -> dict[str, str]:
    found = zxingcpp.read_barcodes(picture(labels.svg(label)))
    return {"qr" if "QR" in str(one.format) else "bars": one.text for one in found}


@pytest.mark.parametrize("number", ["L0001001", "S00001001-2", "A^B~C\\D>E_F", "x" * 18])
def test_both_codes_read_back(number: str) -> None:
    url = "http://plant.example:8000/l/L0001001/"
    assert read(Label(number, url, ("CB-1 控制板",))) == {"bars": number, "qr": url}


@pytest.mark.parametrize("number", ["批次1001", "L" * 60, "A\x1dB"])
def test_a_number_that_bars_cannot_carry_has_the_qr_only(number: str) -> None:
    assert read(Label(number, "http://plant/l/x/")) == {"qr": "http://plant/l/x/"}


def test_what_people_typed_stays_text() -> None:
    drawn = labels.svg(Label("<script>1</script>", "http://p/l/1", ("</text><script>alert(1)</script>",)))
    assert "<script" not in drawn
    assert "".join(ET.fromstring(drawn).itertext()).count("<script>") == 4


def test_long_and_chinese_lines_shrink_to_fit() -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', labels.svg(Label("L1", "u", ("控" * 30,))))]
    assert sizes[1] * 30 <= 35


def test_zpl_escapes_what_a_printer_takes_for_a_command() -> None:
    text = labels.zpl(Label("A^XZ~JA\\_>", "http://p/l/1", ("board\n^FS", "控制板^FS")))
    assert "^FDA_5EXZ_7EJA_5C_5F>^FS" in text
    assert "^FDA_5EXZ_7EJA_5C_5F>0^FS" in text
    assert "^FDboard_0A_5EFS^FS" in text
    assert text.isascii()
    assert text.count("^GFA,") == 1
    assert text.startswith("^XA\n^CI28\n")
    assert text.count("^XZ") == 1
