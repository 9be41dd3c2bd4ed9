"""Linear regression by least squares, of one or several columns."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Coefficients (intercept first) with standard errors, t and p; how much of the variance they explain.

    Arrays are (k + 1,) for k columns, residuals (n,); residual_sd is in the unit of y; p_f tests all slopes at once.
    """

    n: int
    coefficients: Floats
    errors: Floats
    t: Floats
    p: Floats
    df: int
    residual_sd: float
    r_squared: float
    adjusted_r_squared: float
    f: float | None
    p_f: float | None
    residuals: Floats


def least_squares(x: ArrayLike, y: ArrayLike) -> Regression:
    """y = b0 + b1 x1 + ... by QR of centred and scaled columns, so that near-collinear ones keep their digits.

    x  (n,) or (n, k), y (n,), rows with NaN left out
    ValueError: too few rows, a column without spread, columns that depend on one another.
    """
    columns, response = _rows(x, y)
    n, k = columns.shape
    middle, center = columns.mean(axis=0), float(response.mean())
    centred, away = columns - middle, response - center
    scale = np.linalg.norm(centred, axis=0)
    if (scale == 0).any():
        raise ValueError("A column of the regression shows no spread; leave it out.")
    q, r = np.linalg.qr(centred / scale)
    if np.abs(np.diag(r)).min() < 1e-12:
        raise ValueError("Columns of the regression depend on one another; leave one out.")
    slopes = np.linalg.solve(r, q.T @ away) / scale
    slopes = slopes + np.linalg.solve(r, q.T @ (away - centred @ slopes)) / scale
    residuals = away - centred @ slopes
    df, rest, total = n - k - 1, float(residuals @ residuals), float(away @ away)
    inverse = np.linalg.inv(r) / scale[:, None]
    spread = inverse @ inverse.T * rest / df
    errors = np.sqrt(np.r_[rest / df / n + float(middle @ spread @ middle), np.diag(spread)])
    coefficients = np.r_[center - float(middle @ slopes), slopes]
    t = np.divide(coefficients, errors, out=np.full(k + 1, np.inf), where=errors > 0)
    f = (total - rest) / k / (rest / df) if rest > 0 else None
    r2 = 1 - rest / total if total > 0 else 1.0
    return Regression(
        n, coefficients, errors, t, 2 * special.stdtr(df, -np.abs(t)), df, sqrt(rest / df), r2,
        1 - (1 - r2) * (n - 1) / df, f, None if f is None else float(special.fdtrc(k, df, f)), residuals,
    )  # fmt: skip


def _rows(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    columns, response = np.asarray(x, np.float64), np.asarray(y, np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or response.shape != columns.shape[:1]:
        raise ValueError("The columns of a regression must be equally long.")
    whole = ~(np.isnan(columns).any(axis=1) | np.isnan(response))
    columns, response = columns[whole], response[whole]
    if len(response) < columns.shape[1] + 2:
        raise ValueError(f"A regression on {columns.shape[1]} columns needs more than {len(response)} rows.")
    return columns, response
