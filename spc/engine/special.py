"""The tail of the F distribution without a library, so that pages that only need it start fast."""

from math import exp, lgamma, log, log1p

_TINY, _CLOSE, _STEPS = 1e-300, 1e-16, 500


def f_tail(df1: float, df2: float, f: float) -> float:
    """P(F > f) with df1 and df2 degrees of freedom, f >= 0 (Abramowitz and Stegun 26.6.2)."""
    if f <= 0:
        return 1.0
    return _beta(df2 / (df2 + df1 * f), df1 * f / (df2 + df1 * f), df2 / 2, df1 / 2)


def _beta(x: float, rest: float, a: float, b: float) -> float:
    """The regularised incomplete beta of x = 1 - rest, by the continued fraction on the side where it converges."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    logs = lgamma(a + b) - lgamma(a) - lgamma(b)
    front = exp(logs + a * (log(x) if x < 0.5 else log1p(-rest)) + b * (log(rest) if rest < 0.5 else log1p(-x)))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's evaluation of Abramowitz and Stegun 26.5.8."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _not_zero(1 + step * d), _not_zero(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
