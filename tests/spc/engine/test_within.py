"""The spread within, by each estimator, with the degrees of freedom it is worth."""

import numpy as np
import pytest

from spc.engine import constants, within
from tests import conformance

NAN = float("nan")
ROWS = [[1.0, 3.0, 2.0], [2.0, 6.0, NAN], [5.0, NAN, NAN]]


def test_each_estimator_by_hand():
    by_range, by_s, pooled = (within.estimate(ROWS, estimator=name) for name in ("rbar", "sbar", "pooled"))

    assert by_range.sigma == pytest.approx((2 / constants.d2(3) + 4 / constants.d2(2)) / 2)
    assert by_s.sigma == pytest.approx((1 / constants.c4(3) + np.sqrt(8) / constants.c4(2)) / 2)
    assert pooled.sigma == pytest.approx(np.sqrt((2 * 1 + 1 * 8) / 3))
    assert within.estimate(ROWS, estimator="pooled/c4").sigma == pytest.approx(pooled.sigma / constants.c4(4))
    assert (by_range.df, by_s.df, pooled.df) == pytest.approx((2.7, 0.92 * 2 + 0.88, 3))


def test_a_series_goes_by_moving_ranges_and_none_reaches_across_a_gap():
    found = within.estimate([1.0, 2.0, NAN, 9.0, 10.0, 12.0])

    assert (found.sigma, found.name) == (pytest.approx(4 / 3 / constants.d2(2)), "MRbar2/d2")
    assert found.df == pytest.approx(0.62 * 4)


@pytest.mark.parametrize(("name", "estimator"), [("uwave_r", "rbar"), ("uwave_sd", "sbar")])
def test_the_piston_rings_agree_with_the_reference(name, estimator):
    case = conformance.load(f"spc/cc_xbar_pistonrings_{name}")

    found = within.estimate(case["data"]["phase1"], estimator=estimator)

    assert found.sigma == pytest.approx(case["expected"]["sigma"], rel=5e-4)


@pytest.mark.parametrize(
    ("values", "estimator", "says"),
    [
        ([1.0, 2.0], "rbar", "needs subgroups"),
        ([[1.0, 2.0]], "mr", "Unknown estimator 'mr'"),
        ([[1.0], [2.0]], "sbar", "one subgroup with two readings"),
    ],
)
def test_a_spread_that_cannot_be_told_is_refused(values, estimator, says):
    with pytest.raises(ValueError, match=says):
        within.estimate(values, estimator=estimator)
