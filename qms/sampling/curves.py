"""What a single plan by attributes does to lots: operating characteristic, outgoing quality, amount of inspection.

Standard library only, so that a page can draw a curve without loading scipy. Fractions are of one (0.01 is 1 %).
Duncan, Quality Control and Industrial Statistics, 5th ed.; ISO 2859-1:1999, Annex; NIST/SEMATECH e-Handbook, 6.2.3.2.
"""

from collections.abc import Callable
from math import ceil, comb, exp, fsum, lgamma, log, log1p
from typing import Literal

Model = Literal["binomial", "poisson", "hypergeometric"]
_QUICK = 5_000
MODELS: tuple[Model, ...] = ("binomial", "poisson", "hypergeometric")


def acceptance(p: float, *, n: int, ac: int, model: Model = "binomial", lot: int | None = None) -> float:
    """The probability that a lot of quality `p` is accepted: at most `ac` faults among `n`.

    binomial: a long series of lots of nonconforming items; poisson: nonconformities per item, `p` may pass one;
    hypergeometric: this one lot of `lot` items, of which `p`, rounded to whole items, are nonconforming.
    """
    _check(p, n, ac, model, lot)
    if ac >= n and model != "poisson":
        return 1.0
    if model == "poisson":
        return _poisson(p * n, ac)
    if model == "hypergeometric":
        return _hypergeometric(round(p * (lot or 0)), n, ac, lot or 0)
    return _binomial(p, n, ac)


def quality_at(chance: float, *, n: int, ac: int, model: Model = "binomial") -> float:
    """The quality of lots that are accepted with probability `chance`: AQL-like points, indifference, LTPD."""
    if not 0 < chance < 1:
        raise ValueError("The probability of acceptance lies between 0 and 1.")
    if ac >= n and model != "poisson":
        return 1.0
    low, high = 0.0, 1.0
    while model == "poisson" and acceptance(high, n=n, ac=ac, model=model) > chance:
        high *= 2
    for _step in range(200):
        middle = (low + high) / 2
        if acceptance(middle, n=n, ac=ac, model=model) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def outgoing(p: float, *, n: int, ac: int, lot: int, model: Model = "binomial") -> float:
    """Average outgoing quality where rejected lots are screened and faults replaced: Pa·p·(N − n)/N."""
    return acceptance(p, n=n, ac=ac, model=model, lot=lot) * p * max(0, lot - n) / lot


def worst_outgoing(*, n: int, ac: int, lot: int, model: Model = "binomial") -> tuple[float, float]:
    """AOQL and the incoming quality at which it is reached, by golden section; (0, 0) where all is inspected."""
    if n >= lot:
        return 0.0, 0.0
    smooth: Model = "binomial" if model == "hypergeometric" else model
    high = quality_at(0.001, n=n, ac=ac, model=smooth)
    at = _peak(lambda p: outgoing(p, n=n, ac=ac, lot=lot, model=smooth), 0.0, high)
    return outgoing(at, n=n, ac=ac, lot=lot, model=smooth), at


def total_inspection(p: float, *, n: int, ac: int, lot: int, model: Model = "binomial") -> float:
    """Average total inspection where rejected lots are screened: n + (1 − Pa)·(N − n) items."""
    return min(n, lot) + (1 - acceptance(p, n=n, ac=ac, model=model, lot=lot)) * max(0, lot - n)


def grid(*, n: int, ac: int, model: Model = "binomial", points: int = 60) -> list[float]:
    """Qualities from 0 to where one lot of a hundred is accepted, evenly, for a curve."""
    end = quality_at(0.01, n=n, ac=ac, model=model)
    return [end * i / points for i in range(points + 1)]


def percent_of(lot: int, percent: float, *, least: int = 1) -> int:
    """The sample of percent sampling, rounded up: simple to say, but its risk changes with the size of the lot."""
    if not 0 < percent <= 100:
        raise ValueError("A percentage lies above 0 and up to 100.")
    return min(lot, max(least, ceil(lot * percent / 100 - 1e-9)))


def fixed(lot: int, size: int) -> int:
    """The sample of a fixed size: its risk hardly depends on the lot."""
    if size < 1:
        raise ValueError("A sample has at least one item.")
    return min(lot, size)


def _check(p: float, n: int, ac: int, model: Model, lot: int | None) -> None:
    if model not in MODELS:
        raise ValueError(f"There is no model {model!r}; choose one of {', '.join(MODELS)}.")
    if n < 1 or ac < 0:
        raise ValueError("A plan takes at least one item, and its acceptance number is not below zero.")
    if p < 0 or (p > 1 and model != "poisson"):
        raise ValueError("A quality is a fraction between 0 and 1.")
    if model == "hypergeometric" and (lot is None or lot < n):
        raise ValueError("The hypergeometric model needs the lot, which is not smaller than the sample.")


def _binomial(p: float, n: int, ac: int) -> float:
    if p in (0.0, 1.0):
        return 1.0 - p
    return min(1.0, fsum(
        exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p)) for k in range(ac + 1)
    ))  # fmt: skip


def _poisson(mean: float, ac: int) -> float:
    if mean == 0:
        return 1.0
    return min(1.0, fsum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(ac + 1)))


def _hypergeometric(bad: int, n: int, ac: int, lot: int) -> float:
    least = max(0, n - (lot - bad))
    most = min(ac, bad)
    if least > most:
        return 0.0
    if least:
        return fsum(comb(bad, k) * comb(lot - bad, n - k) / comb(lot, n) for k in range(least, most + 1))
    term = _none_of(bad, n, lot)
    terms = [term]
    for k in range(most):
        term *= (bad - k) * (n - k) / ((k + 1) * (lot - bad - n + k + 1))
        terms.append(term)
    return min(1.0, fsum(terms))


def _none_of(bad: int, n: int, lot: int) -> float:
    """The probability that `n` items of the lot are all good; term by term while that is quick, which is more exact."""
    if n <= _QUICK:
        return exp(fsum(log1p(-bad / (lot - i)) for i in range(n)))
    return exp(fsum((lgamma(lot - bad + 1), -lgamma(lot - bad - n + 1), -lgamma(lot + 1), lgamma(lot - n + 1))))


def _peak(height: Callable[[float], float], low: float, high: float) -> float:
    ratio = (5**0.5 - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    while high - low > 1e-10 * max(high, 1e-9):
        if height(left) < height(right):
            low, left, right = left, right, left + ratio * (high - left)
            right = low + ratio * (high - low)
        else:
            high, right = right, left
            left = high - ratio * (high - low)
    return (low + high) / 2
