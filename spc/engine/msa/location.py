"""Is a gauge right where it measures: bias against a reference, linearity over its range, type 1."""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from spc.engine.intervals import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bias:
    """Mean minus reference in the unit of the readings, its t test and interval; significant where 0 lies outside."""

    n: int
    mean: float
    reference: float
    bias: float
    stdev: float
    se: float
    t: float | None
    df: int
    t_critical: float
    p: float
    interval: Interval
    is_significant: bool


@dataclass(frozen=True, slots=True)
class Linearity:
    """The line bias = intercept + slope reference, its tests, and whether zero lies in its confidence band throughout.

    bias_by_reference pairs each reference with its mean bias and p; slope has no unit, all else the readings'.
    """

    n: int
    slope: float
    intercept: float
    se_slope: float
    se_intercept: float
    t_slope: float
    t_intercept: float
    p_slope: float
    p_intercept: float
    df: int
    t_critical: float
    s: float
    r_squared: float
    mean_bias: float
    percent_linearity: float
    bias_by_reference: tuple[tuple[float, float, float | None], ...]
    zero_line_inside_band: bool


@dataclass(frozen=True, slots=True)
class TypeOne:
    """Cg, Cgk and what they say in percent of the tolerance: repeatability alone, and with the bias."""

    bias: Bias
    cg: float
    cgk: float
    percent_repeatability: float
    percent_with_bias: float | None
    is_capable: bool


def bias(values: ArrayLike, reference: float, alpha: float = 0.05) -> Bias:
    """By the independent sample method: s, n - 1 df, t interval (AIAG MSA 4th ed., ch. III-B).

    values  any shape, NaN left out. ValueError: fewer than two.
    """
    x = np.asarray(values, np.float64).reshape(-1)
    x = x[~np.isnan(x)]
    if len(x) < 2:
        raise ValueError(f"A bias needs at least two readings of the reference, got {len(x)}.")
    n, mean, s = len(x), float(x.mean()), float(x.std(ddof=1))
    off, se = float((x - reference).mean()), s / sqrt(n)
    critical = float(special.stdtrit(n - 1, 1 - alpha / 2))
    t = off / se if se > 0 else None
    p = (1.0 if off == 0 else 0.0) if t is None else 2 * float(special.stdtr(n - 1, -abs(t)))
    interval = (off - critical * se, off + critical * se)
    return Bias(n, mean, reference, off, s, se, t, n - 1, critical, p, interval, not interval[0] <= 0 <= interval[1])


def linearity(references: ArrayLike, values: ArrayLike, alpha: float = 0.05) -> Linearity:
    """Regression of each bias on its reference with the confidence band (AIAG MSA 4th ed., ch. III-B).

    references, values  (rows,), NaN values left out. ValueError: fewer than two references or three readings.
    """
    x, y = np.asarray(references, np.float64), np.asarray(values, np.float64)
    x, y = x[~np.isnan(y)], y[~np.isnan(y)]
    if len(x) < 3 or len(np.unique(x)) < 2:
        raise ValueError("Linearity needs at least three readings of at least two references.")
    off, centred = y - x, x - x.mean()
    n, sxx = len(x), float(centred @ centred)
    slope = float(centred @ off) / sxx
    intercept = float(off.mean() - slope * x.mean())
    rest = off - off.mean() - slope * centred
    s, around = sqrt(float(rest @ rest) / (n - 2)), off - off.mean()
    errors = s / sqrt(sxx), s * sqrt(1 / n + float(x.mean()) ** 2 / sxx)
    critical = float(special.stdtrit(n - 2, 1 - alpha / 2))
    t = [abs(value) / error if error > 0 else inf for value, error in zip((slope, intercept), errors, strict=True)]
    p = [2 * float(special.stdtr(n - 2, -one)) for one in t]
    at = np.linspace(x.min(), x.max(), 401)
    band = critical * s * np.sqrt(1 / n + (at - x.mean()) ** 2 / sxx)
    total = float(around @ around)
    return Linearity(
        n, slope, intercept, *errors, t[0], t[1], p[0], p[1], n - 2, critical, s,
        1 - float(rest @ rest) / total if total else 1.0, float(off.mean()), 100 * abs(slope),
        tuple(_of_reference(float(r), y[x == r], alpha) for r in np.unique(x)),
        bool((np.abs(intercept + slope * at) <= band).all()),
    )  # fmt: skip


def type_one(
    values: ArrayLike, reference: float, tolerance: float, *,
    percent: float = 20.0, multiple: float = 6.0, least: float = 1.33, alpha: float = 0.05,
) -> TypeOne:
    """Cg = K T/(L s), Cgk = (K T/2 - |bias|)/(L s/2), K = `percent`, L = `multiple` (VDA 5; Bosch booklet 10; Minitab).

    ValueError: fewer than two readings, no spread, a tolerance that is not above zero.
    """  # fmt: skip
    found = bias(values, reference, alpha)
    if not tolerance > 0:
        raise ValueError(f"The tolerance must be above zero, not {tolerance}.")
    if found.stdev == 0:
        raise ValueError("The readings show no spread; look at the gauge's resolution.")
    room = percent / 100 * tolerance
    cg = room / (multiple * found.stdev)
    cgk = (room / 2 - abs(found.bias)) / (multiple / 2 * found.stdev)
    with_bias = percent / cgk if cgk > 0 else None
    return TypeOne(found, cg, cgk, percent / cg, with_bias, min(cg, cgk) >= least)


def _of_reference(reference: float, values: Floats, alpha: float) -> tuple[float, float, float | None]:
    if len(values) < 2:
        return reference, float((values - reference).mean()), None
    found = bias(values, reference, alpha)
    return reference, found.bias, found.p
