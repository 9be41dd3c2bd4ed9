"""The spread within subgroups: how it is estimated, and how many degrees of freedom the estimate is worth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import charts, constants

Floats = NDArray[np.float64]

_SBAR_SHARE = {2: 0.88, 3: 0.92, 4: 0.94, 5: 0.95, 6: 0.96, 7: 0.96, 8: 0.97, 9: 0.97}
_MR_SHARE = {2: 0.62, 3: 0.66, 4: 0.65, 5: 0.63}


@dataclass(frozen=True, slots=True)
class Within:
    """sigma in the unit of the readings, the name of its estimator ("Rbar/d2"), its effective degrees of freedom."""

    sigma: float
    name: str
    df: float


def pooled(subgroups: ArrayLike, *, unbiased: bool = False) -> Within:
    """Root of the pooled variance, over c4(df + 1) where `unbiased` (Montgomery, 7th ed., 6.3.2; ISO 22514-2, 7).

    subgroups  (k, n), NaN where a reading is missing. ValueError: no subgroup of two readings.
    """
    x, sizes = _subgroups(subgroups)
    df = int((sizes - 1).sum())
    sigma = float(np.sqrt(((sizes - 1) * _variances(x)).sum() / df))
    return Within(sigma / constants.c4(df + 1), "pooled/c4", df) if unbiased else Within(sigma, "pooled", df)


def from_ranges(subgroups: ArrayLike) -> Within:
    """Mean of R/d2(n), each subgroup weighing the same; df = 0.9 times that of s (ISO 7870-2, 6; Bissell 1990)."""
    x, sizes = _subgroups(subgroups)
    d2 = np.array([constants.d2(int(n)) for n in sizes])
    return Within(float((charts.subgroup_ranges(x) / d2).mean()), "Rbar/d2", 0.9 * float((sizes - 1).sum()))


def from_deviations(subgroups: ArrayLike) -> Within:
    """Mean of s/c4(n), each subgroup weighing the same; df = 0.88 (n = 2) to 0.98 (n >= 10) times that of s."""
    x, sizes = _subgroups(subgroups)
    c4 = np.array([constants.c4(int(n)) for n in sizes])
    share = np.array([_SBAR_SHARE.get(int(n), 0.98) for n in sizes])
    return Within(float((np.sqrt(_variances(x)) / c4).mean()), "Sbar/c4", float((share * (sizes - 1)).sum()))


def from_moving_ranges(values: ArrayLike, span: int = 2) -> Within:
    """Mean moving range over d2(span), none formed across a gap (ISO 7870-2, 8); df = 0.62 (n - 1) for a span of 2.

    values  (n,) in time order, NaN where missing; span 2 to 5. ValueError: no unbroken moving range.
    """
    limits = charts.individuals(values, span=span).location
    return Within(limits.sigma, limits.estimator, _MR_SHARE[span] * (limits.count - span + 1))


ESTIMATORS: dict[str, Callable[[ArrayLike], Within]] = {
    "pooled": pooled,
    "pooled/c4": lambda subgroups: pooled(subgroups, unbiased=True),
    "rbar": from_ranges,
    "sbar": from_deviations,
}


def estimate(values: ArrayLike, *, estimator: str = "", span: int = 2) -> Within:
    """By name: subgroups (k, n) by "rbar" (default), "sbar", "pooled", "pooled/c4"; a series (n,) by "mr".

    ValueError: a shape and an estimator that do not belong together, or too few readings.
    """
    x = np.asarray(values, np.float64)
    if x.ndim == 1:
        if estimator not in ("", "mr"):
            raise ValueError(f"{estimator!r} needs subgroups; give a subgroup size, or take mr for single values.")
        return from_moving_ranges(x, span)
    if (estimator or "rbar") not in ESTIMATORS:
        raise ValueError(f"Unknown estimator {estimator!r}; choose one of {', '.join(ESTIMATORS)} for subgroups.")
    return ESTIMATORS[estimator or "rbar"](x)


def _subgroups(values: ArrayLike) -> tuple[Floats, NDArray[np.int_]]:
    """Rows with two readings or more, and how many each holds."""
    x = np.asarray(values, np.float64)
    if x.ndim != 2:
        raise ValueError(f"subgroups must have the shape (subgroups, readings), not {x.shape}.")
    sizes = (~np.isnan(x)).sum(axis=1)
    if not (sizes >= 2).any():
        raise ValueError("The spread within needs at least one subgroup with two readings.")
    return x[sizes >= 2], sizes[sizes >= 2]


def _variances(x: Floats) -> Floats:
    variances: Floats = np.nanvar(x, axis=1, ddof=1)
    return variances
