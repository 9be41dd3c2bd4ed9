"""What our printed labels carry, seen by a foreign decoder, is read as the number that they were printed for."""

import pytest

from mes import barcodes
from tests import label_reader
from traceability import labels
from traceability.labels import Label


@pytest.mark.parametrize("number", ["L0001001", "S00001001-2", "A^B~C", "02345673", "0109521234543213", "批次1001"])
@pytest.mark.parametrize("path", ["l", "production/units"])
def test_both_codes_lead_to_the_number(number, path):
    drawn = label_reader.of_svg(labels.svg(Label(number, f"http://plant.example/{path}/{number}/", ("CB-1",))))
    codes = [barcodes.parse(sign + text) for sign, text in label_reader.seen(drawn).items()]
    assert codes
    assert {(code.kind, code.number) for code in codes} == {(barcodes.Kind.NUMBER, number)}
