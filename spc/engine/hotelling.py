"""Hotelling's T2: several characteristics that vary together, judged as one point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import quantiles
from spc.engine.estimators import Floats

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """Centre (p,) and covariance (p, p) of a process, from `count` individuals, or subgroups of `size` readings."""

    center: Floats
    covariance: Floats
    count: int
    size: int


def individuals(values: ArrayLike, use: Mask | None = None) -> Normal:
    """Mean and covariance S of rows (m, p); rows with a NaN, or not in `use`, are left out.

    ValueError: not more complete rows than variables plus one, or variables that are copies of one another.
    """
    x = np.asarray(values, np.float64)
    if x.ndim != 2:
        raise ValueError(f"values must have the shape (points, variables), not {x.shape}.")
    rows = x[_used(x, use)]
    if len(rows) <= x.shape[1] + 1:
        raise ValueError(f"T2 of {x.shape[1]} variables needs more than {x.shape[1] + 1} complete rows.")
    return _checked(Normal(rows.mean(axis=0), np.atleast_2d(np.cov(rows, rowvar=False)), len(rows), 1))


def subgroups(values: ArrayLike, use: Mask | None = None) -> Normal:
    """Grand mean, and mean of the covariances within subgroups (m, n, p) of one size n.

    ValueError: n below 2, fewer than m (n - 1) > p - 1 degrees of freedom, variables that copy one another.
    """
    x = np.asarray(values, np.float64)
    if x.ndim != 3 or x.shape[1] < 2:
        raise ValueError(f"values must have the shape (subgroups, two or more readings, variables), not {x.shape}.")
    whole = x[_used(x, use)]
    if not len(whole) or len(whole) * (x.shape[1] - 1) <= x.shape[2] - 1:
        raise ValueError(f"T2 of {x.shape[2]} variables needs more complete subgroups.")
    inside = whole - whole.mean(axis=1, keepdims=True)
    covariance = np.einsum("mni,mnj->ij", inside, inside) / (len(whole) * (x.shape[1] - 1))
    return _checked(Normal(whole.mean(axis=(0, 1)), covariance, len(whole), x.shape[1]))


def statistic(values: ArrayLike, normal: Normal) -> Floats:
    """T2 = n (x - centre)' S^-1 (x - centre) of rows or of means of subgroups; no unit, NaN if incomplete."""
    x = np.asarray(values, np.float64)
    means = x.mean(axis=1) if x.ndim == 3 else x
    away = means - normal.center
    solved = np.linalg.solve(normal.covariance, away.T).T
    found: Floats = normal.size * (away * solved).sum(axis=1)
    return found


def alpha_of(variables: int, each: float = 0.0027) -> float:
    """The risk of a false alarm that p charts of 3 sigma run together: 1 - (1 - 0.0027)^p (qcc, JASP)."""
    return float(1 - (1 - each) ** variables)


def upper_limit(normal: Normal, alpha: float, *, phase: int) -> float:
    """The limit that T2 of an in-control point exceeds with probability alpha (Tracy et al., JQT 24 (1992) 88).

    individuals  phase I: (m-1)^2/m Beta(p/2, (m-p-1)/2), as each point also made the limit;
                 phase II: p (m+1)(m-1) / (m (m-p)) F(p, m-p)
    subgroups    phase I: p (m-1)(n-1) / (mn-m-p+1) F(p, mn-m-p+1); phase II: (m+1) in place of (m-1)

    ValueError: alpha outside 0 to 1, phase other than 1 or 2.
    """
    if not 0 < alpha < 1 or phase not in (1, 2):
        raise ValueError(f"alpha lies between 0 and 1 and the phase is 1 or 2, not {alpha} and {phase}.")
    p, m, n = len(normal.center), normal.count, normal.size
    if n > 1:
        freedom = m * n - m - p + 1
        return p * (m + (1 if phase == 2 else -1)) * (n - 1) / freedom * quantiles.f(1 - alpha, p, freedom)
    if phase == 1:
        return (m - 1) ** 2 / m * quantiles.beta(1 - alpha, p / 2, (m - p - 1) / 2)
    return p * (m + 1) * (m - 1) / (m * (m - p)) * quantiles.f(1 - alpha, p, m - p)


def contributions(values: ArrayLike, normal: Normal) -> Floats:
    """What each variable adds to T2 of each point (m, p): T2 less the T2 of the others (Runger et al., 1996)."""
    x = np.asarray(values, np.float64)
    whole, parts = statistic(x, normal), []
    for i in range(len(normal.center)):
        rest = [j for j in range(len(normal.center)) if j != i]
        others = Normal(normal.center[rest], normal.covariance[np.ix_(rest, rest)], normal.count, normal.size)
        parts.append(whole - (statistic(x[..., rest], others) if rest else 0.0))
    return np.stack(parts, axis=-1)


def _used(x: Floats, use: Mask | None) -> Mask:
    """The points (first axis) without a NaN that limits rest on."""
    complete = np.asarray(~np.isnan(x.reshape(len(x), -1)).any(axis=1), np.bool_)
    if use is not None and use.shape != complete.shape:
        raise ValueError(f"{len(use)} points are marked as used or not, but there are {len(complete)}.")
    return complete if use is None else complete & use


def _checked(normal: Normal) -> Normal:
    deviations = np.sqrt(np.diag(normal.covariance))
    if not (deviations > 0).all():
        raise ValueError("A variable does not vary at all; leave it out.")
    if np.linalg.cond(normal.covariance / np.outer(deviations, deviations)) > 1e12:
        raise ValueError("Some variables copy one another, so their covariance cannot be inverted; leave one out.")
    return normal
