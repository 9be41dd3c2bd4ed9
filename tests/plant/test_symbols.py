"""Every symbol is read back by a foreign decoder, whatever it carries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant import datamatrix, symbols
from plant.gs1.elements import GS
from tests.label_reader import seen

PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)
ELEMENTS = ["0109521234543213" + "10LOT-7", "00401234500000000" + "17", "01095212345432131726123110A1", f"10A{GS}21B12",
            f"0109521234543213104711{GS}2112345", f"10123{GS}37100"]


def pictured(cells: datamatrix.Cells, quiet: int, scale: int = 4, height: int = 1) -> np.ndarray:
    dark = np.pad(np.repeat(np.array(cells, bool), height, axis=0), quiet)
    return np.kron(np.where(dark, 0, 255).astype(np.uint8), np.ones((scale, scale), np.uint8))


def read(symbology: str, data: str) -> dict[str, str]:
    height = 20 if symbology in symbols.LINEAR else 1
    return seen(pictured(symbols.cells(symbology, data), symbols.QUIET[symbology] + 2, height=height))


@pytest.mark.parametrize("data", ELEMENTS)
@pytest.mark.parametrize(("symbology", "sign"), [(symbols.GS1_128, "]C1"), (symbols.GS1_DATAMATRIX, "]d2")])
def test_gs1_data_is_read_as_gs1_data(symbology, sign, data):
    assert read(symbology, data) == {sign: data}


@pytest.mark.parametrize(("symbology", "sign"), [
    (symbols.CODE128, "]C0"), (symbols.DATAMATRIX, "]d1"), (symbols.QR, "]Q1"),
])  # fmt: skip
@given(data=PRINTABLE)
@settings(max_examples=60, deadline=None)
def test_text_is_read_as_it_was(symbology, sign, data):
    assert read(symbology, data) == {sign: data}


@pytest.mark.parametrize("length", [1, 5, 12, 30, 60, 87, 130, 174])
def test_data_matrix_of_every_size(length):
    data = ("aB3" * 60)[:length]
    assert read(symbols.DATAMATRIX, data) == {"]d1": data}


@pytest.mark.parametrize("side", datamatrix.SIZES)
def test_data_matrix_filled_to_the_last_codeword(side):
    data = "x" * datamatrix.SIZES[side][0]
    assert len(datamatrix.cells(data)) == side
    assert read(symbols.DATAMATRIX, data) == {"]d1": data}


@pytest.mark.parametrize("symbology", [symbols.DATAMATRIX, symbols.QR])
def test_chinese_is_read_back(symbology):
    assert list(read(symbology, "批次1001号").values()) == ["批次1001号"]


@pytest.mark.parametrize(("symbology", "data"), [
    (symbols.CODE128, "批次"), (symbols.CODE128, "a\x1db"), (symbols.CODE128, ""), (symbols.DATAMATRIX, "x" * 200),
])  # fmt: skip
def test_what_a_symbol_cannot_carry_is_said(symbology, data):
    with pytest.raises(symbols.NotCarried):
        symbols.cells(symbology, data)
