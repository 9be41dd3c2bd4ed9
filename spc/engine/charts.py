"""Where the centre and the control limits of a chart lie, and by which estimate of sigma."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import constants

Floats = NDArray[np.float64]

FEWEST_INDIVIDUALS = 100
FEWEST_SUBGROUPS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Limits of one plotted statistic, in the unit of the readings.

    center, ucl, lcl and spread (the standard deviation of the plotted statistic, which run rules take as their sigma)
    are numbers, or arrays with one value per subgroup where subgroup sizes differ. `sigma` is the estimated deviation
    of single readings within, `estimator` names how it was found, `count` is how many points it rests on and
    `provisional` tells that these are too few to act on by themselves (AIAG SPC, 2nd ed., II.A; ISO 7870-2, 7).
    """

    center: float | Floats
    ucl: float | Floats
    lcl: float | Floats
    spread: float | Floats
    sigma: float
    estimator: str
    count: int
    provisional: bool


class Pair(NamedTuple):
    """The two charts that are read together: where the process lies, and how much it varies."""

    location: Limits
    variation: Limits


def moving_ranges(values: ArrayLike, span: int = 2) -> Floats:
    """Range of each `span` (2 to 5) consecutive values: (n,) in, (n,) out, the unit of the values.

    The first span - 1 are NaN, and so is every range that would reach across a missing value. ValueError: bad span.
    """
    x = _series(values)
    if span not in (2, 3, 4, 5):
        raise ValueError(f"A moving range spans 2 to 5 values, not {span}.")
    ranges = np.full(len(x), np.nan)
    if len(x) >= span:
        windows = np.lib.stride_tricks.sliding_window_view(x, span)
        ranges[span - 1 :] = windows.max(axis=1) - windows.min(axis=1)
    return ranges


def individuals(values: ArrayLike, *, span: int = 2, estimator: str = "mr") -> Pair:
    """I-MR limits: mean +- 3 sigma, and D3, D4 times the mean moving range (ISO 7870-2:2013, 8; NIST 6.3.2.2).

    values  (n,) in time order, NaN where missing; a range is never formed across a gap
    estimator  "mr": mean moving range / d2(span); "s": overall s / c4(n), which hides slow drifts in sigma

    ValueError: fewer than two values, no unbroken moving range, unknown estimator.
    """
    x = _series(values)
    known = x[~np.isnan(x)]
    ranges = moving_ranges(x, span)
    ranges = ranges[~np.isnan(ranges)]
    if len(known) < 2 or not len(ranges):
        raise ValueError(f"Limits need {span} values in a row, got {len(known)} in all; collect more readings.")
    mean_range = float(ranges.mean())
    from_ranges, by_ranges = mean_range / constants.d2(span), f"MRbar{span}/d2"
    sigma, name = _individual_sigma(known, (from_ranges, by_ranges), estimator)
    center, few = float(known.mean()), len(known) < FEWEST_INDIVIDUALS
    location = Limits(center, center + 3 * sigma, center - 3 * sigma, sigma, sigma, name, len(known), few)
    return Pair(location, _ranges_about(from_ranges, span, by_ranges, len(ranges), few))


def xbar_r(subgroups: ArrayLike) -> Pair:
    """X-bar and R limits with sigma = mean of R_i/d2(n_i), every subgroup weighing the same (ISO 7870-2:2013, 6).

    subgroups  (k, n) in the unit of the readings, NaN where a reading is missing, so subgroups may differ in size;
        a subgroup of one says nothing of sigma, an empty one nothing at all: its limits are NaN

    The centre is the mean of all readings. Limits are numbers where all subgroups are complete, arrays (k,) otherwise.
    ValueError: not two dimensions, n outside 2 to 100, no subgroup of two or more.
    """
    x = np.asarray(subgroups, np.float64)
    if x.ndim != 2:
        raise ValueError(f"subgroups must have the shape (subgroups, readings), not {x.shape}.")
    known = ~np.isnan(_finite(x))
    sizes = known.sum(axis=1)
    usable = sizes >= 2
    if not usable.any():
        raise ValueError("X-bar and R need at least one subgroup with two readings.")
    ranges = subgroup_ranges(x)
    divisors = np.array([constants.d2(int(n)) for n in sizes[usable]])
    sigma = float((ranges[usable] / divisors).mean())
    count, few = int(usable.sum()), int(usable.sum()) < FEWEST_SUBGROUPS
    return Pair(_means_about(float(x[known].mean()), sigma, sizes, count, few), _subgroup_r(sigma, sizes, count, few))


def subgroup_means(subgroups: ArrayLike) -> Floats:
    """Mean of each row of (k, n), NaN left out; NaN for an empty row."""
    x = np.asarray(subgroups, np.float64)
    sizes = (~np.isnan(x)).sum(axis=1)
    return np.where(sizes > 0, np.nansum(x, axis=1) / np.maximum(sizes, 1), np.nan)


def subgroup_ranges(subgroups: ArrayLike) -> Floats:
    """Range of each row of (k, n), NaN left out; NaN for a row of fewer than two readings."""
    x = np.asarray(subgroups, np.float64)
    missing = np.isnan(x)
    ranges = np.where(missing, -np.inf, x).max(axis=1) - np.where(missing, np.inf, x).min(axis=1)
    return np.where((~missing).sum(axis=1) >= 2, ranges, np.nan)


def _series(values: ArrayLike) -> Floats:
    x = np.asarray(values, np.float64)
    if x.ndim != 1:
        raise ValueError(f"values must have the shape (n,), not {x.shape}.")
    return _finite(x)


def _finite(x: Floats) -> Floats:
    if np.isinf(x).any():
        raise ValueError("Limits cannot be told from infinite readings; exclude them first.")
    return x


def _individual_sigma(known: Floats, ranged: tuple[float, str], estimator: str) -> tuple[float, str]:
    if estimator == "mr":
        return ranged
    if estimator == "s":
        return float(known.std(ddof=1)) / constants.c4(len(known)), "s/c4"
    raise ValueError(f"Unknown estimator {estimator!r} of sigma; choose mr or s.")


def _ranges_about(sigma: float, n: int, name: str, count: int, few: bool) -> Limits:
    """Limits of ranges of `n` values: d2 sigma +- 3 d3 sigma, never below zero."""
    f = constants.of(n)
    return Limits(f.d2 * sigma, f.D2 * sigma, f.D1 * sigma, f.d3 * sigma, sigma, name, count, few)


def _means_about(center: float, sigma: float, sizes: NDArray[np.int_], count: int, few: bool) -> Limits:
    spread = _per_size(sizes, lambda n: sigma / np.sqrt(n) if n else np.nan)
    return Limits(center, center + 3 * spread, center - 3 * spread, spread, sigma, "Rbar/d2", count, few)


def _subgroup_r(sigma: float, sizes: NDArray[np.int_], count: int, few: bool) -> Limits:
    lines = {int(n): _ranges_about(sigma, int(n), "Rbar/d2", count, few) for n in set(sizes.tolist()) if n >= 2}

    def each(name: str) -> float | Floats:
        return _per_size(sizes, lambda n: getattr(lines[n], name) if n >= 2 else np.nan)

    return Limits(each("center"), each("ucl"), each("lcl"), each("spread"), sigma, "Rbar/d2", count, few)


def _per_size(sizes: NDArray[np.int_], line: Callable[[int], float]) -> float | Floats:
    """One number where all subgroups have one size, else an array with each subgroup's own."""
    if (sizes == sizes[0]).all():
        return float(line(int(sizes[0])))
    return np.array([line(int(n)) for n in sizes], np.float64)
