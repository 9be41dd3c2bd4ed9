"""Limits of counts by hand, by exact quantiles and at the edges."""

import numpy as np
import pytest

from spc.engine import attributes, quantiles
from spc.engine.limits import Basis

NAN = float("nan")


def test_p_by_hand():
    shares, limits = attributes.p([5, 15, NAN, 10], [100, 100, 100, 50])

    p = 30 / 250
    assert shares.tolist() == pytest.approx([0.05, 0.15, NAN, 0.2], nan_ok=True)
    assert (limits.center, limits.sigma, limits.count) == pytest.approx((p, (p * (1 - p)) ** 0.5, 3))
    away = [3 * (p * (1 - p) / n) ** 0.5 for n in (100, 100, NAN, 50)]
    assert limits.ucl == pytest.approx([p + one for one in away], nan_ok=True)


def test_limits_stay_where_counts_can_be():
    for chart in (attributes.p, attributes.np_, attributes.u):
        low = chart([0, 1], [4, 4]).limits
        assert low.lcl == 0
    assert attributes.p([4, 3], [4, 4]).limits.ucl == 1
    assert attributes.np_([4, 3], [4, 4]).limits.ucl == 4


def test_exact_limits_hold_their_tails():
    d, n = np.full(30, 6.0), np.full(30, 50.0)

    binomial = attributes.np_(d, n, limits="exact").limits
    poisson = attributes.c(2 * d, limits="exact").limits

    assert quantiles.binomial_at_most(binomial.ucl, 50, 0.12) >= 1 - quantiles.TAIL
    assert quantiles.binomial_at_most(binomial.ucl - 1, 50, 0.12) < 1 - quantiles.TAIL
    below, at = (quantiles.poisson_at_most(poisson.lcl - less, 12.0) for less in (1, 0))
    assert below < quantiles.TAIL <= at


def test_limits_rest_on_the_basis_and_on_known_rates():
    d, n = [1, 2, 30], [100, 100, 100]

    based = attributes.p(d, n, basis=Basis(np.array([True, True, False]))).limits
    known = attributes.np_(d, n, basis=Basis(center=2.0)).limits

    assert (based.center, based.count) == (0.015, 2)
    assert (known.center, known.ucl) == pytest.approx((2.0, 2 + 3 * (2 * 0.98) ** 0.5))


def test_laney_widens_by_how_the_points_really_vary():
    plotted, sigma_z = attributes.laney_p([10, 30, 10, 30], [100] * 4)

    plain = attributes.p([10, 30, 10, 30], [100] * 4).limits
    assert sigma_z == pytest.approx(0.2 / plain.spread / 1.128)
    assert plotted.limits.ucl - 0.2 == pytest.approx(sigma_z * (plain.ucl - 0.2))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: attributes.p([1], [1, 2]), "1 counts, but 2 sizes"),
        (lambda: attributes.p([1, -1], [2, 2]), "Sample 2 has a count below 0"),
        (lambda: attributes.p([1, 3], [2, 2]), "Sample 2 has more bad items than items"),
        (lambda: attributes.u([1, 3], [2, -2]), "Sample 2 has a size below 0"),
        (lambda: attributes.p([NAN], [2]), "no sample to tell limits from"),
        (lambda: attributes.c([1, 2], limits="wide"), "normal or exact, not 'wide'"),
        (lambda: attributes.laney_p([0, 0], [5, 5]), "there is nothing to widen"),
        (lambda: attributes.laney_u([2, NAN, 1], [5, 5, 5]), "two samples in a row"),
    ],
)
def test_counts_that_cannot_be_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
