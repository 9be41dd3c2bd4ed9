"""Which shape fits the readings: maximum likelihood, goodness of fit, and the ranking of all shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import families, normality
from spc.engine.families import Family

Floats = NDArray[np.float64]

FEWEST = 8
_SAMPLES, _LONGEST = 199, 200
# Significance points of the adjusted A^2, parameters estimated (Stephens 1986, 4.9 to 4.12).
_EXPONENTIAL = (
    (0.25, 0.2, 0.15, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025),
    (0.736, 0.816, 0.916, 1.062, 1.321, 1.591, 1.959, 2.244, 2.534),
)
_EXTREME = ((0.25, 0.1, 0.05, 0.025, 0.01), (0.474, 0.637, 0.757, 0.877, 1.038))
_LOGISTIC = ((0.25, 0.1, 0.05, 0.025, 0.01, 0.005), (0.426, 0.563, 0.66, 0.769, 0.906, 1.01))


@dataclass(frozen=True, slots=True)
class Fit:
    """A shape with its likeliest parameters, in the unit of the readings, and how well it fits `n` of them.

    p belongs to the Anderson-Darling statistic `ad`; `p_is` tells whether it is "=", "<" or ">" (beyond the table).
    """

    family: Family
    parameters: tuple[float, ...]
    n: int
    loglik: float
    ad: float
    p: float
    p_is: str
    ks: float

    @property
    def aic(self) -> float:
        """Akaike's criterion: the less, the better the shape for the number of its parameters."""
        return 2 * len(self.parameters) - 2 * self.loglik

    def cdf(self, x: ArrayLike) -> Floats:
        """The share of the process below each x; below the shape's least reading there is none."""
        at, least = np.asarray(x, np.float64), self.family.least
        if least is None:
            return self.family.cdf(at, *self.parameters)
        inside = np.maximum(at, least + np.finfo(float).tiny)
        return np.where(at > least, self.family.cdf(inside, *self.parameters), 0.0)

    def ppf(self, q: ArrayLike) -> Floats:
        """The reading below which each share q, 0 to 1, of the process lies."""
        return self.family.ppf(np.asarray(q, np.float64), *self.parameters)


def fit(values: ArrayLike, name: str) -> Fit:
    """The likeliest parameters of the shape `name` and its goodness of fit (ISO 22514-4:2016, 6; Stephens 1986).

    values  any shape, NaN left out
    ValueError: unknown name, fewer than 8 values, no spread, values the shape does not allow.
    """
    if name not in families.ALL:
        raise ValueError(f"Unknown distribution {name!r}; choose one of {', '.join(families.ALL)}.")
    family, x = families.ALL[name], _readings(values)
    if family.least is not None and (x[0] < family.least or (family.open and x[0] == family.least)):
        bound = "of zero or less" if family.open else "below zero"
        raise ValueError(f"A {name} distribution allows no values {bound}, and {x[0]:g} is among them.")
    parameters = family.fit(x)
    u = np.clip(family.cdf(x, *parameters), 1e-300, 1 - 1e-16)
    ad = _studentised(x, name) or normality.statistic_of(u)
    p, p_is = _p_value(family, x, ad)
    loglik = float(family.logpdf(x, *parameters).sum())
    return Fit(family, parameters, len(x), loglik, ad, p, p_is, normality.distance_of(u))


def ranked(values: ArrayLike, names: Sequence[str] = tuple(families.ALL)) -> list[Fit]:
    """Every shape that allows the readings: those not rejected at 5 % first, each group by rising AIC."""
    x = _readings(values)
    positive, nonnegative = x[0] > 0, x[0] >= 0
    allowed = [
        name for name in names
        if families.ALL[name].least is None or positive or (nonnegative and not families.ALL[name].open)
    ]  # fmt: skip
    return sorted((fit(x, name) for name in allowed), key=lambda found: (found.p < 0.05, found.aic))


def _studentised(x: Floats, name: str) -> float:
    """A^2 of the (log)normal with s over n - 1, as its p-value expects; 0 for other shapes."""
    if name not in ("normal", "lognormal"):
        return 0.0
    return normality.anderson_darling(x if name == "normal" else np.log(x)).statistic


def _p_value(family: Family, x: Floats, ad: float) -> tuple[float, str]:
    n = len(x)
    match family.name:
        case "normal":
            return normality.anderson_darling(x).p, "="
        case "lognormal":
            return normality.anderson_darling(np.log(x)).p, "="
        case "exponential" | "rayleigh":  # the square of a Rayleigh variable is exponential
            return _from_table(ad * (1 + 0.6 / n), *_EXPONENTIAL)
        case "weibull" | "smallest-extreme" | "largest-extreme":
            return _from_table(ad * (1 + 0.2 / sqrt(n)), *_EXTREME)
        case "logistic" | "loglogistic":
            return _from_table(ad * (1 + 0.25 / n), *_LOGISTIC)
        case _:
            return _simulated(family, family.fit(x), n, ad)


def _from_table(a: float, shares: tuple[float, ...], points: tuple[float, ...]) -> tuple[float, str]:
    """Interpolated in log p between the points of the table, at its end where `a` lies beyond."""
    if a < points[0]:
        return shares[0], ">"
    if a > points[-1]:
        return shares[-1], "<"
    return exp(float(np.interp(a, points, [log(share) for share in shares]))), "="


def _simulated(family: Family, parameters: tuple[float, ...], n: int, ad: float) -> tuple[float, str]:
    """By 199 samples of the fitted shape, each fitted anew (Stute et al. 1993); always the same samples.

    A^2 hardly depends on n beyond 200, so no longer samples are drawn.
    """
    uniform = np.random.default_rng(1986).uniform(size=(_SAMPLES, min(n, _LONGEST)))
    samples = np.sort(family.ppf(uniform, *parameters), axis=1)
    worse = sum(normality.statistic_of(family.cdf(row, *family.fit(row))) >= ad for row in samples)
    return (1 + worse) / (_SAMPLES + 1), "="


def _readings(values: ArrayLike) -> Floats:
    x = np.sort(np.asarray(values, np.float64).reshape(-1))
    x = x[~np.isnan(x)]
    if len(x) < FEWEST:
        raise ValueError(f"A distribution needs at least {FEWEST} readings, got {len(x)}; collect more.")
    if x[0] == x[-1]:
        raise ValueError("The readings show no spread; look at the gauge's resolution.")
    return x
