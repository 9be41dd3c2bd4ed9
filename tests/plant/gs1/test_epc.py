"""RFID tags: the examples of the Tag Data Standard, every partition there and back, and what is no tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes import barcodes
from mes.barcodes import Kind
from plant.gs1 import epc
from plant.gs1.checks import check_digit_ok
from plant.gs1.elements import Gs1Error


@pytest.mark.parametrize(("tag", "elements"), [
    ("3074257BF7194E4000001A85", {"01": "80614141123458", "21": "6789"}),
    ("3174257BF4499602D2000000", {"00": "106141412345678908"}),
    ("3274257BF46072000000162E", {"414": "0614141123452", "254": "5678"}),
    ("3374257BF40C0E400000162E", {"8003": "006141411234525678"}),
    ("3474257BF40000000000162E", {"8004": "06141415678"}),
    ("3674257BF6B7A659B2C2BF1000000000000000000000000000", {"01": "70614141123451", "21": "32a/b"}),
    ("urn:epc:id:sgtin:0614141.812345.6789", {"01": "80614141123458", "21": "6789"}),
    ("urn:epc:tag:sgtin-96:3.0614141.812345.6789", {"01": "80614141123458", "21": "6789"}),
    ("urn:epc:id:sgtin:0614141.712345.32a%2Fb", {"01": "70614141123451", "21": "32a/b"}),
    ("urn:epc:id:sgln:0614141.12345.0", {"414": "0614141123452"}),
    ("urn:epc:id:giai:0614141.A5678", {"8004": "0614141A5678"}),
])
def test_the_examples_of_the_standard(tag, elements):
    assert epc.read(tag) == elements


def sgtin(partition, company, item, serial):
    size, _digits = epc.PREFIX[partition]
    bits = ((0x30 << 3 | 1) << 3 | partition) << size | company
    return f"{(bits << (44 - size) | item) << 38 | serial:024X}"


@given(st.integers(0, 6), st.data())
def test_every_partition_is_read(partition, data):
    _size, digits = epc.PREFIX[partition]
    company = data.draw(st.integers(0, 10**digits - 1))
    item = data.draw(st.integers(0, 10 ** (13 - digits) - 1))
    serial = data.draw(st.integers(0, 2**38 - 1))

    found = epc.read(sgtin(partition, company, item, serial))

    assert (found["01"][1 : 1 + digits], found["21"]) == (f"{company:0{digits}d}", str(serial))
    assert check_digit_ok(found["01"])


@pytest.mark.parametrize("text", [
    "3077FFFFFFFFFFFFFFFFFFFF", "307C257BF7194E4000001A85", "3674257BF6B7A659B2C2BF10", "urn:epc:id:sgtin:x.1.1",
    "urn:epc:id:none:0614141.1.1", "urn:epc:id:sgtin:0614141.812345", "FFFF257BF7194E4000001A85", "",
])
def test_what_is_no_tag_is_refused(text):
    with pytest.raises(Gs1Error):
        epc.read(text)


def test_a_tag_that_is_scanned_is_a_number_first_and_then_what_it_stands_for():
    code = barcodes.parse("3074257BF7194E4000001A85")
    assert (code.kind, barcodes.as_gs1(code).candidates) == (Kind.NUMBER, ["6789"])
    assert barcodes.parse("urn:epc:id:sgtin:0614141.812345.6789").gtin == "80614141123458"
