"""The tabular cumulative sum: how far the process has drifted from its target, and since when."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine.estimators import Floats, series


class Cusum(NamedTuple):
    """Both arms (n,), and how many points ago each last lay at zero (Montgomery's N+ and N-)."""

    upper: Floats
    lower: Floats
    since_upper: NDArray[np.intp]
    since_lower: NDArray[np.intp]


class Arms(NamedTuple):
    """Where both arms stand behind a point, and how many points ago each last lay at zero: what a later one needs."""

    upper: float
    lower: float
    since_upper: int = 0
    since_lower: int = 0


def tabular(
    deviations: ArrayLike, k: float = 0.5, *, head_start: float = 0.0, after: Arms | None = None
) -> Cusum:
    """C+_i = max(0, C+_(i-1) + d_i - k), C-_i = max(0, C-_(i-1) - d_i - k), beginning at `head_start`.

    deviations  (n,) from the target: in standard errors of the plotted mean (k = 0.5, h = 4 or 5; qcc, Montgomery
        9.1) or in the unit of the data (NIST 6.3.2.3), then k, h and the head start are in that unit too
    head_start  the fast initial response, usually h/2 (Lucas & Crosier, Technometrics 24 (1982) 199)
    after  where an earlier part of the same series ended; then the head start is behind it

    Both arms are positive; draw the lower one downwards. A missing value (NaN) has no point, and the sums go on behind
    it. A point is out of control where an arm exceeds h. The sums are not reset there. ValueError: k or head start < 0.
    """
    x = series(deviations)
    if k < 0 or head_start < 0:
        raise ValueError("The slack k and the head start must not be negative.")
    begun = after or Arms(head_start, head_start)
    upper, since_upper = _arm(x, k, begun.upper, begun.since_upper)
    lower, since_lower = _arm(-x, k, begun.lower, begun.since_lower)
    return Cusum(upper, lower, since_upper, since_lower)


def _arm(x: Floats, k: float, start: float, length: int) -> tuple[Floats, NDArray[np.intp]]:
    sums, since = np.full(len(x), np.nan), np.zeros(len(x), np.intp)
    total = start
    for i, value in enumerate(x.tolist()):
        if value == value:
            total = max(0.0, total + value - k)
            sums[i] = total
        length = length + 1 if total > 0 else 0
        since[i] = length
    return sums, since
