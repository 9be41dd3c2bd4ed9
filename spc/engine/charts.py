"""Where the centre and the control limits of measured values lie, and by which estimate of sigma."""

import numpy as np
from numpy.typing import ArrayLike

from spc.engine import constants, estimators
from spc.engine.estimators import Floats, Ints, moving_ranges
from spc.engine.estimators import means as subgroup_means
from spc.engine.estimators import ranges as subgroup_ranges
from spc.engine.limits import FEWEST_INDIVIDUALS, FEWEST_SUBGROUPS, Basis, Limits, Pair, each

__all__ = [
    "FEWEST_INDIVIDUALS", "FEWEST_SUBGROUPS", "Basis", "Limits", "Pair",
    "individual_sigma", "individuals", "location", "moving_ranges", "subgroup_means", "subgroup_ranges",
    "subgroup_sigma", "variation_r", "variation_s", "xbar_r", "xbar_s",
]  # fmt: skip

PLAIN = Basis()


def individuals(values: ArrayLike, *, span: int = 2, estimator: str = "mr", basis: Basis = PLAIN) -> Pair:
    """I-MR limits: mean +- 3 sigma, and D3, D4 times the mean moving range (ISO 7870-2:2013, 8; NIST 6.3.2.2).

    values  (n,) in time order, NaN where missing; a range is never formed across a gap
    estimator  "mr": mean moving range / d2(span); "median-mr": median moving range / d4(span), which a few outliers
        do not move (ASTM E2587); "s": overall s / c4(n), which hides slow drifts in sigma

    ValueError: fewer than two values, no unbroken moving range, unknown estimator.
    """
    x = basis.kept(estimators.series(values))
    known = x[~np.isnan(x)]
    ranges = moving_ranges(x, span)
    ranges = ranges[~np.isnan(ranges)]
    sigma, name = individual_sigma(x, span=span, estimator=estimator, basis=basis)
    center = float(known.mean()) if basis.center is None else basis.center
    few = len(known) < FEWEST_INDIVIDUALS
    place = location(center, sigma, np.ones(1, np.intp), name, basis.nsigma, (len(known), few))
    if basis.sigma is None and estimator == "s":  # s tells of the values, not of their neighbours
        sigma, name = float(ranges.mean()) / constants.d2(span), f"MRbar{span}/d2"
    spread = variation_r(sigma, np.array([span]), name, basis.nsigma, (len(ranges), few))
    return Pair(place, spread)


def individual_sigma(
    values: Floats, *, span: int = 2, estimator: str = "mr", basis: Basis = PLAIN
) -> tuple[float, str]:
    """Sigma of single values (n,) and the estimator's name; ValueError as for `individuals`."""
    if basis.sigma is not None:
        return basis.sigma, "given"
    x = basis.kept(values)
    known = x[~np.isnan(x)]
    ranges = moving_ranges(x, span)
    ranges = ranges[~np.isnan(ranges)]
    if len(known) < 2 or not len(ranges):
        raise ValueError(f"Limits need {span} values in a row, got {len(known)} in all; collect more readings.")
    if estimator == "mr":
        return float(ranges.mean()) / constants.d2(span), f"MRbar{span}/d2"
    if estimator == "median-mr":
        return float(np.median(ranges)) / constants.d4(span), f"median MR{span}/d4"
    if estimator == "s":
        return float(known.std(ddof=1)) / constants.c4(len(known)), "s/c4"
    raise ValueError(f"Unknown estimator {estimator!r} of sigma; choose mr, median-mr or s.")


