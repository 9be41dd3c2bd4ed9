"""Moments against NIST's certified values; Pareto, bins and boxes against R and by hand."""

from dataclasses import astuple

import numpy as np
import pytest
from scipy import stats

from spc.engine.statistics import correlation, descriptive
from tests import conformance


@pytest.mark.parametrize("name", ["michelso", "numacc1", "numacc2", "numacc4"])
def test_moments_are_those_nist_certified(name):
    case = conformance.load(f"spc/strd_{name}")
    expected, tolerance = case["expected"], case["tolerance"]

    found = descriptive.moments(case["data"]["x"])
    lag1 = correlation.autocorrelation(case["data"]["x"], 1)[1]

    answers = (expected["mean"], expected["sd"], expected["lag1_autocorr"])
    assert (found.mean, found.stdev, lag1) == pytest.approx(answers, rel=1e-9, abs=tolerance.get("abs", 0.0))


def test_moments_of_nists_numacc3_by_its_rule():
    x = np.r_[1000000.2, np.tile([1000000.1, 1000000.3], 500)]

    found = descriptive.moments(x)

    assert (found.mean, found.stdev) == pytest.approx((1000000.2, 0.1), rel=1e-8)


def test_skewness_and_kurtosis_are_those_of_another_implementation():
    x = np.random.default_rng(1).gamma(2, size=50)

    found = descriptive.moments(x)

    assert (found.skewness, found.kurtosis) == pytest.approx((stats.skew(x), stats.kurtosis(x)))
    assert np.isnan(descriptive.moments([1.0]).stdev)


def test_pareto_agrees_with_the_reference():
    case = conformance.load("spc/pareto_defects_qcc")
    expected = case["expected"]

    found = descriptive.pareto(case["data"]["counts"])

    assert list(found.names) == expected["order"]
    keys = {"counts": "frequency", "cumulated": "cum", "percent": "pct", "cumulated_percent": "cum_pct"}
    for name, key in keys.items():
        assert getattr(found, name) == pytest.approx(expected[key], rel=1e-9)


def test_the_rest_of_a_pareto_comes_last():
    assert descriptive.pareto({"rest": 50, "a": 1, "b": 2}, rest="rest").names == ("b", "a", "rest")


@pytest.mark.parametrize(
    ("rule", "bins"), [("sturges", 8), ("square-root", 10), ("rice", 10), ("scott", 5), ("freedman-diaconis", 5)]
)
def test_each_rule_of_bins_by_hand(rule, bins):
    found = descriptive.histogram(np.arange(100.0), rule)

    assert (found.rule, len(found.counts), sum(found.counts)) == (rule, bins, 100)
    assert (found.edges[0], found.edges[-1]) == (0.0, 99.0)


def test_bins_can_be_given_and_equal_readings_have_one():
    assert descriptive.histogram([1.0, 2.0, 3.0], bins=2).counts == (1, 2)
    assert len(descriptive.histogram([2.0] * 5).counts) == 4


@pytest.mark.parametrize(("quantile", "quartiles"), [("linear", (2.75, 6.25)), ("weibull", (2.25, 6.75))])
def test_a_box_by_each_quantile(quantile, quartiles):
    found = descriptive.box([1, 2, 3, 4, 5, 6, 7, 30.0], quantile)

    assert (found.q1, found.q3, found.median) == (*quartiles, 4.5)
    assert (found.lower_whisker, found.upper_whisker) == (1.0, 7.0)
    assert found.outliers + found.far_outliers == (30.0,)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: descriptive.moments([float("nan")]), "no readings"),
        (lambda: descriptive.pareto({"a": 0}), "at least one above zero"),
        (lambda: descriptive.histogram([1.0], "guess"), "Unknown rule 'guess'"),
        (lambda: descriptive.box([1.0], "guess"), "Unknown quantile 'guess'"),
    ],
)
def test_what_cannot_be_told_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_lone_reading_is_its_own_box():
    assert astuple(descriptive.box([3.0]))[1:6] == (3.0,) * 5
