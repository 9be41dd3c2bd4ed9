"""Capability of readings that are not normal: by percentiles of a fitted shape, or after a Box-Cox transformation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import capability
from spc.engine.distributions import Fit

SHARES = (0.00135, 0.5, 0.99865)


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Indices by percentiles, without unit, None where a limit is missing; x* in the unit of the readings."""

    x0135: float
    x50: float
    x99865: float
    pp: float | None
    ppl: float | None
    ppu: float | None
    ppk: float


def by_percentiles(fit: Fit, *, lsl: float | None = None, usl: float | None = None) -> Percentiles:
    """Pp = (usl - lsl)/(X99.865 - X0.135), each side from the median (ISO 22514-4:2016, general geometric method).

    ValueError: no limit, or limits in the wrong order.
    """
    capability.check_limits(lsl, usl)
    low, middle, high = (float(x) for x in fit.ppf(SHARES))
    ppl = None if lsl is None else (middle - lsl) / (middle - low)
    ppu = None if usl is None else (usl - middle) / (high - middle)
    pp = None if lsl is None or usl is None else (usl - lsl) / (high - low)
    return Percentiles(low, middle, high, pp, ppl, ppu, min(side for side in (ppl, ppu) if side is not None))


def box_cox(values: ArrayLike, exponent: float) -> NDArray[np.float64]:
    """(x^exponent - 1)/exponent, or log x for zero (Box and Cox 1964). ValueError: a value of zero or less."""
    x = np.asarray(values, np.float64)
    if (x <= 0).any():
        raise ValueError("A Box-Cox transformation allows only values above zero.")
    return np.log(x) if exponent == 0 else np.expm1(exponent * np.log(x)) / exponent


def box_cox_exponent(values: ArrayLike) -> float:
    """The likeliest exponent from -5 to 5, to 1e-6, by golden section. ValueError: a value of zero or less."""
    x = np.asarray(values, np.float64).reshape(-1)
    x = x[~np.isnan(x)]
    logs = np.log(x / np.exp(np.log(x).mean())) if (x > 0).all() else box_cox(x, 0.0)

    def unlikely(exponent: float) -> float:
        return float(box_cox(np.exp(logs), exponent).var())

    low, high, ratio = -5.0, 5.0, (5**0.5 - 1) / 2
    while high - low > 1e-6:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if unlikely(left) < unlikely(right) else (left, high)
    return (low + high) / 2
