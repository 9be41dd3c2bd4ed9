"""Labels are read back in every form, whatever stands on them."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from plant import symbols
from plant.gs1 import sscc
from tests import label_reader
from traceability import label_files, label_layout, labels
from traceability.label_layout import Look, NoRoom, Said
from traceability.labels import Label

SSCC = "00" + sscc.sscc("4012345", 7)
LOT = "0109521234543213" + "1726123110L0001001"
CASES = [
    (symbols.CODE128, "]C0", "L0001001"), (symbols.GS1_128, "]C1", SSCC), (symbols.QR, "]Q1", "http://p/l/L1"),
    (symbols.DATAMATRIX, "]d1", "批次1001"), (symbols.GS1_DATAMATRIX, "]d2", LOT),
]  # fmt: skip


def drawing(symbology: str, data: str, size: tuple[int, int] = (105, 74), lines=("控制板 CB-100", "L0001001")):
    return label_layout.lay_out(Look(*size, symbology), Said("L1", lines, {symbology: data}, {symbology: data}))


def read(label: Label) -> dict[str, str]:
    return label_reader.seen(label_reader.of_svg(labels.svg(label)))


@pytest.mark.parametrize(("symbology", "sign", "data"), CASES)
def test_every_symbol_is_read_back_from_every_form(symbology, sign, data, monkeypatch):
    drawn = drawing(symbology, data)
    forms = {
        "svg": label_reader.of_svg(label_files.svg(drawn)), "png": label_reader.of_png(label_files.png(drawn)),
        "zpl": label_reader.of_zpl(label_files.zpl(drawn)), "pdf": label_reader.of_pdf(drawn, monkeypatch),
    }
    assert [label_reader.seen(picture) for picture in forms.values()] == [{sign: data}] * 4


@pytest.mark.parametrize("number", ["L0001001", "S00001001-2", "A^B~C\\D>E_F", "x" * 16])
def test_both_codes_read_back(number: str) -> None:
    url = "http://plant.example:8000/l/L0001001/"
    assert read(Label(number, url, ("CB-1 控制板",))) == {"]C0": number, "]Q1": url}


@pytest.mark.parametrize("number", ["批次1001", "L" * 60, "A\x1dB"])
def test_a_number_that_bars_cannot_carry_has_the_qr_only(number: str) -> None:
    assert read(Label(number, "http://plant/l/x/")) == {"]Q1": "http://plant/l/x/"}


def test_what_people_typed_stays_text() -> None:
    drawn = labels.svg(Label("<script>1</script>", "http://p/l/1", ("</text><script>alert(1)</script>",)))
    assert "<script" not in drawn
    assert "".join(ET.fromstring(drawn).itertext()).count("<script>") >= 2


def test_long_and_chinese_lines_shrink_to_fit() -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', labels.svg(Label("L1", "u", ("控" * 30,))))]
    assert sizes[-1] * 30 <= 60 * label_layout.DOTS


@pytest.mark.parametrize("size", [(60, 40), (40, 20), (30, 12)])
def test_a_small_label_holds_a_gs1_datamatrix(size):
    drawn = drawing(symbols.GS1_DATAMATRIX, LOT, size, lines=("L0001001",) if size[1] > 20 else ())
    assert label_reader.seen(label_reader.of_zpl(label_files.zpl(drawn))) == {"]d2": LOT}


@pytest.mark.parametrize(("size", "lines"), [((40, 20), ()), ((60, 40), ("line",) * 30)])
def test_what_does_not_fit_is_said(size, lines):
    with pytest.raises(NoRoom):
        drawing(symbols.GS1_128, LOT, size, lines)


def test_a_label_printer_gets_dots_only_and_as_many_as_asked() -> None:
    text = label_files.zpl(drawing(symbols.CODE128, "L1", lines=("^XZ~JA", "控制板^FS")), pieces=3)
    assert (text.isascii(), text.count("^XA"), text.count("^XZ"), text.count("^PQ3")) == (True, 1, 1, 1)
    assert "~JA" not in text


def test_nothing_stands_upon_another_thing() -> None:
    drawn = drawing(symbols.GS1_128, SSCC, lines=("Carton · 苏州", "CB-100 控制板", "20 pcs", "L0001001"))
    symbol = drawn.symbols[0]
    boxes = [(words.top, words.top + words.height) for words in drawn.words]
    boxes = sorted([*boxes, (symbol.top, symbol.top + symbol.high)])
    assert all(one[1] <= other[0] for one, other in pairwise(boxes))
    assert boxes[-1][1] <= drawn.height


def test_a_pdf_has_a_page_for_every_piece() -> None:
    data = label_files.pdf([drawing(symbols.CODE128, "L1"), drawing(symbols.CODE128, "L2")], pieces=2)
    assert data.startswith(b"%PDF")
    assert max(map(int, re.findall(rb"/Count (\d+)", data)), default=4) == 4
