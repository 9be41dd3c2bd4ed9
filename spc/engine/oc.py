"""What a chart fails to see: operating characteristics of Shewhart charts, and run lengths of EWMA and CUSUM."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import quantiles
from spc.engine.estimators import Floats

NODES = 96


def xbar(shift: ArrayLike, n: ArrayLike, *, nsigma: float = 3.0) -> Floats:
    """Probability that one mean of n readings stays within limits when the process mean moved by `shift` sigma.

    beta = F(L - d sqrt n) - F(-L - d sqrt n); shapes broadcast, shift in sigmas of single readings (Montgomery 6.2).
    """
    moved = np.asarray(shift, np.float64) * np.sqrt(np.asarray(n, np.float64))
    return quantiles.normal_below(nsigma - moved) - quantiles.normal_below(-nsigma - moved)


def p(share: ArrayLike, n: int, lcl: float, ucl: float) -> Floats:
    """Probability that a share of bad items among n lies within the limits, for true shares of any shape."""
    low, high = _whole(n * lcl, n * ucl)
    at_most = quantiles.binomial_at_most(high, n, share)
    return at_most - (quantiles.binomial_at_most(low - 1, n, share) if low > 0 else 0.0)


def c(mean: ArrayLike, lcl: float, ucl: float) -> Floats:
    """Probability that a number of nonconformities lies within the limits, for true means of any shape."""
    low, high = _whole(lcl, ucl)
    return quantiles.poisson_at_most(high, mean) - (quantiles.poisson_at_most(low - 1, mean) if low > 0 else 0.0)


def ewma_run_length(weight: float, nsigma: float, shift: float = 0.0) -> float:
    """Average run length of an EWMA with asymptotic limits, started at the centre (Crowder, Technometrics 29 (1987)).

    Solves L(u) = 1 + 1/w integral L(v) f((v - (1-w) u)/w - shift) dv by Gauss-Legendre quadrature. shift is in
    deviations of the points.
    """
    reach = nsigma * np.sqrt(weight / (2 - weight))
    v, dv = _nodes(-reach, reach)

    def kernel(u: Floats) -> Floats:
        return _density((v - (1 - weight) * u[:, None]) / weight - shift) * dv / weight

    inside = np.linalg.solve(np.eye(len(v)) - kernel(v), np.ones(len(v)))
    return float(1 + kernel(np.zeros(1))[0] @ inside)


def cusum_run_length(k: float, h: float, shift: float = 0.0, *, head_start: float = 0.0, sides: int = 2) -> float:
    """Average run length of a tabular CUSUM in standard errors, one- or two-sided, from zero or a head start.

    One side solves L(s) = 1 + L(0) F(k - s - shift) + integral over (0, h) of L(v) f(v + k - s - shift) dv (Page 1954);
    two sides with starts a, b: (L+(a) L-(0) + L+(0) L-(b) - L+(0) L-(0)) / (L+(0) + L-(0)) (Lucas & Crosier 1982).
    """
    up, up_zero = _one_sided(k, h, shift, head_start)
    if sides == 1:
        return up
    down, down_zero = _one_sided(k, h, -shift, head_start)
    return (up * down_zero + up_zero * down - up_zero * down_zero) / (up_zero + down_zero)


def _one_sided(k: float, h: float, shift: float, start: float) -> tuple[float, float]:
    """Run length from the head start, and from zero."""
    v, dv = _nodes(0.0, h)
    points = np.r_[0.0, v]
    weights = np.column_stack([
        quantiles.normal_below(k - points - shift), _density(v + k - points[:, None] - shift) * dv,
    ])  # fmt: skip
    lengths = np.linalg.solve(np.eye(len(points)) - weights, np.ones(len(points)))
    row = np.r_[quantiles.normal_below(k - start - shift), _density(v + k - start - shift) * dv]
    return float(1 + row @ lengths), float(lengths[0])


def _nodes(low: float, high: float) -> tuple[Floats, Floats]:
    node, weight = np.polynomial.legendre.leggauss(NODES)
    return low + (node + 1) * (high - low) / 2, weight * (high - low) / 2


def _density(z: Floats) -> NDArray[np.float64]:
    return np.asarray(np.exp(-z * z / 2) / np.sqrt(2 * np.pi), np.float64)


def _whole(lower: float, upper: float) -> tuple[float, float]:
    """The least and most whole numbers within limits; a number on a limit is within."""
    return float(np.ceil(lower - 1e-9)), float(np.floor(upper + 1e-9))
