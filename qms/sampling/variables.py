"""Plans by variables (the k method) for two agreed points, exactly, with the standard deviation unknown or known.

A lot is accepted when its mean lies at least k standard deviations inside the limit. ISO 3951-1:2013 prints plans of
this form; these are not its tables but computed from the operating characteristic, through the noncentral t
distribution (Resnikoff and Lieberman 1957) where the standard deviation is that of the sample. Two limits together are
judged by the estimated fraction outside both (MIL-STD-414 / ANSI Z1.9, Form 2), with M worked out from k.
Standard library only. Fractions are of one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, exp, fsum, lgamma, log, pi, sin, sqrt
from statistics import NormalDist

from qms.sampling.finders import check_points

NORMAL = NormalDist()
LARGEST = 20_000
SMALLEST = 3  # below three values the fraction outside can't be estimated
_PANELS = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """A sample and its acceptability constant, with the two risks that it really has."""

    n: int
    k: float
    is_sigma_known: bool
    producer_risk: float
    consumer_risk: float


def find(*, p1: float, alpha: float = 0.05, p2: float, beta: float = 0.10, is_sigma_known: bool = False) -> Plan:
    """The smallest sample, and k so that `p2` is accepted with exactly beta and `p1` with at least 1 − alpha.

    ValueError where the two qualities can't be told apart with 20,000 values.
    """
    check_points(p1, alpha, p2, beta)

    def is_enough(n: int) -> bool:
        return acceptance(p1, n=n, k=constant(n, p2, beta, is_sigma_known), is_sigma_known=is_sigma_known) >= 1 - alpha

    low, high = 1 if is_sigma_known else SMALLEST - 1, 4
    while not is_enough(high):
        low, high = high, high * 2
        if high > LARGEST:
            raise ValueError("No sample tells these two qualities apart. Put them further apart, or allow more risk.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    k = constant(high, p2, beta, is_sigma_known)
    risk = 1 - acceptance(p1, n=high, k=k, is_sigma_known=is_sigma_known)
    return Plan(high, k, is_sigma_known, risk, acceptance(p2, n=high, k=k, is_sigma_known=is_sigma_known))


def constant(n: int, p: float, chance: float, is_sigma_known: bool = False) -> float:
    """The k with which `n` values accept quality `p` with probability `chance`."""
    z, shift = -NORMAL.inv_cdf(p), NORMAL.inv_cdf(chance)
    if is_sigma_known:
        return z - shift / sqrt(n)
    low, high = z - 40 / sqrt(n), z + 40 / sqrt(n)
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if acceptance(p, n=n, k=middle) > chance else (low, middle)
    return (low + high) / 2


def acceptance(p: float, *, n: int, k: float, is_sigma_known: bool = False) -> float:
    """The probability that a lot with fraction `p` outside one limit is accepted; values are normal and independent."""
    if n < (1 if is_sigma_known else 2):
        raise ValueError("A standard deviation can't be estimated from fewer than two values.")
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 else 0.0
    z = -NORMAL.inv_cdf(p)
    if is_sigma_known:
        return NORMAL.cdf((z - k) * sqrt(n))
    return noncentral_t_above(k * sqrt(n), n - 1, z * sqrt(n))


def noncentral_t_above(t: float, df: int, shift: float) -> float:
    """P(T > t) for the noncentral t: the mean of Φ(shift − t·s) over the distribution of s = √(χ²/df), to 1e-9."""
    return fsum(weight * NORMAL.cdf(shift - t * s) for s, weight in _deviations(df))


def accepts(
    *, mean: float, sd: float, n: int, k: float, lower: float | None = None, upper: float | None = None,
    is_sigma_known: bool = False,
) -> bool:
    """Whether a sample is accepted: `sd` is that of the sample, or the known one. ValueError without a limit."""
    if lower is None and upper is None:
        raise ValueError("A plan by variables needs a lower or an upper limit.")
    if sd < 0 or (lower is not None and upper is not None and lower >= upper):
        raise ValueError("The standard deviation is not below zero, and the lower limit lies below the upper one.")
    margins = ([] if upper is None else [upper - mean]) + ([] if lower is None else [mean - lower])
    if len(margins) == 1 or sd == 0:
        return all(margin >= k * sd for margin in margins)
    allowed = fraction_outside(k, n, is_sigma_known)
    return fsum(fraction_outside(margin / sd, n, is_sigma_known) for margin in margins) <= allowed


def fraction_outside(quality: float, n: int, is_sigma_known: bool = False) -> float:
    """The best unbiased estimate of the fraction outside a limit `quality` standard deviations from the mean.

    Lieberman and Resnikoff 1955; with `quality` = k it is the largest fraction M that Form 2 accepts.
    """
    if n < (2 if is_sigma_known else SMALLEST):
        raise ValueError(f"The fraction outside can't be estimated from {n} values; take at least {SMALLEST}.")
    if is_sigma_known:
        return 1 - NORMAL.cdf(quality * sqrt(n / (n - 1)))
    x = min(1.0, max(0.0, 0.5 - quality * sqrt(n) / (2 * (n - 1))))
    return _symmetric_beta(x, n / 2 - 1)


def _symmetric_beta(x: float, a: float) -> float:
    """The incomplete beta function I_x(a, a), by Simpson's rule over the angle whose sine squared is x."""
    if a == 0.5:
        return 2 / pi * asin(sqrt(x))
    scale = log(2) + lgamma(2 * a) - 2 * lgamma(a)
    begin, end = max(0.0, pi / 4 - 5 / sqrt(2 * a)), asin(sqrt(x))

    def height(angle: float) -> float:
        product = sin(2 * angle) / 2
        return exp(scale + (2 * a - 1) * log(product)) if product > 0 else 0.0

    return min(1.0, _simpson(height, begin, end)) if end > begin else 0.0


@lru_cache(maxsize=64)
def _deviations(df: int) -> tuple[tuple[float, float], ...]:
    """Values of √(χ²/df) with the weights by which a function of it is averaged."""
    width = 9 / sqrt(2 * df)
    low, high = max(1e-12, 1 - width), 1 + width
    scale = log(2) + df / 2 * log(df / 2) - lgamma(df / 2)
    step = (high - low) / _PANELS
    places = [low + i * step for i in range(_PANELS + 1)]
    heights = [exp(scale + (df - 1) * log(s) - df * s * s / 2) for s in places]
    return tuple((s, height * _factor(i) * step / 3) for i, (s, height) in enumerate(zip(places, heights, strict=True)))


def _simpson(height: Callable[[float], float], low: float, high: float) -> float:
    step = (high - low) / _PANELS
    return step / 3 * fsum(_factor(i) * height(low + i * step) for i in range(_PANELS + 1))


def _factor(i: int) -> int:
    return 1 if i in {0, _PANELS} else 4 if i % 2 else 2
