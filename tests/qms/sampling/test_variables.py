"""Plans by variables against scipy and published examples."""

import pytest
from scipy import stats

from qms.sampling import variables


@pytest.mark.parametrize("n", [2, 3, 5, 40, 200, 2000])
@pytest.mark.parametrize(("p", "k"), [(0.001, 2.5), (0.01, 1.9), (0.06, 1.5), (0.3, 0.5), (0.6, -0.3)])
def test_acceptance_is_the_noncentral_t(n, p, k):
    shift = stats.norm.isf(p) * n**0.5
    assert variables.acceptance(p, n=n, k=k) == pytest.approx(stats.nct.sf(k * n**0.5, n - 1, shift), abs=2e-8)


def test_the_plans_that_montgomery_reads_from_a_nomograph():
    unknown = variables.find(p1=0.01, p2=0.06)  # section 16.2: about 40, k 1.9
    known = variables.find(p1=0.01, p2=0.06, is_sigma_known=True)  # about 15, k 1.9
    assert (unknown.n, known.n) == (42, 15)
    assert (unknown.k, known.k) == pytest.approx((1.9, 1.9), abs=0.02)
    assert max(unknown.producer_risk, known.producer_risk) <= 0.05
    assert (unknown.consumer_risk, known.consumer_risk) == pytest.approx((0.10, 0.10))


def test_one_value_less_would_not_do():
    k = variables.constant(41, 0.06, 0.10)
    assert variables.acceptance(0.01, n=41, k=k) < 0.95


@pytest.mark.parametrize("n", [3, 4, 5, 10, 50, 200])
@pytest.mark.parametrize("quality", [-1, 0, 0.3, 1.53, 3])
def test_the_fraction_outside_is_a_beta(n, quality):
    x = min(1, max(0, 0.5 - quality * n**0.5 / (2 * (n - 1))))
    expected = stats.beta.cdf(x, n / 2 - 1, n / 2 - 1)
    assert variables.fraction_outside(quality, n) == pytest.approx(expected, abs=1e-8)


def test_the_fraction_outside_of_mil_std_414():
    assert variables.fraction_outside(1.59, 5) == pytest.approx(0.0219, abs=1e-4)  # example B-3, table B-5


def test_a_sample_is_accepted_inside_one_limit():
    asked = {"mean": 195, "sd": 8.81, "n": 5, "k": 1.53}
    assert variables.accepts(**asked, upper=209)
    assert not variables.accepts(**asked, upper=208)
    assert variables.accepts(**asked, lower=181)


def test_two_limits_are_judged_together():
    asked = {"mean": 0, "n": 10, "k": 1.5}
    assert variables.accepts(**asked, sd=0.5, lower=-1, upper=1)
    assert not variables.accepts(**asked, sd=0.6, lower=-1, upper=1)
    assert variables.accepts(**asked, sd=0.6, upper=1)
    assert variables.accepts(**asked, sd=0, lower=-1, upper=1)


def test_a_known_deviation_has_its_own_estimate():
    assert variables.fraction_outside(2, 4, is_sigma_known=True) == pytest.approx(stats.norm.sf(2 * (4 / 3) ** 0.5))


@pytest.mark.parametrize("wrong", [{"upper": None}, {"lower": 9, "upper": 8}, {"sd": -1}])
def test_a_sample_without_a_limit_is_refused(wrong):
    with pytest.raises(ValueError, match=r"needs a lower|standard deviation is not"):
        variables.accepts(**{"mean": 0, "sd": 1, "n": 5, "k": 1, "upper": 3, **wrong})


def test_what_can_not_be_estimated_is_refused():
    for act in (lambda: variables.acceptance(0.1, n=1, k=1), lambda: variables.fraction_outside(1, 2)):
        with pytest.raises(ValueError, match="estimated"):
            act()
    with pytest.raises(ValueError, match="No sample"):
        variables.find(p1=0.01, p2=0.0101)
