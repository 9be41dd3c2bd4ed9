"""Do readings look like a normal distribution: Anderson-Darling, Shapiro-Wilk and Kolmogorov-Smirnov."""

from collections.abc import Callable
from math import asin, exp, inf, log, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]


class Test(NamedTuple):
    """A test's statistic, without unit, and how likely one as bad is among normal readings."""

    statistic: float
    p: float


_FEWEST = {"anderson-darling": 8, "shapiro-wilk": 3, "kolmogorov-smirnov": 5}
_AD_UPTO: tuple[tuple[float, Callable[[float], float]], ...] = (
    (0.2, lambda a: 1 - exp(-13.436 + 101.14 * a - 223.73 * a * a)),
    (0.34, lambda a: 1 - exp(-8.318 + 42.796 * a - 59.938 * a * a)),
    (0.6, lambda a: exp(0.9177 - 4.279 * a - 1.38 * a * a)),
    (inf, lambda a: exp(1.2937 - 5.709 * a + 0.0186 * a * a) if a < 13 else 3.7e-24),
)
_KS_UPTO = (
    (0.302, (1.0,)),
    (0.5, (2.76773, -19.828315, 80.709644, -138.55152, 81.218052)),
    (0.9, (-4.901232, 40.662806, -97.490286, 94.029866, -32.355711)),
    (1.31, (6.198765, -19.558097, 23.186922, -12.234627, 2.423045)),
    (inf, (0.0,)),
)


def anderson_darling(values: ArrayLike) -> Test:
    """A^2 with mean and s from the readings, p by D'Agostino and Stephens (1986), Table 4.9. At least 8 readings."""
    x = _readings(values, "anderson-darling")
    a = statistic_of(special.ndtr(_standardised(x)))
    n = len(x)
    adjusted = a * (1 + 0.75 / n + 2.25 / (n * n))
    return Test(a, next(p(adjusted) for upto, p in _AD_UPTO if adjusted < upto))


def statistic_of(probabilities: ArrayLike) -> float:
    """A^2 of the distribution function at the sorted readings, (n,) (Anderson and Darling 1954)."""
    u = np.clip(np.asarray(probabilities, np.float64), 1e-300, 1 - 1e-16)
    n = len(u)
    weights = 2 * np.arange(1, n + 1) - 1
    return float(-n - (weights * (np.log(u) + np.log1p(-u[::-1]))).sum() / n)


def distance_of(probabilities: ArrayLike) -> float:
    """The Kolmogorov-Smirnov distance D of the distribution function at the sorted readings, (n,)."""
    u = np.asarray(probabilities, np.float64)
    steps = np.arange(len(u) + 1) / len(u)
    return float(max((steps[1:] - u).max(), (u - steps[:-1]).max()))


def kolmogorov_smirnov(values: ArrayLike) -> Test:
    """D with mean and s from the readings (Lilliefors), p by Dallal and Wilkinson (1986). At least 5 readings."""
    x = _readings(values, "kolmogorov-smirnov")
    n, d = len(x), distance_of(special.ndtr(_standardised(x)))
    size, shrunk = min(n, 100), d * max(1.0, (n / 100) ** 0.49)
    root = sqrt(size + 2.78019)
    p = exp(
        -7.01256 * (shrunk * root) ** 2 + 2.99587 * shrunk * root
        - 0.122119 + 0.974598 / sqrt(size) + 1.67997 / size
    )  # fmt: skip
    return Test(d, p if p <= 0.1 else _lilliefors_tail((sqrt(n) - 0.01 + 0.85 / sqrt(n)) * d))


def shapiro_wilk(values: ArrayLike) -> Test:
    """W and its p by Royston's algorithm (Applied Statistics 44, 1995, AS R94). 3 to 5000 readings."""
    x = _readings(values, "shapiro-wilk")
    if len(x) > 5000:
        raise ValueError(f"Shapiro-Wilk is known for at most 5000 readings, got {len(x)}; use Anderson-Darling.")
    centred = x - x.mean()
    w = min(1.0, float((_shapiro_weights(len(x)) @ centred) ** 2 / (centred @ centred)))
    return Test(w, _shapiro_p(w, len(x)))


def _shapiro_weights(n: int) -> Floats:
    if n == 3:
        return np.array([-sqrt(0.5), 0, sqrt(0.5)])
    m: Floats = special.ndtri((np.arange(1, n + 1) - 0.375) / (n + 0.25))
    total, u = float(m @ m), 1 / sqrt(n)
    ends = [_polynomial((0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056), u) + float(m[-1]) / sqrt(total)]
    if n > 5:
        second = _polynomial((0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633), u)
        ends.append(second + float(m[-2]) / sqrt(total))
    k = len(ends)
    a: Floats = m / sqrt((total - 2 * float(m[-k:] @ m[-k:])) / (1 - 2 * sum(e * e for e in ends)))
    a[-k:], a[:k] = ends[::-1], [-e for e in ends]
    return a


def _shapiro_p(w: float, n: int) -> float:
    if n == 3:
        return max(0.0, 6 / pi * (asin(sqrt(w)) - asin(sqrt(0.75))))
    y = log(max(1 - w, 1e-300))
    if n <= 11:
        gamma = _polynomial((-2.273, 0.459), n)
        if y >= gamma:
            return 0.0
        y = -log(gamma - y)
        m = _polynomial((0.544, -0.39978, 0.025054, -6.714e-4), n)
        s = exp(_polynomial((1.3822, -0.77857, 0.062767, -0.0020322), n))
    else:
        m = _polynomial((-1.5861, -0.31082, -0.083751, 0.0038915), log(n))
        s = exp(_polynomial((-0.4803, -0.082676, 0.0030302), log(n)))
    return float(special.ndtr(-(y - m) / s))


def _lilliefors_tail(k: float) -> float:
    return next(_polynomial(of, k) for upto, of in _KS_UPTO if k <= upto)


def _polynomial(coefficients: tuple[float, ...], at: float) -> float:
    return float(np.polynomial.polynomial.polyval(at, coefficients))


def _standardised(x: Floats) -> Floats:
    standardised: Floats = (x - x.mean()) / x.std(ddof=1)
    return standardised


def _readings(values: ArrayLike, test: str) -> Floats:
    """Sorted, NaN left out. ValueError: fewer than the test needs, or no spread."""
    x = np.sort(np.asarray(values, np.float64).reshape(-1))
    x = x[~np.isnan(x)]
    if len(x) < _FEWEST[test]:
        raise ValueError(f"{test} needs at least {_FEWEST[test]} readings, got {len(x)}; collect more.")
    if x[0] == x[-1]:
        raise ValueError("The readings show no spread; look at the gauge's resolution.")
    return x
