"""Chart constants against closed forms and the reference table."""

from math import pi, sqrt

import pytest

from spc.engine import constants
from tests import conformance


def test_constants_agree_with_the_reference_table():
    case = conformance.load("spc/const_shewhart_exact")

    for name, expected in case["expected"].items():
        found = [getattr(constants.of(n), name.rstrip("_")) for n in case["data"]["n"]]
        assert found == pytest.approx(expected, rel=case["tolerance"]["rel"], abs=case["tolerance"]["abs"]), name


def test_ranges_of_two_and_three_have_closed_forms():
    assert constants.d2(2) == pytest.approx(2 / sqrt(pi), rel=1e-12)
    assert constants.d2(3) == pytest.approx(3 / sqrt(pi), rel=1e-12)
    assert constants.d3(2) == pytest.approx(sqrt(2 - 4 / pi), rel=1e-10)


def test_printed_factors_are_the_exact_ones_rounded():
    five = constants.of(5)

    assert [round(v, 3) for v in (five.d2, five.d3, five.c4, five.A2, five.D3, five.D4)] == [
        2.326, 0.864, 0.940, 0.577, 0.0, 2.114,
    ]  # fmt: skip


def test_c4_reaches_one_and_needs_two():
    assert constants.c4(10_000) == pytest.approx(1 - 1 / 40_000, rel=1e-8)
    with pytest.raises(ValueError, match="at least 2 values"):
        constants.c4(1)


@pytest.mark.parametrize("n", [1, 101])
def test_ranges_outside_two_to_hundred_are_refused(n):
    with pytest.raises(ValueError, match="2 to 100 values"):
        constants.of(n)


def test_a_wider_subgroup_has_a_wider_range():
    means = [constants.d2(n) for n in range(2, 101)]

    assert means == sorted(means)
    assert constants.d2(100) == pytest.approx(5.01519, abs=1e-5)
