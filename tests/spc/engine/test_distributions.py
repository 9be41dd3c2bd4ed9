"""Shapes and their likeliest parameters against R, against published tables and against themselves."""

import numpy as np
import pytest
from scipy import stats

from spc.engine import distributions, families, nonnormal, normality
from tests import conformance

DRAWN = np.random.default_rng(7)
PEERS = {
    "weibull": (stats.weibull_min(1.7, scale=3.0), lambda x: stats.weibull_min.fit(x, floc=0)[::2]),
    "gamma": (stats.gamma(2.5, scale=2.0), lambda x: stats.gamma.fit(x, floc=0)[::2]),
    "logistic": (stats.logistic(5.0, 2.0), stats.logistic.fit),
    "smallest-extreme": (stats.gumbel_l(5.0, 2.0), stats.gumbel_l.fit),
    "largest-extreme": (stats.gumbel_r(5.0, 2.0), stats.gumbel_r.fit),
}


@pytest.mark.parametrize("name", ["weibull", "lognormal"])
def test_fit_and_percentiles_agree_with_the_reference(name):
    case = conformance.load("spc/cap_nonnormal_weibull_lognormal_mle")
    expected = case["expected"][name]

    fit = distributions.fit(case["data"]["x"], name)
    found = nonnormal.by_percentiles(fit, lsl=case["params"]["lsl"], usl=case["params"]["usl"])

    answers = (*fit.parameters, fit.loglik, found.x0135, found.x50, found.x99865, found.pp, found.ppu, found.ppl)
    assert answers == pytest.approx(tuple(expected.values()), rel=2e-4)


@pytest.mark.parametrize("name", PEERS)
def test_no_other_parameters_are_likelier(name):
    shape, other = PEERS[name]
    x = shape.rvs(150, random_state=3)

    assert distributions.fit(x, name).parameters == pytest.approx(tuple(other(x)), rel=2e-4)


def test_a_folded_normal_finds_the_normal_that_was_folded():
    x = np.abs(np.random.default_rng(2).normal(3.0, 1.5, 4000))

    assert distributions.families.likelihood.folded_normal(x) == pytest.approx((3.0, 1.5), abs=0.07)


@pytest.mark.parametrize("name", families.ALL)
def test_density_distribution_and_quantile_of_a_shape_belong_together(name):
    family = families.ALL[name]
    parameters = (1.3, 0.8)[: len(family.parameters)]
    q = np.linspace(0.01, 0.99, 25)

    x = family.ppf(q, *parameters)
    slope = (family.cdf(x + 1e-6, *parameters) - family.cdf(x - 1e-6, *parameters)) / 2e-6

    assert family.cdf(x, *parameters) == pytest.approx(q)
    assert np.exp(family.logpdf(x, *parameters)) == pytest.approx(slope, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "parameters", "factor", "points"),
    [
        ("exponential", (1.0,), 1 + 0.6 / 40, distributions._EXPONENTIAL),
        ("weibull", (2.0, 1.0), 1 + 0.2 / 40**0.5, distributions._EXTREME),
        ("logistic", (0.0, 1.0), 1 + 0.25 / 40, distributions._LOGISTIC),
    ],
)
def test_published_points_of_anderson_darling_hold_by_simulation(name, parameters, factor, points):
    family = families.ALL[name]
    samples = np.sort(family.ppf(np.random.default_rng(1).uniform(size=(3000, 40)), *parameters), axis=1)

    a = factor * np.array([normality.statistic_of(family.cdf(x, *family.fit(x))) for x in samples])

    for share, point in zip(*points, strict=True):
        assert np.mean(a > point) == pytest.approx(share, abs=4 * np.sqrt(share / 3000))


def test_ranking_puts_the_true_shape_before_those_rejected():
    ranked = distributions.ranked(stats.weibull_min(0.7).rvs(300, random_state=1))

    names = [fit.family.name for fit in ranked if fit.p >= 0.05]
    assert "weibull" in names[:2]
    assert "normal" not in names


def test_shapes_that_do_not_allow_the_readings_are_left_out_or_refused():
    x = np.r_[-1.0, np.arange(1.0, 12.0)]

    assert {fit.family.least for fit in distributions.ranked(x)} == {None}
    with pytest.raises(ValueError, match="allows no values of zero or less"):
        distributions.fit(x, "weibull")
    with pytest.raises(ValueError, match="Unknown distribution 'cauchy'"):
        distributions.fit(x, "cauchy")


def test_box_cox_finds_the_likeliest_exponent():
    x = stats.lognorm(0.6).rvs(200, random_state=4)

    assert nonnormal.box_cox_exponent(x) == pytest.approx(stats.boxcox(x)[1], abs=1e-4)
    assert nonnormal.box_cox([1.0, np.e], 0.0) == pytest.approx([0.0, 1.0])
