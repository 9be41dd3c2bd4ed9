"""The shapes a process may have: density, distribution function, quantiles and likeliest parameters of each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from spc.engine import likelihood

Floats = NDArray[np.float64]
Parameters = tuple[float, ...]

_ROOT_2PI = float(np.sqrt(2 * np.pi))


@dataclass(frozen=True, slots=True)
class Family:
    """One shape, as functions of readings or probabilities (n,) and its parameters in the order of their names.

    `least` is the least reading it allows (None: any; strictly above it where `open`), `fit` the maximum likelihood.
    """

    name: str
    parameters: tuple[str, ...]
    fit: Callable[[Floats], Parameters]
    logpdf: Callable[..., Floats]
    cdf: Callable[..., Floats]
    ppf: Callable[..., Floats]
    least: float | None = None
    open: bool = True


def _normal_logpdf(x: Floats, mean: float, sd: float) -> Floats:
    density: Floats = -(((x - mean) / sd) ** 2) / 2 - np.log(sd * _ROOT_2PI)
    return density


def _logistic_logpdf(x: Floats, location: float, scale: float) -> Floats:
    z = np.abs((x - location) / scale)
    density: Floats = -z - 2 * np.log1p(np.exp(-z)) - np.log(scale)
    return density


def _least_logpdf(x: Floats, location: float, scale: float) -> Floats:
    z = (x - location) / scale
    density: Floats = z - np.exp(z) - np.log(scale)
    return density


def _least_cdf(x: Floats, location: float, scale: float) -> Floats:
    return -np.expm1(-np.exp((x - location) / scale))


def _least_ppf(q: Floats, location: float, scale: float) -> Floats:
    return location + scale * np.log(-np.log1p(-q))


def _folded_logpdf(x: Floats, mean: float, sd: float) -> Floats:
    return np.logaddexp(_normal_logpdf(x, mean, sd), _normal_logpdf(x, -mean, sd))


def _folded_cdf(x: Floats, mean: float, sd: float) -> Floats:
    share: Floats = special.ndtr((x - mean) / sd) - special.ndtr((-x - mean) / sd)
    return share


def _folded_ppf(q: Floats, mean: float, sd: float) -> Floats:
    """By bisection: the quantile lies below that of the normal with mean |mean| and a doubled tail."""
    q = np.asarray(q, np.float64)
    low, high = np.zeros_like(q), mean - sd * special.ndtri((1 - q) / 2)
    for _ in range(80):
        middle = (low + high) / 2
        below = _folded_cdf(middle, mean, sd) < q
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    quantile: Floats = (low + high) / 2
    return quantile


NORMAL = Family(
    "normal", ("mean", "sd"), likelihood.normal,
    _normal_logpdf, lambda x, m, s: special.ndtr((x - m) / s), lambda q, m, s: m + s * special.ndtri(q),
)  # fmt: skip
LOGNORMAL = Family(
    "lognormal", ("meanlog", "sdlog"), lambda x: likelihood.normal(np.log(x)),
    lambda x, m, s: _normal_logpdf(np.log(x), m, s) - np.log(x),
    lambda x, m, s: special.ndtr((np.log(x) - m) / s), lambda q, m, s: np.exp(m + s * special.ndtri(q)), 0.0,
)  # fmt: skip
WEIBULL = Family(
    "weibull", ("shape", "scale"), likelihood.weibull,
    lambda x, k, s: np.log(k / s) + (k - 1) * np.log(x / s) - (x / s) ** k,
    lambda x, k, s: -np.expm1(-((x / s) ** k)), lambda q, k, s: s * (-np.log1p(-q)) ** (1 / k), 0.0,
)  # fmt: skip
GAMMA = Family(
    "gamma", ("shape", "scale"), likelihood.gamma,
    lambda x, k, s: (k - 1) * np.log(x / s) - x / s - special.gammaln(k) - np.log(s),
    lambda x, k, s: special.gammainc(k, x / s), lambda q, k, s: s * special.gammaincinv(k, q), 0.0,
)  # fmt: skip
EXPONENTIAL = Family(
    "exponential", ("scale",), lambda x: (float(x.mean()),), lambda x, s: -x / s - np.log(s),
    lambda x, s: -np.expm1(-x / s), lambda q, s: -s * np.log1p(-q), 0.0, open=False,
)  # fmt: skip
LOGISTIC = Family(
    "logistic", ("location", "scale"), likelihood.logistic, _logistic_logpdf,
    lambda x, m, s: special.expit((x - m) / s), lambda q, m, s: m + s * special.logit(q),
)  # fmt: skip
LOGLOGISTIC = Family(
    "loglogistic", ("location", "scale"), lambda x: likelihood.logistic(np.log(x)),
    lambda x, m, s: _logistic_logpdf(np.log(x), m, s) - np.log(x),
    lambda x, m, s: special.expit((np.log(x) - m) / s), lambda q, m, s: np.exp(m + s * special.logit(q)), 0.0,
)  # fmt: skip
SMALLEST_EXTREME = Family(
    "smallest-extreme", ("location", "scale"), likelihood.smallest_extreme, _least_logpdf, _least_cdf, _least_ppf
)
LARGEST_EXTREME = Family(
    "largest-extreme", ("location", "scale"), likelihood.largest_extreme,
    lambda x, m, s: _least_logpdf(-x, -m, s), lambda x, m, s: np.exp(-np.exp(-(x - m) / s)),
    lambda q, m, s: m - s * np.log(-np.log(q)),
)  # fmt: skip
RAYLEIGH = Family(
    "rayleigh", ("scale",), lambda x: (float(np.sqrt(np.mean(x * x) / 2)),),
    lambda x, s: np.log(x) - 2 * np.log(s) - (x / s) ** 2 / 2,
    lambda x, s: -np.expm1(-((x / s) ** 2) / 2), lambda q, s: s * np.sqrt(-2 * np.log1p(-q)), 0.0,
)  # fmt: skip
HALF_NORMAL = Family(
    "half-normal", ("scale",), lambda x: (float(np.sqrt(np.mean(x * x))),),
    lambda x, s: _normal_logpdf(x, 0.0, s) + np.log(2),
    lambda x, s: special.erf(x / (s * np.sqrt(2))), lambda q, s: s * special.ndtri((1 + q) / 2), 0.0, open=False,
)  # fmt: skip
FOLDED_NORMAL = Family(
    "folded-normal", ("mean", "sd"), likelihood.folded_normal, _folded_logpdf, _folded_cdf, _folded_ppf,
    0.0, open=False,
)  # fmt: skip

ALL = {
    family.name: family
    for family in (
        NORMAL, LOGNORMAL, WEIBULL, GAMMA, EXPONENTIAL, LOGISTIC, LOGLOGISTIC, SMALLEST_EXTREME, LARGEST_EXTREME,
        RAYLEIGH, HALF_NORMAL, FOLDED_NORMAL,
    )
}  # fmt: skip
