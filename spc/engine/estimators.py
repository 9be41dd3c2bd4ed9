"""What the readings within subgroups, or between neighbours, say of sigma: every estimator under one name."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import constants

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NAMES = {
    "uwave-r": "Rbar/d2", "mvlue-r": "MVLUE of R/d2",
    "uwave-sd": "sbar/c4", "mvlue-sd": "MVLUE of s/c4", "rmsdf": "pooled s/c4",
}  # fmt: skip
"""The estimators of subgroups by the names that qcc gave them, and how a report tells them."""


def within(subgroups: ArrayLike, estimator: str) -> float:
    """Sigma of single readings from the spread within each subgroup, in their unit.

    subgroups  (k, n), NaN where a reading is missing; rows of fewer than two readings say nothing

    uwave-r   mean of R_i / d2(n_i), every subgroup weighing the same (ISO 7870-2:2013, 6)
    mvlue-r   the same weighted by d2^2 / d3^2: least variance among linear unbiased ones (Burr, JQT 1 (1969) 163)
    uwave-sd  mean of s_i / c4(n_i)
    mvlue-sd  the same weighted by c4^2 / (1 - c4^2) (Burr 1969)
    rmsdf     sqrt(sum (n_i-1) s_i^2 / sum (n_i-1)) / c4(1 + sum (n_i-1)): pooled, unbiased

    ValueError: unknown estimator, no subgroup of two or more, more than 100 readings in one where ranges are used.
    """
    x = table(subgroups)
    n = sizes(x)
    usable = n >= 2
    if estimator not in NAMES:
        raise ValueError(f"Unknown estimator {estimator!r} of sigma; choose one of {', '.join(NAMES)}.")
    if not usable.any():
        raise ValueError("Sigma needs at least one subgroup with two readings.")
    x, n = x[usable], n[usable]
    if estimator.endswith("-r"):
        return _linear(ranges(x), per_size(n, constants.d2), per_size(n, constants.d3), estimator)
    if estimator.endswith("-sd"):
        return _linear(deviations(x), per_size(n, constants.c4), per_size(n, constants.c5), estimator)
    freedom = n - 1
    pooled = float(np.sqrt((freedom * deviations(x) ** 2).sum() / freedom.sum()))
    return pooled / constants.c4(int(freedom.sum()) + 1)


def _linear(spreads: Floats, means: Floats, noise: Floats, estimator: str) -> float:
    """Mean of spread / its expectation, equally weighted or by how little each one varies."""
    weights = (means / noise) ** 2 if estimator.startswith("mvlue") else np.ones_like(means)
    return float((weights * spreads / means).sum() / weights.sum())


def sizes(subgroups: Floats) -> Ints:
    """Readings in each row of (k, n) that are not NaN."""
    counted: Ints = (~np.isnan(subgroups)).sum(axis=1)
    return counted


def means(subgroups: ArrayLike) -> Floats:
    """Mean of each row of (k, n), NaN left out; NaN for an empty row."""
    x = np.asarray(subgroups, np.float64)
    n = sizes(x)
    return np.where(n > 0, np.nansum(x, axis=1) / np.maximum(n, 1), np.nan)


def ranges(subgroups: ArrayLike) -> Floats:
    """Range of each row of (k, n), NaN left out; NaN for a row of fewer than two readings."""
    x = np.asarray(subgroups, np.float64)
    missing = np.isnan(x)
    found = np.where(missing, -np.inf, x).max(axis=1) - np.where(missing, np.inf, x).min(axis=1)
    return np.where((~missing).sum(axis=1) >= 2, found, np.nan)


def deviations(subgroups: ArrayLike) -> Floats:
    """Standard deviation s (n - 1) of each row of (k, n), NaN left out; NaN for a row of fewer than two readings."""
    x = np.asarray(subgroups, np.float64)
    n = sizes(x)
    square = np.nansum((x - means(x)[:, None]) ** 2, axis=1)
    return np.where(n >= 2, np.sqrt(square / np.maximum(n - 1, 1)), np.nan)


def moving_ranges(values: ArrayLike, span: int = 2) -> Floats:
    """Range of each `span` (2 to 5) consecutive values: (n,) in, (n,) out, the unit of the values.

    The first span - 1 are NaN, and so is every range that would reach across a missing value. ValueError: bad span.
    """
    x = series(values)
    if span not in (2, 3, 4, 5):
        raise ValueError(f"A moving range spans 2 to 5 values, not {span}.")
    found = np.full(len(x), np.nan)
    if len(x) >= span:
        windows = np.lib.stride_tricks.sliding_window_view(x, span)
        found[span - 1 :] = windows.max(axis=1) - windows.min(axis=1)
    return found


def per_size(n: Ints, factor: Callable[[int], float]) -> Floats:
    """A factor of each subgroup's size, worked out once for each size there is."""
    distinct, place = np.unique(n, return_inverse=True)
    return np.array([factor(int(size)) for size in distinct], np.float64)[place]


def series(values: ArrayLike) -> Floats:
    """One series (n,) of floats; ValueError for another shape or infinite readings."""
    x = np.asarray(values, np.float64)
    if x.ndim != 1:
        raise ValueError(f"values must have the shape (n,), not {x.shape}.")
    return _finite(x)


def table(subgroups: ArrayLike) -> Floats:
    """Subgroups (k, n) of floats; ValueError for another shape or infinite readings."""
    x = np.asarray(subgroups, np.float64)
    if x.ndim != 2:
        raise ValueError(f"subgroups must have the shape (subgroups, readings), not {x.shape}.")
    return _finite(x)


def _finite(x: Floats) -> Floats:
    if np.isinf(x).any():
        raise ValueError("Limits cannot be told from infinite readings; exclude them first.")
    return x
