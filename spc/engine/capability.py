"""How well a process fits its tolerance, with the sigma that says so named."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Capability:
    """Indices without unit; None where a limit is missing. cp* rest on sigma_within, pp* on sigma_overall.

    cpm rests on the mean square deviation of all readings from the target, cpm_within on sigma_within and the mean's
    distance from the target; both are None without a target.
    """

    n: int
    mean: float
    sigma_within: float
    within: str
    sigma_overall: float
    cp: float | None
    cpl: float | None
    cpu: float | None
    cpk: float
    pp: float | None
    ppl: float | None
    ppu: float | None
    ppk: float
    cpm: float | None = None
    cpm_within: float | None = None


def indices(
    values: ArrayLike,
    *,
    sigma_within: float,
    within: str,
    lsl: float | None = None,
    usl: float | None = None,
    target: float | None = None,
) -> Capability:
    """Cp, Cpk from the within sigma and Pp, Ppk from the overall s (ISO 22514-2:2017, 7; AIAG SPC, 2nd ed., IV).

    values  any shape, NaN left out; lsl, usl, sigma_within in their unit; `within` names the estimator ("Rbar/d2")

    One-sided tolerances have no Cp or Pp. Whether the process was stable is for the caller to ask.
    Cpm = (usl - lsl)/(6 tau) where the target is the middle; off it, or with one limit, the nearer limit's distance
    from the target over 3 tau (Chan, Cheng and Spiring 1988).
    ValueError: fewer than 2 values, no limit, limits in the wrong order or not finite, a sigma of zero.
    """
    x = np.asarray(values, np.float64).reshape(-1)
    x = x[~np.isnan(x)]
    check_limits(lsl, usl)
    if len(x) < 2:
        raise ValueError(f"Capability needs at least 2 values, got {len(x)}; collect more readings.")
    mean, overall = float(x.mean()), float(x.std(ddof=1))
    if not (0 < sigma_within < np.inf and 0 < overall < np.inf):
        raise ValueError("The values show no spread, so no capability can be told; look at the gauge's resolution.")
    cp, cpl, cpu, cpk = _against(mean, sigma_within, lsl, usl)
    pp, ppl, ppu, ppk = _against(mean, overall, lsl, usl)
    cpm, cpm_within = _about_target(x, mean, sigma_within, lsl, usl, target)
    return Capability(
        len(x), mean, float(sigma_within), within, overall, cp, cpl, cpu, cpk, pp, ppl, ppu, ppk, cpm, cpm_within
    )


def check_limits(lsl: float | None, usl: float | None) -> None:
    """ValueError unless there is a limit, each is finite, and the lower lies below the upper."""
    given = [limit for limit in (lsl, usl) if limit is not None]
    if not given:
        raise ValueError("Capability needs a lower or an upper specification limit.")
    if not np.isfinite(given).all():
        raise ValueError("Specification limits must be finite; leave out the side that has none.")
    if len(given) == 2 and not given[0] < given[1]:
        raise ValueError(f"The lower specification limit {lsl} must be below the upper one {usl}.")


def _against(
    mean: float, sigma: float, lsl: float | None, usl: float | None
) -> tuple[float | None, float | None, float | None, float]:
    lower = None if lsl is None else (mean - lsl) / (3 * sigma)
    upper = None if usl is None else (usl - mean) / (3 * sigma)
    both = None if lsl is None or usl is None else (usl - lsl) / (6 * sigma)
    return both, lower, upper, min(side for side in (lower, upper) if side is not None)


def _about_target(
    x: NDArray[np.float64], mean: float, sigma_within: float, lsl: float | None, usl: float | None, target: float | None
) -> tuple[float | None, float | None]:
    if target is None:
        return None, None
    if (lsl is not None and target <= lsl) or (usl is not None and target >= usl):
        raise ValueError(f"The target {target} must lie between the specification limits.")
    room = min(abs(limit - target) for limit in (lsl, usl) if limit is not None)
    overall = float(np.sqrt(np.mean((x - target) ** 2)))
    return room / (3 * overall), room / (3 * float(np.hypot(sigma_within, mean - target)))
