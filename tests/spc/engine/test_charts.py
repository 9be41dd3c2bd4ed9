"""Control limits against reference software, the NIST handbook and small sums by hand."""

import numpy as np
import pytest

from spc.engine import charts, constants, rules
from tests import conformance

NAN = float("nan")
ROUNDED_D2 = 5e-4  # the references use d2 with three decimals


def close(expected, sigma):
    """Within what a d2 of three decimals can shift a three-sigma limit."""
    return pytest.approx(np.asarray(expected), abs=float(3 * sigma * ROUNDED_D2))


@pytest.mark.parametrize("name", ["boiler_t1", "boiler_t2", "boiler_t7", "boiler_t8", "viscosity_span3"])
def test_individuals_agree_with_the_reference(name):
    case = conformance.load(f"spc/cc_imr_{name}")
    expected, data = case["expected"], case["data"]
    x = data.get("x") or data["phase1"]

    found = charts.individuals(x, span=case["params"]["span"]).location

    assert found.center == pytest.approx(expected["center"])
    assert found.sigma == pytest.approx(expected["sigma"], rel=ROUNDED_D2)
    assert (found.lcl, found.ucl) == (close(expected["lcl"], found.sigma), close(expected["ucl"], found.sigma))
    beyond = np.flatnonzero(rules.evaluate(x + data.get("phase2", []), found.center, found.spread, rules.DEFAULT[:1]))
    assert (beyond + 1).tolist() == expected["beyond_limits"]


@pytest.mark.parametrize("name", ["pistonrings_uwave_r", "pistonrings_mvlue_r", "unequal_n_uwave_r"])
def test_xbar_agrees_with_the_reference(name):
    case = conformance.load(f"spc/cc_xbar_{name}")
    expected, first = case["expected"], np.array(case["data"]["phase1"], float)

    found = charts.xbar_r(first).location

    assert found.center == pytest.approx(expected["center"])
    assert found.sigma == pytest.approx(expected["sigma"], rel=ROUNDED_D2)
    assert charts.subgroup_means(first) == pytest.approx(expected["statistics"])
    assert found.lcl == close(expected["lcl"], found.sigma)
    assert found.ucl == close(expected["ucl"], found.sigma)
    later = charts.subgroup_means(np.array(case["data"].get("phase2", np.empty((0, 5))), float))
    means = np.r_[charts.subgroup_means(first), later]
    beyond = np.flatnonzero(rules.evaluate(means, found.center, found.spread, rules.DEFAULT[:1]))
    assert (beyond + 1).tolist() == expected["beyond_limits"]


def test_individuals_agree_with_nist():
    case = conformance.load("spc/nist_6322_imr_flowrate")
    expected = case["expected"]

    found, ranges = charts.individuals(case["data"]["x"])

    assert (found.center, ranges.center) == pytest.approx((expected["center"], expected["mrbar"]), abs=1e-4)
    assert (found.lcl, found.ucl) == (close(expected["lcl"], found.sigma), close(expected["ucl"], found.sigma))
    assert found.center + 3 * ranges.center / case["params"]["d2"] == pytest.approx(expected["ucl"], abs=1e-4)


def test_individuals_by_hand():
    location, ranges = charts.individuals([1.0, 2.0, 4.0, 1.0])

    sigma = 2.0 / constants.d2(2)
    assert (location.center, location.sigma, location.spread) == pytest.approx((2.0, sigma, sigma))
    assert (location.lcl, location.ucl) == pytest.approx((2.0 - 3 * sigma, 2.0 + 3 * sigma))
    assert (ranges.center, ranges.lcl, ranges.ucl) == pytest.approx((2.0, 0.0, constants.of(2).D4 * 2.0))
    assert (location.estimator, location.count, location.provisional) == ("MRbar2/d2", 4, True)


def test_the_deviation_of_all_can_give_sigma():
    location, ranges = charts.individuals([1.0, 2.0, 3.0], estimator="s")

    assert location.sigma == pytest.approx(1 / constants.c4(3))
    assert (location.estimator, ranges.estimator) == ("s/c4", "MRbar2/d2")


def test_no_moving_range_reaches_across_a_gap():
    values = [1.0, 2.0, NAN, 9.0, 10.0, 12.0]

    assert charts.moving_ranges(values).tolist() == pytest.approx([NAN, 1, NAN, NAN, 1, 2], nan_ok=True)
    assert charts.moving_ranges(values, 3).tolist() == pytest.approx([NAN] * 5 + [3], nan_ok=True)
    assert charts.individuals(values).variation.center == pytest.approx(4 / 3)


def test_xbar_r_by_hand_with_a_short_and_a_lone_subgroup():
    location, ranges = charts.xbar_r([[1.0, 3.0, 2.0], [2.0, 6.0, NAN], [5.0, NAN, NAN]])

    sigma = (2 / constants.d2(3) + 4 / constants.d2(2)) / 2
    assert (location.center, location.sigma, location.count) == pytest.approx((19 / 6, sigma, 2))
    assert location.ucl == pytest.approx(19 / 6 + 3 * sigma / np.sqrt([3, 2, 1]))
    assert ranges.center == pytest.approx([constants.d2(3) * sigma, constants.d2(2) * sigma, NAN], nan_ok=True)
    assert charts.subgroup_ranges([[1.0, 3.0], [5.0, NAN]]) == pytest.approx([2, NAN], nan_ok=True)


def test_equal_subgroups_give_plain_factors():
    x = np.random.default_rng(3).normal(50, 2, (25, 5))
    f, mean_range = constants.of(5), float(charts.subgroup_ranges(x).mean())

    location, ranges = charts.xbar_r(x)

    assert location.ucl == pytest.approx(x.mean() + f.A2 * mean_range)
    assert (ranges.center, ranges.lcl, ranges.ucl) == pytest.approx((mean_range, 0.0, f.D4 * mean_range))
    assert not location.provisional


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: charts.individuals([1.0]), "need 2 values in a row"),
        (lambda: charts.individuals([1.0, NAN, 2.0]), "need 2 values in a row"),
        (lambda: charts.individuals([1.0, 2.0], span=6), "spans 2 to 5"),
        (lambda: charts.individuals([1.0, 2.0], estimator="median"), "Unknown estimator 'median'"),
        (lambda: charts.individuals([1.0, np.inf]), "infinite readings"),
        (lambda: charts.individuals([[1.0]]), "values must have the shape"),
        (lambda: charts.xbar_r([1.0, 2.0]), "subgroups must have the shape"),
        (lambda: charts.xbar_r([[1.0], [2.0]]), "at least one subgroup with two readings"),
    ],
)
def test_limits_that_cannot_be_told_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
