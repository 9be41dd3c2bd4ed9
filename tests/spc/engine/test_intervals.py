"""Intervals of indices against reference software and exact binomial limits that are printed."""

import numpy as np
import pytest

from spc.engine import intervals, within
from tests import conformance


def rings(name):
    case = conformance.load(f"spc/{name}")
    x, expected, params = np.array(case["data"]["phase1"]), case["expected"], case["params"]
    return x, expected, (x.mean() - params["target"]) / within.from_ranges(x).sigma


@pytest.mark.parametrize("name", ["cap_pistonrings_qcc", "cap_pistonrings_qcc_tight"])
def test_intervals_agree_with_the_reference(name):
    x, expected, shift = rings(name)
    n, a2 = x.size, shift * shift

    assert intervals.of_ratio(expected["Cp"], n - 1) == pytest.approx(expected["Cp_ci"], rel=1e-9)
    assert intervals.of_nearest(expected["Cp_k"], n, n - 1) == pytest.approx(expected["Cp_k_ci"], rel=1e-9)
    # the reference leaves out the square of Boyles' first factor
    without_square = intervals.of_ratio(expected["Cpm"], n * (1 + a2) / (1 + 2 * a2))
    assert without_square == pytest.approx(expected["Cpm_ci"], rel=5e-4)


def test_one_side_of_the_reference_is_a_ninety_percent_interval():
    x, expected, _shift = rings("cap_pistonrings_qcc")

    assert intervals.of_nearest(expected["Cp_l"], x.size, x.size - 1, 0.9) == pytest.approx(expected["Cp_l_ci"])
    assert intervals.of_nearest(expected["Cp_u"], x.size, x.size - 1, 0.9) == pytest.approx(expected["Cp_u_ci"])


def test_montgomery_example_8_4():
    assert intervals.of_ratio(2.29, 19) == pytest.approx((1.57, 3.01), abs=0.005)


def test_montgomery_example_8_5():
    assert intervals.of_nearest(1.33, 20, 19) == pytest.approx((0.88, 1.78), abs=0.01)


def test_target_interval_is_that_of_a_ratio_when_the_mean_is_on_target():
    assert intervals.of_target(1.2, 50, 0.0) == intervals.of_ratio(1.2, 50)


def test_a_share_has_the_exact_limits_of_aiag():
    assert intervals.of_share(42, 50) == pytest.approx((0.71, 0.93), abs=0.005)
    assert intervals.of_share(0, 10)[0] == 0.0
    assert intervals.of_share(10, 10) == pytest.approx((0.025**0.1, 1.0))
