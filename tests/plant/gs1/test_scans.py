"""What a scanner sends, in every form, is read as the same elements; what is wrong is refused with the reason."""

import pytest
import zxingcpp

from plant.gs1 import elements, scans
from plant.gs1.elements import Gs1Error
from tests.conformance import load

LABEL = {"01": "09521234543213", "17": "261231", "10": "LOT-7/A", "21": "SN1"}
SENT = "01095212345432131726123110LOT-7/A\x1d21SN1"
FORMATS = ["DataMatrix", "QRCode", "Code128", "DataBarExpanded", "Aztec"]


@pytest.mark.parametrize("text", [
    f"]C1{SENT}", f"]d2{SENT}\r\n", f"]Q3{SENT}", f"]e0{SENT}", f"]J1{SENT}", f"\x1d{SENT}", SENT,
    "^01095212345432131726123110LOT-7/A^21SN1", "(01)09521234543213(17)261231(10)LOT-7/A(21)SN1",
    "]Q1(01)09521234543213(17)261231(10)LOT-7/A(21)SN1",
    "https://id.gs1.org/01/09521234543213/10/LOT-7%2FA/21/SN1?17=261231",
    "]Q1https://example.com/some/stem/gtin/9521234543213/lot/LOT-7%2fA/ser/SN1?x=1&17=261231#here",
])  # fmt: skip
def test_read_every_form(text):
    assert scans.read(text).elements == LABEL


@pytest.mark.parametrize(("text", "gtin"), [
    ("6901234567892", "06901234567892"), ("02345673", "00000002345673"), ("416000336108", "00416000336108"),
    ("]E0416000336108", "00416000336108"), ("09521234543213", "09521234543213"),
    ("]I109521234543213", "09521234543213"),
])  # fmt: skip
def test_read_trade_item_numbers(text, gtin):
    assert scans.read(text).elements == {"01": gtin}


@pytest.mark.parametrize(("profile", "text"), [
    (scans.Profile("<", ">"), f"<]C1{SENT}>\r"), (scans.Profile(separator="~"), f"]C1{SENT}".replace("\x1d", "~")),
    (scans.Profile(separator="<GS>"), f"<GS>{SENT}".replace("\x1d", "<GS>")), (scans.Profile("Q"), f"]C1{SENT}"),
])  # fmt: skip
def test_read_with_profile(profile, text):
    assert scans.read(text, profile).elements == LABEL


@pytest.mark.parametrize(("text", "reason"), [
    ("", "there is no data"), ("]C1", "there is no data"), ("L0001001", "does not say"), ("]XX1", "]XX"),
    ("6901234567890", "check digit"), ("]C10109521234543214", "(01) has a wrong check digit"),
    ("]C189A", "(89A) is unknown"),
    ("(17)261331", "(17) has a date that does not exist"), ("(422)999", "(422) has a country"),
    ("(3910)0001", "(3910) has a currency"), ("(8008)26123199", "(8008) has a time"), ("(10)A B", "not allowed"),
    ("(01)0952123454321", "(01) is too short"), ("(37)123456789", "(37) is too long"), ("(10)A(", "brackets"),
    ("(01)09521234543213(02)09521234543213", "(01) and (02) exclude each other"), ("(10)A(10)B", "comes twice"),
    ("https://example.com/x", "not a Digital Link"), ("https://[/01/09521234543213", "web address"),
    ("http://a/01/09521234543213/10/A?10=A", "may not stand there"), ("]E012345678901234", "EAN or UPC"),
    ("]e0" + "\x1d".join(f"{n}A" for n in range(91, 100)) + "\x1d" + "1" * 3000, "too long"),
])  # fmt: skip
def test_read_refuses_with_reason(text, reason):
    with pytest.raises(Gs1Error) as refused:
        scans.read(text)
    assert reason in str(refused.value)


def test_complete_names_what_is_missing():
    with pytest.raises(Gs1Error) as refused:
        elements.check_complete({"37": "5", "00": "095212345678900009"})
    assert str(refused.value) == "(37) needs (00)+(02) or (00)+(8026) beside it"


@pytest.mark.parametrize("name", FORMATS)
def test_symbols_of_another_maker_read_back(name):
    made = zxingcpp.create_barcode(elements.with_brackets(LABEL), getattr(zxingcpp.BarcodeFormat, name), gs1=True)
    (seen,) = zxingcpp.read_barcodes(made.to_image(scale=4))
    assert scans.read(seen.symbology_identifier + seen.bytes.decode()).elements == LABEL


def test_symbols_that_lie_beside_the_project():
    for case in load("barcodes/decoded"):
        read = scans.read(case["symbology_identifier"] + bytes.fromhex(case["bytes_hex"]).decode())
        if "GS1" in case["content_type"]:
            assert elements.with_brackets(read.elements) == case["text"]
        elif case["symbology_identifier"] == "]E0":
            assert read.elements == {"01": f"0{case['text']}"}
        else:
            assert bool(read.elements) == ("http" in case["text"])
