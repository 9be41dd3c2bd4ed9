"""The likeliest parameters of a shape: each takes readings (n,), already allowed by the shape, and gives them."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

_STEPS = 200
_CLOSE = 1e-14


def normal(x: Floats) -> tuple[float, float]:
    """Mean and root mean square deviation (over n, not n - 1)."""
    return float(x.mean()), float(x.std())


def weibull(x: Floats) -> tuple[float, float]:
    """Shape and scale: the logarithms follow the smallest extreme value distribution."""
    location, scale = smallest_extreme(np.log(x))
    return 1 / scale, float(np.exp(location))


def smallest_extreme(x: Floats) -> tuple[float, float]:
    """Location and scale: Newton on sum(x e^kx)/sum(e^kx) - 1/k = mean, with k = 1/scale (Lawless 2003, 5.2)."""
    spread, top = float(x.std()), float(x.max())
    z = (x - top) / spread
    k = np.pi / np.sqrt(6)
    for _ in range(_STEPS):
        weight = np.exp(k * z)
        weight /= weight.sum()
        first = float(weight @ z)
        slope = float(weight @ (z - first) ** 2) + 1 / (k * k)
        step = (first - 1 / k - float(z.mean())) / slope
        k = max(k - step, k / 2)
        if abs(step) < _CLOSE * k:
            break
    return top + spread * float(np.log(np.mean(np.exp(k * z))) / k), float(spread / k)


def largest_extreme(x: Floats) -> tuple[float, float]:
    """Location and scale: the smallest extreme value distribution looked at from the other side."""
    location, scale = smallest_extreme(-x)
    return -location, scale


def gamma(x: Floats) -> tuple[float, float]:
    """Shape and scale: Newton in 1/shape on log k - psi(k) = log(mean) - mean(log) (Minka 2002)."""
    mean = float(x.mean())
    s = float(np.log(mean) - np.log(x).mean())
    k = (3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
    for _ in range(_STEPS):
        step = (-s + np.log(k) - special.psi(k)) / (k * k * (1 / k - special.polygamma(1, k)))
        k_next = 1 / (1 / k + step)
        if abs(k_next - k) < _CLOSE * k:
            break
        k = k_next
    return float(k), mean / float(k)


def logistic(x: Floats) -> tuple[float, float]:
    """Location and scale: damped Newton in (location/scale, 1/scale), where the likelihood is concave."""
    middle, spread = float(x.mean()), float(x.std())
    z = (x - middle) / spread
    at = np.array([0.0, np.pi / np.sqrt(3)])
    best = _logistic_loglik(z, at)
    for _ in range(_STEPS):
        step = np.linalg.solve(*_logistic_newton(z, at))
        while (value := _logistic_loglik(z, at - step)) < best and np.abs(step).max() > _CLOSE:
            step = step / 2
        at, best = at - step, value
        if np.abs(step).max() < 1e-12:
            break
    return middle + spread * float(at[0] / at[1]), spread / float(at[1])


def folded_normal(x: Floats) -> tuple[float, float]:
    """Mean and sd of the normal that was folded: bisection on mean = average of x tanh(x mean/sd^2) (Leone 1961).

    sd^2 = mean square - mean^2 at the maximum; where no mean above zero is likelier than zero, it is the half normal.
    """
    square = float(np.mean(x * x))
    low, high = 1e-3 * np.sqrt(square), np.sqrt(square)

    def is_below(mean: float) -> bool:
        return float(np.mean(x * np.tanh(x * mean / (square - mean * mean)))) > mean

    if not is_below(low):
        return 0.0, float(np.sqrt(square))
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return float(low), float(np.sqrt(square - low * low))


def _logistic_loglik(z: Floats, at: Floats) -> float:
    if at[1] <= 0:
        return -np.inf
    t = np.abs(at[1] * z - at[0])
    return float(len(z) * np.log(at[1]) - (t + 2 * np.log1p(np.exp(-t))).sum())


def _logistic_newton(z: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Second and first derivatives of the likelihood."""
    f = special.expit(at[1] * z - at[0])
    pull, curve = 2 * f - 1, 2 * f * (1 - f)
    gradient = np.array([pull.sum(), len(z) / at[1] - (pull * z).sum()])
    cross = (curve * z).sum()
    return np.array([[-curve.sum(), cross], [cross, -(curve * z * z).sum() - len(z) / at[1] ** 2]]), gradient
