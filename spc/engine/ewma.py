"""The exponentially weighted moving average: a chart that sees small shifts early."""

from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike

from spc.engine.estimators import Floats, Ints, series
from spc.engine.limits import Limits


def smoothed(values: ArrayLike, weight: float, start: float) -> Floats:
    """z_i = weight x_i + (1 - weight) z_(i-1), z_0 = start: (n,) in, (n,) out, in the unit of the values.

    A missing value (NaN) has no z, and the next one goes on from the last z. ValueError: weight outside (0, 1].
    """
    x = series(values)
    if not 0 < weight <= 1:
        raise ValueError(f"The weight lambda lies above 0 and at most at 1, not at {weight}.")
    known = ~np.isnan(x)
    z = list(accumulate(x[known].tolist(), lambda last, new: last + weight * (new - last), initial=start))
    out = np.full(len(x), np.nan)
    out[known] = z[1:]
    return out


def spread(points: ArrayLike, *, weight: float, sigma: float) -> Floats:
    """Deviation of z at the i-th points (n,) of single readings: sigma sqrt(weight/(2-weight) (1 - (1-weight)^(2i))).

    Source: Montgomery, 9.2; what `limits` takes for subgroups of one, from any point on.
    """
    grown = 1 - (1 - weight) ** (2 * np.asarray(points, np.float64))
    found: Floats = sigma * np.sqrt(weight / (2 - weight) * grown)
    return found


def limits(
    statistics: Floats, *, weight: float, center: float, sigma: float, n: Ints, nsigma: float = 3.0,
    asymptotic: bool = False, estimator: str, count: int, provisional: bool,
) -> Limits:
    """Lines about z: centre +- nsigma deviations of z, by default as they widen from the first point on.

    statistics  (k,) z, NaN where missing; n  (k,) readings in each point; sigma  of single readings

    var z_i = weight^2 sigma^2/n_i + (1 - weight)^2 var z_(i-1); for equal n that is
    sigma^2/n weight/(2-weight) (1 - (1-weight)^(2i)) (Montgomery, 9.2). asymptotic=True takes the last factor as 1
    (NIST 6.3.2.4), with the median size where sizes differ.
    """
    known = ~np.isnan(statistics)
    if asymptotic:
        size = float(np.median(n[known])) if known.any() else 1.0
        spread: float | Floats = sigma * np.sqrt(weight / (2 - weight) / size)
    else:
        noise = (weight * sigma) ** 2 / np.maximum(n[known], 1)
        keep = (1 - weight) ** 2
        spread = np.full(len(statistics), np.nan)
        spread[known] = np.sqrt(list(accumulate(noise.tolist(), lambda last, new: new + keep * last)))
    return Limits(
        center, center + nsigma * spread, center - nsigma * spread, spread, sigma, estimator, count, provisional
    )
