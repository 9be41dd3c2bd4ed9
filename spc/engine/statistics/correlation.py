"""Do two columns go together, and does a series remember itself."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlation:
    """A coefficient from -1 to 1, its test against none with the name of how p was found, and its interval."""

    coefficient: float
    n: int
    statistic: float | None
    p: float
    p_by: str
    interval: tuple[float, float] | None


def pearson(x: ArrayLike, y: ArrayLike, confidence: float = 0.95) -> Correlation:
    """Linear correlation; p by t with n - 2 df, interval by Fisher's z. ValueError: fewer than 3 pairs, no spread."""
    a, b = _pairs(x, y)
    r, n = _product_moment(a, b), len(a)
    t, p = _by_t(r, n)
    interval = None
    if n > 3 and abs(r) < 1:
        half = float(special.ndtri((1 + confidence) / 2)) / sqrt(n - 3)
        interval = (tanh(atanh(r) - half), tanh(atanh(r) + half))
    return Correlation(r, n, t, p, "t, n - 2 df", interval)


def spearman(x: ArrayLike, y: ArrayLike) -> Correlation:
    """Correlation of ranks, ties sharing their mean rank; p by t with n - 2 df. ValueError as of `pearson`."""
    a, b = _pairs(x, y)
    rho = _product_moment(ranks(a), ranks(b))
    t, p = _by_t(rho, len(a))
    return Correlation(rho, len(a), t, p, "t, n - 2 df", None)


def kendall(x: ArrayLike, y: ArrayLike) -> Correlation:
    """tau-b; p by the normal with the variance that ties leave (Kendall 1970, 4.9). ValueError as of `pearson`."""
    a, b = _pairs(x, y)
    n = len(a)
    upper = np.triu_indices(n, 1)
    da, db = np.sign(a[upper[0]] - a[upper[1]]), np.sign(b[upper[0]] - b[upper[1]])
    score = float(da @ db)
    tau = score / sqrt(float(np.abs(da).sum()) * float(np.abs(db).sum()))
    z = score / sqrt(_kendall_variance(n, _ties(a), _ties(b)))
    return Correlation(tau, n, z, 2 * float(special.ndtr(-abs(z))), "normal, corrected for ties", None)


def autocorrelation(values: ArrayLike, lags: int) -> Floats:
    """Of lags 0 to `lags`, each over the whole sum of squares (Box and Jenkins; as R's acf). (n,) in, (lags + 1,) out.

    ValueError: no spread, or fewer readings than lags.
    """
    x = np.asarray(values, np.float64)
    d = x - np.median(x)
    d = d - d.mean()
    total = float(d @ d)
    if not 0 < lags < len(x) or not total > 0:
        raise ValueError(f"Autocorrelation to lag {lags} needs more readings than that, and some spread among them.")
    return np.array([float(d[: len(d) - k] @ d[k:]) / total for k in range(lags + 1)])


def ranks(x: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _values, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = counts.cumsum()
    shared: Floats = (last - (counts - 1) / 2)[place]
    return shared


def _product_moment(a: Floats, b: Floats) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))


def _by_t(r: float, n: int) -> tuple[float | None, float]:
    if abs(r) >= 1:
        return None, 0.0
    t = r * sqrt((n - 2) / (1 - r * r))
    return t, 2 * float(special.stdtr(n - 2, -abs(t)))


def _ties(x: Floats) -> Floats:
    return np.unique(x, return_counts=True)[1].astype(np.float64)


def _kendall_variance(n: int, t: Floats, u: Floats) -> float:
    def cubic(c: Floats) -> float:
        return float((c * (c - 1) * (2 * c + 5)).sum())

    def square(c: Floats) -> float:
        return float((c * (c - 1)).sum())

    def triple(c: Floats) -> float:
        return float((c * (c - 1) * (c - 2)).sum())

    return (
        (n * (n - 1) * (2 * n + 5) - cubic(t) - cubic(u)) / 18
        + triple(t) * triple(u) / (9 * n * (n - 1) * (n - 2))
        + square(t) * square(u) / (2 * n * (n - 1))
    )


def _pairs(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    a, b = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError("Two columns must be equally long to be compared.")
    whole = ~(np.isnan(a) | np.isnan(b))
    a, b = a[whole], b[whole]
    if len(a) < 3:
        raise ValueError(f"A correlation needs at least three pairs, got {len(a)}.")
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        raise ValueError("One of the columns shows no spread, so there is no correlation to tell.")
    return a, b
