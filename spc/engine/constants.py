"""The constants of control charts, computed exactly instead of copied from rounded tables."""

from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, lgamma, pi, sqrt

import numpy as np

LARGEST_SUBGROUP = 100
_TAIL = 9.0  # one normal value beyond 9 sigma has probability 1e-19
_WIDEST = 18.0


@dataclass(frozen=True, slots=True)
class Constants:
    """Factors of Shewhart charts for subgroups of `n` values, named as in ISO 7870-2:2013, Table 2, and ASTM MNL 7."""

    n: int
    d2: float
    d3: float
    c4: float
    c5: float
    A: float
    A2: float
    A3: float
    B3: float
    B4: float
    B5: float
    B6: float
    D1: float
    D2: float
    D3: float
    D4: float
    E2: float


def d2(n: int) -> float:
    """Mean range of `n` standard normal values (2 to 100), no unit; ValueError outside (Tippett 1925; ISO 7870-2)."""
    return _range_moments(_checked(n))[0]


def d3(n: int) -> float:
    """Standard deviation of the range of `n` standard normal values (2 to 100), no unit; ValueError outside."""
    return _range_moments(_checked(n))[1]


@lru_cache(maxsize=4096)
def c4(n: int) -> float:
    """Mean of s over sigma for `n` >= 2 values, no unit: sqrt(2/(n-1)) G(n/2)/G((n-1)/2) (ISO 7870-2, annex)."""
    if n < 2:
        raise ValueError(f"c4 needs at least 2 values, got {n}.")
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


@lru_cache(maxsize=LARGEST_SUBGROUP)
def of(n: int) -> Constants:
    """All factors for subgroups of `n` values (2 to 100); ValueError outside."""
    w, v, c = d2(n), d3(n), c4(n)
    c5, root = sqrt(1 - c * c), sqrt(n)
    return Constants(
        n=n, d2=w, d3=v, c4=c, c5=c5,
        A=3 / root, A2=3 / (w * root), A3=3 / (c * root), E2=3 / w,
        B3=max(0.0, 1 - 3 * c5 / c), B4=1 + 3 * c5 / c, B5=max(0.0, c - 3 * c5), B6=c + 3 * c5,
        D1=max(0.0, w - 3 * v), D2=w + 3 * v, D3=max(0.0, 1 - 3 * v / w), D4=1 + 3 * v / w,
    )  # fmt: skip


def _checked(n: int) -> int:
    if not 2 <= n <= LARGEST_SUBGROUP:
        raise ValueError(f"A range needs 2 to {LARGEST_SUBGROUP} values, got {n}.")
    return n


@lru_cache(maxsize=LARGEST_SUBGROUP)
def _range_moments(n: int) -> tuple[float, float]:
    """Mean and deviation of the range W from P(W <= w) = n * integral of f(x) (F(x+w) - F(x))^(n-1) dx."""
    w, weight, density, between = _grid()
    exceeds = 1 - n * density @ between ** (n - 1)
    mean = float(weight @ exceeds)
    square = float(2 * weight @ (w * exceeds))
    return mean, sqrt(square - mean * mean)


@lru_cache(maxsize=1)
def _grid() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gauss-Legendre nodes in w; trapezoids in x, which converge geometrically for such integrands."""
    node, weight = np.polynomial.legendre.leggauss(96)
    w = (node + 1) * _WIDEST / 2
    x = np.linspace(-_TAIL, _TAIL, 361)
    density = np.exp(-x * x / 2) / sqrt(2 * pi) * (x[1] - x[0])
    normal = np.vectorize(lambda z: erfc(-z / sqrt(2)) / 2, otypes=[float])
    return w, weight * _WIDEST / 2, density, normal(x[:, None] + w) - normal(x)[:, None]
