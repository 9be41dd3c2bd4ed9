"""What a scanned text says, and which texts are refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes import barcodes
from mes.barcodes import Kind
from tests.conformance import load, locate


@pytest.mark.parametrize("text", ["L0001001", "L0001001\r\n", "WO-2026-000123", "]C0L0001001\t", "物料-7"])
def test_parse_reads_our_own_number(text):
    code = barcodes.parse(text)
    assert (code.kind, code.number) == (Kind.NUMBER, text.rstrip("\r\n\t").removeprefix("]C0"))


def test_parse_reads_label_address():
    assert barcodes.parse("https://plant.example/l/S00001001").number == "S00001001"


def test_parse_reads_command():
    assert barcodes.parse("CMD:PAUSE") == barcodes.Code(Kind.COMMAND, "CMD:PAUSE", number="PAUSE")


def test_parse_reads_gs1_lot_in_every_form():
    forms = [
        "]C1010952123454321310LOT-7", "]d2010952123454321310LOT-7\x1d17261231", "(01)09521234543213(10)LOT-7",
        "https://example.com/01/09521234543213/10/LOT-7", "\x1d010952123454321310LOT-7",
    ]
    assert [barcodes.parse(form).candidates for form in forms] == [["LOT-7"]] * 5


def test_parse_prefers_serial_to_lot():
    code = barcodes.parse("(01)09521234543213(10)ABC123(17)261231(21)SN0001")
    assert (code.gtin, code.candidates) == ("09521234543213", ["SN0001", "ABC123"])


@pytest.mark.parametrize(("text", "slug"), [
    ("", "barcode-empty"), ("\r\n", "barcode-empty"), ("   ", "barcode-empty"), (None, "barcode-empty"),
    ("L1\x00", "barcode-characters"), ("L\u202e1", "barcode-characters"), ("L\u200b1", "barcode-characters"),
    ("L\x1b[2J", "barcode-characters"), ("A" * 4096, "barcode-too-long"), ("(01)09521234543214", "barcode-gs1"),
    ("(17)261331", "barcode-gs1"), ("CMD:REBOOT", "barcode-command"), ("https://evil.example/x", "barcode-gs1"),
    ("]E06901234567890", "barcode-gs1"), ("]C1", "barcode-gs1"),
])
def test_parse_refuses(text, slug):
    with pytest.raises(barcodes.BarcodeRefused) as refused:
        barcodes.parse(text)
    assert refused.value.code == slug
    assert str(refused.value)


HOSTILE = ['"><img src=x onerror=alert(1)>', "'; DROP TABLE lot;--", "=cmd|' /C calc'!A0", "../../etc"]


@pytest.mark.parametrize("text", HOSTILE)
def test_parse_takes_hostile_text_as_a_mere_number(text):
    assert barcodes.parse(text).number == text


@given(st.text(max_size=300))
def test_parse_never_fails_otherwise(text):
    try:
        told = barcodes.parse(text).text
    except barcodes.BarcodeRefused as refused:
        told = str(refused)
    assert told


def test_parse_reads_what_decoders_read():
    locate("barcodes/decoded.json")
    readable = [case for case in load("barcodes/decoded") if case["symbology_identifier"] != "]E0"]
    codes = [barcodes.parse(case["symbology_identifier"] + raw(case)) for case in readable]
    assert [code.kind for code in codes] == [expected(case) for case in readable]


def raw(case: dict) -> str:
    return bytes.fromhex(case["bytes_hex"]).decode()


def expected(case: dict) -> Kind:
    return Kind.GS1 if "GS1" in case["content_type"] or "http" in case["text"] else Kind.NUMBER


def test_candidates_of_plain_number():
    assert json.dumps(barcodes.parse("L1").candidates) == '["L1"]'
