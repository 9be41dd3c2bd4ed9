"""Duncan's d2* and the factors K1, K2, K3 of gauge studies, computed exactly instead of copied from tables."""

from math import exp, lgamma, sqrt

from spc.engine import constants


def d2_star(m: int, g: int) -> float:
    """sqrt(d2^2 + d3^2/g) of the mean of `g` ranges of `m` values, no unit (AIAG MSA 4th ed., Appendix C).

    ValueError: m outside 2 to 100, g below 1.
    """
    if g < 1:
        raise ValueError(f"d2* needs at least one range, got {g}.")
    return sqrt(constants.d2(m) ** 2 + constants.d3(m) ** 2 / g)


def degrees(m: int, g: int) -> float:
    """Degrees of freedom of that estimate: those of the chi that varies as much about its mean (Patnaik 1950)."""
    spread = (constants.d3(m) / constants.d2(m)) ** 2 / g
    low, high = 0.1, 1e7
    while high / low > 1 + 1e-10:
        middle = sqrt(low * high)
        low, high = (middle, high) if _spread_of_chi(middle) > spread else (low, middle)
    return low


def k1(trials: int) -> float:
    """1/d2 of the trials (AIAG MSA 4th ed., the report form)."""
    return 1 / constants.d2(trials)


def k2(appraisers: int) -> float:
    """1/d2* of one range of the appraisers' means; K3 is the same of the parts'."""
    return 1 / d2_star(appraisers, 1)


k3 = k2


def _spread_of_chi(df: float) -> float:
    """Variance over squared mean; its expansion where gammas would cancel."""
    if df > 1e4:
        return 1 / (2 * df)
    mean = sqrt(2 / df) * exp(lgamma((df + 1) / 2) - lgamma(df / 2))
    return 1 / mean**2 - 1
