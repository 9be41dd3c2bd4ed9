"""Analysis of variance: do groups differ by more than their own spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One source of variation: degrees of freedom, sum and mean of squares, F and p against the error (None of it)."""

    source: str
    df: int
    ss: float
    ms: float
    f: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Anova:
    """The table, and the share of the variance that its factors explain."""

    rows: tuple[Row, ...]
    r_squared: float

    def row(self, source: str) -> Row:
        """The row of this source. KeyError: none."""
        return {row.source: row for row in self.rows}[source]


def one_way(groups: Sequence[ArrayLike]) -> Anova:
    """Between and within groups of any sizes, by squares about means (NIST StRD; Montgomery, 7th ed., 4.5).

    groups  each (n_i,) in one unit, NaN left out. ValueError: fewer than two groups, or no group of two.
    """
    arrays = [x[~np.isnan(x)] for x in (np.asarray(group, np.float64).reshape(-1) for group in groups)]
    arrays = [x for x in arrays if len(x)]
    n = sum(map(len, arrays))
    if len(arrays) < 2 or n <= len(arrays):
        raise ValueError("An analysis of variance needs two groups, and a group of two readings.")
    start = arrays[0][0]  # near numbers subtract without error, so digits are lost before this line or not at all
    arrays = [x - start for x in arrays]
    grand = float(np.concatenate(arrays).mean())
    means = np.array([float(x.mean()) for x in arrays])
    between = float((np.array([len(x) for x in arrays]) * (means - grand) ** 2).sum())
    within = float(sum(((x - m) ** 2).sum() for x, m in zip(arrays, means, strict=True)))
    return _table({"between": (between, len(arrays) - 1)}, (within, n - len(arrays)))


def two_way(x: ArrayLike) -> Anova:
    """Two crossed fixed factors, with their interaction where cells hold two readings or more (Montgomery, DOE, 5.3).

    x  (levels of the first, levels of the second, readings). ValueError: other shapes, a missing reading.
    """
    cells = np.asarray(x, np.float64)
    if cells.ndim != 3 or min(cells.shape[:2]) < 2:
        raise ValueError("Two factors need two levels each, and every combination of them measured.")
    if np.isnan(cells).any():
        a, b, _i = np.argwhere(np.isnan(cells))[0] + 1
        raise ValueError(f"Level {a} of the first with level {b} of the second factor lacks a reading; measure it.")
    squares = sums_of_squares(cells)
    error = squares.pop("error")
    if not error[1]:
        error = squares.pop("interaction")
    return _table(squares, error)


def sums_of_squares(cells: Floats) -> dict[str, tuple[float, int]]:
    """Sum of squares and df of first, second, interaction, error of (p, a, r), about means that were taken first."""
    p, a, r = cells.shape
    x = cells - cells.flat[0]
    x = x - x.mean()
    cell, first, second = x.mean(axis=2), x.mean(axis=(1, 2)), x.mean(axis=(0, 2))
    beyond = cell - first[:, None] - second
    return {
        "first": (a * r * float(first @ first), p - 1),
        "second": (p * r * float(second @ second), a - 1),
        "interaction": (r * float((beyond**2).sum()), (p - 1) * (a - 1)),
        "error": (float(((x - cell[:, :, None]) ** 2).sum()), p * a * (r - 1)),
    }


def _table(factors: dict[str, tuple[float, int]], error: tuple[float, int]) -> Anova:
    ss, df = error
    ms = ss / df
    rows = [_judged(name, *squares, ms, df) for name, squares in factors.items()]
    total = ss + sum(row.ss for row in rows)
    explained = (total - ss) / total if total > 0 else 0.0
    last = Row("error", df, ss, ms)
    return Anova((*rows, last, Row("total", df + sum(row.df for row in rows), total, np.nan)), explained)


def _judged(name: str, ss: float, df: int, ms_error: float, df_error: int) -> Row:
    f = ss / df / ms_error if ms_error > 0 else None
    return Row(name, df, ss, ss / df, f, None if f is None else special.f_tail(df, df_error, f))
