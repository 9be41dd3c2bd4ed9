"""Tests of normality against R and against another implementation of the same algorithm."""

import numpy as np
import pytest
from scipy import stats

from spc.engine import normality
from tests import conformance

MONTGOMERY_3_12 = [265, 197, 346, 280, 265, 200, 221, 265, 261, 278]  # glass bottles' bursting strength, first ten


@pytest.mark.parametrize("name", ["pist", "w", "ca"])
def test_each_test_agrees_with_the_reference(name):
    case = conformance.load("spc/normality_tests")
    x, expected = case["data"]["sets"][name], case["expected"]

    assert tuple(normality.shapiro_wilk(x)) == pytest.approx(tuple(expected["shapiro"][name].values()), rel=1e-4)
    assert tuple(normality.anderson_darling(x)) == pytest.approx(tuple(expected["ad"][name].values()), rel=1e-4)
    assert tuple(normality.kolmogorov_smirnov(x)) == pytest.approx(tuple(expected["lillie"][name].values()), rel=1e-4)


@pytest.mark.parametrize("n", [3, 4, 5, 6, 11, 12, 50, 1000])
def test_shapiro_wilk_follows_the_published_algorithm_at_each_size(n):
    x = np.random.default_rng(n).gamma(2, size=n)

    found, expected = normality.shapiro_wilk(x), stats.shapiro(x)

    assert tuple(found) == pytest.approx(tuple(expected), rel=1e-6)


def test_anderson_darling_is_that_of_another_implementation():
    found = normality.anderson_darling(MONTGOMERY_3_12)

    assert found.statistic == pytest.approx(stats.anderson(MONTGOMERY_3_12, method="interpolate").statistic)
    assert 0.05 < found.p < 0.5


def test_p_is_uniform_among_normal_readings():
    samples = np.random.default_rng(5).normal(size=(2000, 20))

    for test in (normality.anderson_darling, normality.shapiro_wilk, normality.kolmogorov_smirnov):
        rejected = np.mean([test(x).p < 0.05 for x in samples])
        assert rejected == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize(
    ("test", "x", "says"),
    [
        (normality.anderson_darling, [1.0] * 3, "at least 8 readings, got 3"),
        (normality.shapiro_wilk, [2.0] * 5, "show no spread"),
        (normality.shapiro_wilk, np.arange(5001), "at most 5000"),
    ],
)
def test_too_few_or_equal_readings_are_refused(test, x, says):
    with pytest.raises(ValueError, match=says):
        test(x)
