"""What our printed labels carry, seen by a foreign decoder, is read as the number that they were printed for."""

import pytest
import zxingcpp

from mes import barcodes
from tests.traceability.test_labels import picture
from traceability import labels
from traceability.labels import Label


@pytest.mark.parametrize("number", ["L0001001", "S00001001-2", "A^B~C", "02345673", "0109521234543213", "批次1001"])
def test_both_codes_lead_to_the_number(number):
    drawn = picture(labels.svg(Label(number, f"http://plant.example/l/{number}/", ("CB-1",))))
    codes = [barcodes.parse(seen.symbology_identifier + seen.text) for seen in zxingcpp.read_barcodes(drawn)]
    assert codes
    assert {(code.kind, code.number) for code in codes} == {(barcodes.Kind.NUMBER, number)}
