"""Short runs: many parts on one chart, each told as its distance from its own target."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from spc.engine import constants, estimators, quantiles
from spc.engine.estimators import Floats


class ShortRun(NamedTuple):
    """Means and ranges as plotted (k,), the mean range of each part, and whether the parts share one sigma.

    For deviations from nominal both are in the unit of the readings, for the standardised chart they have none.
    """

    means: Floats
    ranges: Floats
    mean_range: dict[str, float]
    p_equal: float


def dnom(subgroups: ArrayLike, parts: Sequence[str], targets: Mapping[str, float]) -> ShortRun:
    """Deviation from nominal: x-bar - target; one chart for parts that share sigma (Bothe 1987; Montgomery 10.1).

    subgroups  (k, n) NaN where missing; parts  (k,) names; targets  by part, in the unit of the readings

    `p_equal` is the p-value of Bartlett's test that the parts share one variance: where it is small, standardise.
    ValueError: a part without a target, lengths that differ, a part without a range.
    """
    x = _checked(subgroups, parts, targets)
    means = estimators.means(x) - np.array([targets[part] for part in parts])
    ranges = estimators.ranges(x)
    return ShortRun(means, ranges, _by_part(ranges, parts), equal_variances(x, parts))


def standardised(subgroups: ArrayLike, parts: Sequence[str], targets: Mapping[str, float]) -> ShortRun:
    """(x-bar - target) / R-bar of the part, and R / R-bar: limits +- A2, and D3 to D4 (Griffith 1989; Montgomery 10.1).

    ValueError: as `dnom`; a part whose ranges are all zero.
    """
    plain = dnom(subgroups, parts, targets)
    flat = sorted(part for part, mean in plain.mean_range.items() if not mean > 0)
    if flat:
        raise ValueError(f"Part {', '.join(flat)} shows no spread, so nothing can be told in its terms.")
    scale = np.array([plain.mean_range[part] for part in parts])
    return plain._replace(means=plain.means / scale, ranges=plain.ranges / scale)


def standardised_limits(n: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """(lower, upper) of the standardised means and ranges for subgroups of n: -A2, A2 and D3, D4."""
    f = constants.of(n)
    return (-f.A2, f.A2), (f.D3, f.D4)


def equal_variances(subgroups: ArrayLike, parts: Sequence[str]) -> float:
    """p-value of Bartlett's test on the variances within subgroups, pooled by part; 1 for a single part.

    Bartlett, Proc. Roy. Soc. A 160 (1937) 268. ValueError: a part without two readings in any subgroup.
    """
    x = estimators.table(subgroups)
    n, squares = estimators.sizes(x), estimators.deviations(x) ** 2
    names = sorted(set(parts))
    freedom = np.array([_total(np.maximum(n - 1, 0).astype(float), parts, name) for name in names])
    sums = np.array([_total(np.where(n >= 2, squares * (n - 1), 0.0), parts, name) for name in names])
    if len(names) == 1:
        return 1.0
    if not (freedom > 0).all() or not (sums > 0).all():
        return 0.0
    pooled = sums.sum() / freedom.sum()
    statistic = freedom.sum() * np.log(pooled) - (freedom * np.log(sums / freedom)).sum()
    correction = 1 + ((1 / freedom).sum() - 1 / freedom.sum()) / (3 * (len(names) - 1))
    return quantiles.chi2_above(float(statistic / correction), len(names) - 1)


def _checked(subgroups: ArrayLike, parts: Sequence[str], targets: Mapping[str, float]) -> Floats:
    x = estimators.table(subgroups)
    if len(parts) != len(x):
        raise ValueError(f"There are {len(x)} subgroups, but {len(parts)} parts.")
    without = sorted(set(parts) - set(targets))
    if without:
        raise ValueError(f"Part {', '.join(without)} has no target.")
    return x


def _total(values: Floats, parts: Sequence[str], name: str) -> float:
    return float(sum(value for value, part in zip(values.tolist(), parts, strict=True) if part == name))


def _by_part(ranges: Floats, parts: Sequence[str]) -> dict[str, float]:
    found = {}
    for name in sorted(set(parts)):
        mine = ranges[[part == name for part in parts]]
        if np.isnan(mine).all():
            raise ValueError(f"Part {name} needs a subgroup of two readings.")
        found[name] = float(np.nanmean(mine))
    return found
