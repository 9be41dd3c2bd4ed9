"""The lines of a chart, and what they rest on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

FEWEST_INDIVIDUALS = 100
FEWEST_SUBGROUPS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Limits of one plotted statistic, in its unit.

    center, ucl, lcl and spread (the standard deviation of the plotted statistic, which run rules take as their sigma)
    are numbers, or arrays with one value per point where sizes differ. `sigma` is the estimated deviation of single
    readings within, `estimator` names how it was found, `count` is how many points it rests on and `provisional` tells
    that these are too few to act on by themselves (AIAG SPC, 2nd ed., II.A; ISO 7870-2, 7).
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


class Plotted(NamedTuple):
    """The statistic (n,) that a chart shows, and its lines."""

    statistics: Floats
    limits: Limits


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What limits rest on, and how far away they lie.

    use  (n,) of bool: the points that limits are told from (phase I, without excluded ones); all where None
    nsigma  how many deviations of the plotted statistic the limits lie away
    center, sigma  values known from elsewhere, which are then not estimated (sigma: of single readings)
    """

    use: NDArray[np.bool_] | None = None
    nsigma: float = 3.0
    center: float | None = None
    sigma: float | None = None

    def kept(self, values: Floats) -> Floats:
        """The values (n,) or (n, m) with those that limits do not rest on as NaN."""
        if self.use is None:
            return values
        if len(self.use) != len(values):
            raise ValueError(f"{len(self.use)} points are marked as used or not, but there are {len(values)}.")
        kept: Floats = np.where(self.use if values.ndim == 1 else self.use[:, None], values, np.nan)
        return kept


def each(n: Ints, line: Callable[[int], float]) -> float | Floats:
    """A line by subgroup size: one number where all have one size, else an array with each subgroup's own."""
    lines = {int(size): float(line(int(size))) for size in set(n.tolist())}
    if len(lines) == 1:
        return next(iter(lines.values()))
    return np.array([lines[size] for size in n.tolist()], np.float64)


def is_exact(limits: str) -> bool:
    """Whether limits are quantiles of the distribution, not deviations; ValueError for another word."""
    if limits not in ("normal", "exact"):
        raise ValueError(f"Limits are normal or exact, not {limits!r}.")
    return limits == "exact"
