"""What a column of readings looks like: moments, quartiles, bins, and the few causes that make most of the loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, log2, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

QUANTILES = {"median_unbiased": "type 8", "linear": "type 7", "weibull": "type 6", "averaged_inverted_cdf": "type 2"}
RULES = ("sturges", "scott", "freedman-diaconis", "square-root", "rice")


@dataclass(frozen=True, slots=True)
class Moments:
    """n, and in the unit of the readings mean and stdev (n - 1); skewness and excess kurtosis without unit (0: normal).

    stdev is NaN of a single reading, skewness and kurtosis where there is no spread.
    """

    n: int
    mean: float
    stdev: float
    skewness: float
    kurtosis: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Pareto:
    """Causes by falling count, with percent and cumulated percent of all."""

    names: tuple[str, ...]
    counts: tuple[float, ...]
    cumulated: tuple[float, ...]
    percent: tuple[float, ...]
    cumulated_percent: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bins of equal width by a named rule: k + 1 edges in the unit of the readings, k counts."""

    rule: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Tukey's box plot in the unit of the readings: whiskers end at the last reading within 1.5 IQR of the box."""

    quantile: str
    q1: float
    median: float
    q3: float
    lower_whisker: float
    upper_whisker: float
    outliers: tuple[float, ...]
    far_outliers: tuple[float, ...]


def moments(values: ArrayLike) -> Moments:
    """In two passes about a first mean, with its error corrected (Chan, Golub and LeVeque 1983). ValueError: none."""
    x = known(values)
    n, start = len(x), float(np.median(x))
    away = x - start
    mean = float(away.mean())
    d = away - mean
    m2, m3, m4 = (float((d**k).mean()) for k in (2, 3, 4))
    stdev = sqrt(m2 * n / (n - 1)) if n > 1 else nan
    skew, kurtosis = (m3 / m2**1.5, m4 / m2**2 - 3) if m2 > 0 else (nan, nan)
    return Moments(n, start + mean, stdev, skew, kurtosis, float(x.min()), float(x.max()))


def pareto(counts: Mapping[str, float], rest: str = "") -> Pareto:
    """Causes sorted by falling count; equal ones keep their order, the cause named `rest` comes last.

    ValueError: none counted, or a negative count.
    """
    total = sum(counts.values())
    if not total > 0 or min(counts.values()) < 0:
        raise ValueError("A Pareto chart needs counts of zero or more, and at least one above zero.")
    order = sorted(counts, key=lambda name: (name == rest and bool(rest), -counts[name]))
    sizes = np.array([counts[name] for name in order], np.float64)
    running = sizes.cumsum()
    return Pareto(
        tuple(order), tuple(sizes.tolist()), tuple(running.tolist()),
        tuple((100 * sizes / total).tolist()), tuple((100 * running / total).tolist()),
    )  # fmt: skip


def histogram(values: ArrayLike, rule: str = "freedman-diaconis", bins: int = 0) -> Histogram:
    """Equal bins from least to greatest, as many as the rule says, or as `bins` says; at least one.

    rule  sturges (1926), scott (1979), freedman-diaconis (1981), square-root, rice. ValueError: unknown, no readings.
    """
    x = known(values)
    if rule not in RULES:
        raise ValueError(f"Unknown rule {rule!r} for bins; choose one of {', '.join(RULES)}.")
    counts, edges = np.histogram(x, bins=max(1, bins or _bins(x, rule)))
    return Histogram("given" if bins else rule, tuple(edges.tolist()), tuple(counts.tolist()))


def box(values: ArrayLike, quantile: str = "linear") -> Box:
    """quantile  how quartiles are taken (Hyndman and Fan 1996): linear (type 7, R, Excel), weibull (type 6, Minitab),
    median_unbiased (type 8), averaged_inverted_cdf (type 2, SAS). ValueError: unknown, no readings.
    """
    if quantile not in QUANTILES:
        raise ValueError(f"Unknown quantile {quantile!r}; choose one of {', '.join(QUANTILES)}.")
    x = np.sort(known(values))
    q1, median, q3 = (float(q) for q in np.quantile(x, (0.25, 0.5, 0.75), method=quantile))  # type: ignore[call-overload]
    beyond = np.maximum(q1 - x, x - q3)
    inside = x[beyond <= 1.5 * (q3 - q1)]
    out, far = x[(beyond > 1.5 * (q3 - q1)) & (beyond <= 3 * (q3 - q1))], x[beyond > 3 * (q3 - q1)]
    ends = float(inside.min()), float(inside.max())
    return Box(QUANTILES[quantile], q1, median, q3, *ends, tuple(out.tolist()), tuple(far.tolist()))


def known(values: ArrayLike) -> Floats:
    """The readings (n,), NaN left out. ValueError: none left."""
    x = np.asarray(values, np.float64).reshape(-1)
    x = x[~np.isnan(x)]
    if not len(x):
        raise ValueError("There are no readings to look at.")
    return x


def _bins(x: Floats, rule: str) -> int:
    n, width = len(x), float(np.ptp(x))
    by_count: dict[str, int] = {"sturges": ceil(log2(n)) + 1, "square-root": ceil(sqrt(n)), "rice": ceil(2 * _root3(n))}
    if rule in by_count:
        return by_count[rule]
    iqr = float(np.subtract(*np.quantile(x, (0.75, 0.25))))
    size = 3.49 * float(x.std(ddof=min(1, n - 1))) if rule == "scott" else 2 * iqr
    return ceil(width * _root3(n) / size) if size > 0 else by_count["sturges"]


def _root3(n: int) -> float:
    return float(np.cbrt(n))
