"""Sigma by each estimator, and charts built on it, by hand."""

import numpy as np
import pytest

from spc.engine import between, charts, constants, cusum, estimators, ewma, hotelling, shortrun
from spc.engine.limits import Basis

NAN = float("nan")
UNEQUAL = np.array([[1.0, 3.0, 2.0], [2.0, 6.0, NAN], [5.0, NAN, NAN]])
R, S = np.array([2.0, 4.0]), np.array([1.0, 8**0.5])
D2, D3, C4 = ([factor(n) for n in (3, 2)] for factor in (constants.d2, constants.d3, constants.c4))


def weighted(spreads, means, noises):
    weights = np.array(means) ** 2 / np.array(noises) ** 2
    return (weights * spreads / means).sum() / weights.sum()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("uwave-r", (R / D2).mean()),
        ("mvlue-r", weighted(R, D2, D3)),
        ("uwave-sd", (S / C4).mean()),
        ("mvlue-sd", weighted(S, C4, np.sqrt(1 - np.array(C4) ** 2))),
        ("rmsdf", ((2 * 1 + 1 * 8) / 3) ** 0.5 / constants.c4(4)),
    ],
)
def test_sigma_of_unequal_subgroups(name, expected):
    assert estimators.within(UNEQUAL, name) == pytest.approx(expected)


def test_estimators_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="Unknown estimator 'rbar' of sigma; choose one of uwave-r"):
        estimators.within(UNEQUAL, "rbar")
    with pytest.raises(ValueError, match="at least one subgroup with two readings"):
        estimators.within([[1.0, NAN]], "rmsdf")
    with pytest.raises(ValueError, match="2 points are marked as used or not, but there are 3"):
        charts.individuals([1.0, 2.0, 3.0], basis=Basis(np.array([True, False])))


def test_the_median_moving_range_does_not_hear_of_an_outlier():
    found = charts.individuals([1.0, 2.0, 3.0, 4.0, 50.0], estimator="median-mr").location

    assert found.sigma == pytest.approx(1 / constants.d4(2))
    assert constants.d4(2) == pytest.approx(0.9539, abs=1e-4)  # ASTM E2587: 0.954


def test_an_ewma_of_unequal_subgroups_adds_up_its_variances():
    z = ewma.smoothed([12.0, NAN, 8.0], 0.5, 10.0)
    n = np.array([4, 0, 1])

    lines = ewma.limits(
        z, weight=0.5, center=10.0, sigma=2.0, n=n, estimator="given", count=2, provisional=True
    )  # fmt: skip

    assert z.tolist() == pytest.approx([11.0, NAN, 9.5], nan_ok=True)
    assert lines.spread == pytest.approx([0.5, NAN, (0.25 * 4 + 0.25 * 0.25) ** 0.5], nan_ok=True)


def test_a_cusum_goes_on_behind_a_missing_point():
    arms = cusum.tabular([1.0, NAN, 1.0, -3.0])

    assert arms.upper.tolist() == pytest.approx([0.5, NAN, 1.0, 0.0], nan_ok=True)
    assert arms.lower.tolist() == pytest.approx([0.0, NAN, 0.0, 2.5], nan_ok=True)
    assert arms.since_upper.tolist() == [1, 2, 3, 0]


def test_t2_of_subgroups_by_hand():
    x = np.random.default_rng(2).normal(size=(10, 4, 2))
    normal = hotelling.subgroups(x)

    inverse = np.linalg.inv(np.mean([np.cov(rows, rowvar=False) for rows in x], axis=0))
    away = x.mean(axis=1) - x.mean(axis=(0, 1))
    assert hotelling.statistic(x, normal) == pytest.approx(4 * np.einsum("ki,ij,kj->k", away, inverse, away))
    first, later = (hotelling.upper_limit(normal, 0.01, phase=phase) for phase in (1, 2))
    assert later / first == pytest.approx(11 / 9)
    with pytest.raises(ValueError, match="copy one another"):
        hotelling.individuals(np.repeat(np.arange(9.0), 2).reshape(9, 2))


def test_parts_of_unlike_spread_are_not_for_one_chart():
    rng = np.random.default_rng(6)
    alike, unlike = rng.normal(0, 1, (40, 4)), rng.normal(0, 1, (40, 4)) * np.repeat([1, 3], 20)[:, None]
    parts = ["a"] * 20 + ["b"] * 20

    assert shortrun.dnom(alike, parts, {"a": 0.0, "b": 0.0}).p_equal > 0.01
    assert shortrun.dnom(unlike, parts, {"a": 0.0, "b": 0.0}).p_equal < 1e-6
    with pytest.raises(ValueError, match="Part b has no target"):
        shortrun.dnom(alike, parts, {"a": 0.0})


def test_what_lies_between_subgroups_is_told_apart():
    rng = np.random.default_rng(9)
    x = rng.normal(0, 1, (400, 5)) + rng.normal(0, 2, (400, 1))

    found = between.between_within(x)

    assert (found.sigma_within, found.sigma_between) == pytest.approx((1, 2), rel=0.1)
