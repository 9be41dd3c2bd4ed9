"""How far a capability index may lie from the one that was estimated."""

from math import sqrt

from scipy import special

Interval = tuple[float, float]


def of_ratio(index: float, df: float, confidence: float = 0.95) -> Interval:
    """Of Cp and Pp, which hold one sigma of `df` degrees of freedom: chi-square (ISO 22514-2; Montgomery, 8.3.5)."""
    low, high = special.chdtri(df, [(1 + confidence) / 2, (1 - confidence) / 2])
    return index * sqrt(low / df), index * sqrt(high / df)


def of_nearest(index: float, n: int, df: float, confidence: float = 0.95) -> Interval:
    """Of Cpk and Ppk, and of one side: normal approximation, half width z sqrt(1/(9n) + C^2/(2 df)) (Bissell 1990)."""
    half = float(special.ndtri((1 + confidence) / 2)) * sqrt(1 / (9 * n) + index * index / (2 * df))
    return index - half, index + half


def of_target(index: float, n: int, shift: float, confidence: float = 0.95) -> Interval:
    """Of Cpm; `shift` = (mean - target)/sigma; chi-square with n (1 + a^2)^2/(1 + 2a^2) df (Boyles 1991)."""
    a2 = shift * shift
    return of_ratio(index, n * (1 + a2) ** 2 / (1 + 2 * a2), confidence)


def of_share(count: int, of: int, confidence: float = 0.95) -> Interval:
    """Exact limits of a share of `count` among `of` trials, from 0 to 1 (Clopper and Pearson 1934)."""
    tail = (1 - confidence) / 2
    low = float(special.betaincinv(count, of - count + 1, tail)) if count else 0.0
    high = float(special.betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return low, high
