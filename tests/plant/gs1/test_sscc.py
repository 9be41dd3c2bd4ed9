"""Numbers of logistic units against published ones, and never the same twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.gs1 import sscc
from plant.gs1.checks import check_digit_ok


# GS1 General Specifications 7.9.1 (GTIN-13 and SSCC examples)
@pytest.mark.parametrize(("digits", "check"), [("629104150021", "3"), ("37610425002123456", "9")])
def test_check_digits_of_the_standard(digits, check):
    assert sscc.check_digit(digits) == check


@given(st.text("0123456789", min_size=4, max_size=12), st.integers(0, 99_999))
def test_every_number_is_a_valid_sscc_of_its_prefix(prefix, count):
    number = sscc.sscc(prefix, count)
    assert len(number) == 18
    assert check_digit_ok(number)
    assert number[1:].startswith(prefix)


def test_the_extension_digit_moves_on_until_all_are_given():
    prefix = "123456789012"
    numbers = [sscc.sscc(prefix, count) for count in (0, 9999, 10_000, 99_999)]
    assert [number[0] for number in numbers] == ["0", "0", "1", "9"]
    assert len(set(numbers)) == 4
    with pytest.raises(sscc.NoRoom):
        sscc.sscc(prefix, 100_000)


@pytest.mark.parametrize("prefix", ["123", "1234567890123", "12a4"])
def test_a_prefix_of_another_shape_is_refused(prefix):
    with pytest.raises(ValueError, match=prefix):
        sscc.capacity(prefix)
