"""Quantiles of the distributions that exact limits follow."""

import importlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
TAIL = 0.00135
"""Of a normal distribution beyond 3 sigma, on each side, as standards round it."""


@cache
def _special() -> Any:
    """scipy.special takes half a second to import, so it waits until a quantile is asked for."""
    return importlib.import_module("scipy.special")


def beta(probability: float, a: float, b: float) -> float:
    """The quantile of the beta distribution with shapes a and b."""
    return float(_special().betaincinv(a, b, probability))


def f(probability: float, numerator: float, denominator: float) -> float:
    """The quantile of Snedecor's F with these degrees of freedom."""
    return float(_special().fdtri(numerator, denominator, probability))


def chi2(probability: float, freedom: float) -> float:
    """The quantile of chi-square."""
    return float(2 * _special().gammaincinv(freedom / 2, probability))


def chi2_above(value: float, freedom: float) -> float:
    """The probability that chi-square exceeds a value."""
    return float(_special().chdtrc(freedom, value))


def normal(probability: float) -> float:
    """The quantile of the standard normal distribution."""
    return float(_special().ndtri(probability))


def normal_below(z: ArrayLike) -> Floats:
    """The probability below z in the standard normal distribution."""
    return np.asarray(_special().ndtr(z), np.float64)


def tails(nsigma: float) -> tuple[float, float]:
    """The probabilities of the two quantiles that stand for `nsigma` deviations of a normal distribution."""
    below = TAIL if nsigma == 3 else float(normal_below(-nsigma))
    return below, 1 - below


def binomial(probability: float, n: ArrayLike, share: float) -> Floats:
    """The smallest whole number that Bin(n, share) stays at or below with at least this probability."""
    sizes = np.asarray(n, np.float64)
    if not 0 < share < 1:
        return sizes * share
    near = np.ceil(_special().bdtrik(probability, sizes, share))
    return _exact(near, lambda k: _special().bdtr(k, sizes.astype(int), share), probability)


def poisson(probability: float, mean: ArrayLike) -> Floats:
    """The smallest whole number that Poisson(mean) stays at or below with at least this probability."""
    means = np.asarray(mean, np.float64)
    near = np.ceil(_special().pdtrik(probability, means))
    return _exact(near, lambda k: _special().pdtr(k, means), probability)


def poisson_at_most(k: ArrayLike, mean: ArrayLike) -> Floats:
    """The probability that Poisson(mean) is at most k."""
    return np.asarray(_special().pdtr(k, mean), np.float64)


def binomial_at_most(k: ArrayLike, n: ArrayLike, share: ArrayLike) -> Floats:
    """The probability that Bin(n, share) is at most k."""
    return np.asarray(_special().bdtr(k, n, share), np.float64)


def _exact(near: Floats, below: Any, probability: float) -> Floats:
    """The inverse of a step function, set right where rounding put it one step off."""
    near = np.where(np.isfinite(near), np.maximum(near, 0.0), 0.0)
    near = np.where((near > 0) & (below(np.maximum(near - 1, 0.0)) >= probability), near - 1, near)
    return np.where(below(near) < probability, near + 1, near)
