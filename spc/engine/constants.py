"""The constants of control charts, computed exactly instead of copied from rounded tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, lgamma, pi, sqrt

import numpy as np

LARGEST_SUBGROUP = 100
Factor = Callable[[int], float]
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


def c5(n: int) -> float:
    """Standard deviation of s over sigma for `n` >= 2 values, no unit: sqrt(1 - c4^2); ValueError outside."""
    return sqrt(1 - c4(n) ** 2)


@lru_cache(maxsize=LARGEST_SUBGROUP)
def d4(n: int) -> float:
    """Median range of `n` standard normal values (2 to 100), no unit; ValueError outside (ASTM E2587)."""
    x, density = _normal_grid()
    low, high = 0.0, _WIDEST
    for _ in range(60):
        middle = (low + high) / 2
        under = _checked(n) * density @ (_normal(x + middle) - _normal(x)) ** (n - 1) < 0.5
        low, high = (middle, high) if under else (low, middle)
    return (low + high) / 2


@lru_cache(maxsize=LARGEST_SUBGROUP)
def of(n: int) -> Constants:
    """All factors for subgroups of `n` values (2 to 100); ValueError outside."""
    w, v, c, u, root = d2(n), d3(n), c4(n), c5(n), sqrt(n)
    return Constants(
        n=n, d2=w, d3=v, c4=c, c5=u,
        A=3 / root, A2=3 / (w * root), A3=3 / (c * root), E2=3 / w,
        B3=max(0.0, 1 - 3 * u / c), B4=1 + 3 * u / c, B5=max(0.0, c - 3 * u), B6=c + 3 * u,
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
    x, density = _normal_grid()
    return w, weight * _WIDEST / 2, density, _normal(x[:, None] + w) - _normal(x)[:, None]


@lru_cache(maxsize=1)
def _normal_grid() -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(-_TAIL, _TAIL, 361)
    return x, np.exp(-x * x / 2) / sqrt(2 * pi) * (x[1] - x[0])


_normal = np.vectorize(lambda z: erfc(-z / sqrt(2)) / 2, otypes=[float])