def xbar_r(subgroups: ArrayLike, *, estimator: str = "uwave-r", basis: Basis = PLAIN) -> Pair:
    """X-bar and R limits; sigma by default the mean of R_i/d2(n_i), every subgroup weighing the same.

    subgroups  (k, n) in the unit of the readings, NaN where a reading is missing, so subgroups may differ in size;
        a subgroup of one says nothing of sigma, an empty one nothing at all: its limits are NaN
    estimator  one of estimators.NAMES

    The centre is the mean of all readings, X-bar +- 3 sigma/sqrt(n_i), R between D1 sigma and D2 sigma (for equal n:
    A2, D3 and D4 times R-bar). Limits are numbers where all subgroups are complete, arrays (k,) otherwise.
    ValueError: not two dimensions, n outside 2 to 100, no subgroup of two or more. Source: ISO 7870-2:2013, 6.
    """
    x = estimators.table(subgroups)
    sigma, name, place = _place(x, estimator, basis)
    return Pair(place, variation_r(sigma, estimators.sizes(x), name, basis.nsigma, (place.count, place.provisional)))


def xbar_s(subgroups: ArrayLike, *, estimator: str = "uwave-sd", basis: Basis = PLAIN) -> Pair:
    """X-bar and s limits: as `xbar_r`, with s between B5 sigma and B6 sigma (for equal n: A3, B3, B4 times s-bar)."""
    x = estimators.table(subgroups)
    sigma, name, place = _place(x, estimator, basis)
    return Pair(place, variation_s(sigma, estimators.sizes(x), name, basis.nsigma, (place.count, place.provisional)))


def _place(x: Floats, estimator: str, basis: Basis) -> tuple[float, str, Limits]:
    base = basis.kept(x)
    known = ~np.isnan(base)
    if not (known.sum(axis=1) >= 2).any():
        raise ValueError("X-bar and R need at least one subgroup with two readings.")
    sigma, name = subgroup_sigma(base, estimator, basis)
    center = float(base[known].mean()) if basis.center is None else basis.center
    count = int((known.sum(axis=1) >= 2).sum())
    told = count, count < FEWEST_SUBGROUPS
    return sigma, name, location(center, sigma, estimators.sizes(x), name, basis.nsigma, told)


def subgroup_sigma(subgroups: Floats, estimator: str, basis: Basis = PLAIN) -> tuple[float, str]:
    """Sigma within subgroups (k, n) and the estimator's name; the given sigma where there is one."""
    if basis.sigma is not None:
        return basis.sigma, "given"
    return estimators.within(subgroups, estimator), estimators.NAMES[estimator]


def location(center: float, sigma: float, n: Ints, name: str, nsigma: float, told: tuple[int, bool]) -> Limits:
    """Limits of means of n_i readings: centre +- nsigma sigma/sqrt(n_i); NaN for empty ones."""
    spread = each(n, lambda size: sigma / np.sqrt(size) if size else np.nan)
    return Limits(center, center + nsigma * spread, center - nsigma * spread, spread, sigma, name, *told)


def variation_r(sigma: float, n: Ints, name: str, nsigma: float, told: tuple[int, bool]) -> Limits:
    """Limits of ranges of n_i readings: d2 sigma +- nsigma d3 sigma, never below zero; NaN for fewer than two."""
    return _variation(sigma, n, (constants.d2, constants.d3), (name, nsigma, told))


def variation_s(sigma: float, n: Ints, name: str, nsigma: float, told: tuple[int, bool]) -> Limits:
    """Limits of s of n_i readings: c4 sigma +- nsigma sqrt(1 - c4^2) sigma, never below zero; NaN for fewer than 2."""
    return _variation(sigma, n, (constants.c4, constants.c5), (name, nsigma, told))


def _variation(
    sigma: float, n: Ints, factors: tuple[constants.Factor, constants.Factor], rest: tuple[str, float, tuple[int, bool]]
) -> Limits:
    name, nsigma, told = rest
    mean, noise = factors
    center = each(n, lambda size: mean(size) * sigma if size >= 2 else np.nan)
    spread = each(n, lambda size: noise(size) * sigma if size >= 2 else np.nan)
    lower = np.maximum(0.0, center - nsigma * spread)
    lcl = float(lower) if np.ndim(lower) == 0 else lower
    return Limits(center, center + nsigma * spread, lcl, spread, sigma, name, *told)
