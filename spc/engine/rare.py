"""Charts of rare events: how many cases (g), or how much time (t), lie between one event and the next."""

import numpy as np
from numpy.typing import ArrayLike

from spc.engine import charts, quantiles
from spc.engine.estimators import series
from spc.engine.limits import FEWEST_SUBGROUPS, Basis, Floats, Limits, Plotted, is_exact

PLAIN = Basis()
POWER = 3.6  # a Weibull variable of shape 3.6 is nearly normal
STEPS = 100


def g(gaps: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal") -> Plotted:
    """Cases between events, geometric: g-bar +- 3 sqrt(g-bar (g-bar + 1)), not below 0.

    gaps  (k,) whole numbers from 0, the event itself not counted; NaN where unknown
    limits  "normal": as above, centre g-bar (Kaminsky et al., JQT 24 (1992) 69; Benneyan, Health Care Mgmt Sci 4
        (2001) 305); "exact": quantiles 0.135 % and 99.865 % and the median of the geometric distribution with
        p = (k - 1) / (k (g-bar + 1)), which Benneyan shows to be unbiased, on straight lines between whole numbers
        (as Minitab draws them)

    ValueError: negative gaps, fewer than two.
    """
    x = _gaps(gaps)
    known = basis.kept(x)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        raise ValueError(f"Limits need 2 gaps between events, got {len(known)}; wait for more events.")
    mean = float(known.mean()) if basis.center is None else basis.center
    spread = float(np.sqrt(mean * (mean + 1)))
    told = len(known), len(known) < FEWEST_SUBGROUPS
    if not is_exact(limits):
        upper, lower = mean + basis.nsigma * spread, max(0.0, mean - basis.nsigma * spread)
        return Plotted(x, Limits(mean, upper, lower, spread, spread, "gbar", *told))
    share = _share(known, basis)
    low, high = quantiles.tails(basis.nsigma)
    center, lower, upper = (_geometric(q, share) for q in (0.5, low, high))
    return Plotted(x, Limits(center, upper, lower, spread, spread, "geometric", *told))


def zeros_in_a_row(gaps: ArrayLike, *, basis: Basis = PLAIN) -> int:
    """How many gaps of 0 in a row come by chance less often than a point beyond 3 sigma on one side (Benneyan 2001)."""
    known = basis.kept(_gaps(gaps))
    share = _share(known[~np.isnan(known)], basis)
    return int(min(64, np.ceil(np.log(quantiles.TAIL) / np.log(share)))) if share < 1 else 64


def t(times: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal", distribution: str = "weibull") -> Plotted:
    """Time between events. The centre and limits are in the unit of the times, whatever scale they were found on.

    times  (k,) in any one unit, NaN where unknown
    limits  "normal": individuals limits of t^(1/3.6), raised to the power again (Nelson, JQT 26 (1994) 239);
        "exact": median and quantiles 0.135 % and 99.865 % of a Weibull (or exponential) distribution by maximum
        likelihood
    distribution  "weibull" (times above 0) or "exponential", for exact limits

    ValueError: negative times, fewer than two, a time of 0 with the Weibull distribution.
    """
    x = _gaps(times)
    known = basis.kept(x)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        raise ValueError(f"Limits need 2 times between events, got {len(known)}; wait for more events.")
    if not is_exact(limits):
        return _transformed(x, basis)
    shape, scale = fitted(known, distribution)
    low, high = quantiles.tails(basis.nsigma)
    center, lower, upper = (scale * (-np.log1p(-q)) ** (1 / shape) for q in (0.5, low, high))
    told = len(known), len(known) < FEWEST_SUBGROUPS
    deviation = float(known.std(ddof=1))
    return Plotted(x, Limits(center, upper, lower, deviation, deviation, distribution, *told))


def transformed(times: ArrayLike) -> Floats:
    """The times on the scale on which they are nearly normal: t^(1/3.6)."""
    return np.asarray(_gaps(times) ** (1 / POWER), np.float64)


def _transformed(x: Floats, basis: Basis) -> Plotted:
    on_scale = Basis(basis.use, basis.nsigma, None if basis.center is None else basis.center ** (1 / POWER))
    found = charts.individuals(transformed(x), basis=on_scale).location
    center, upper, lower = (max(0.0, float(line)) ** POWER for line in (found.center, found.ucl, found.lcl))
    return Plotted(
        x, Limits(center, upper, lower, found.spread, found.sigma, f"t^(1/3.6), {found.estimator}", found.count,
                  found.count < FEWEST_SUBGROUPS)
    )  # fmt: skip


def _gaps(values: ArrayLike) -> Floats:
    x = series(values)
    if (x < 0).any():
        raise ValueError(f"Gap {int(np.argmax(x < 0)) + 1} is below 0; put the events in order of time.")
    return x


def _share(known: Floats, basis: Basis) -> float:
    """The chance of an event at each case."""
    if basis.center is not None:
        return 1 / (basis.center + 1)
    return (len(known) - 1) / len(known) / (float(known.mean()) + 1)


def _geometric(probability: float, share: float) -> float:
    """The quantile of the cases before an event, on a straight line between the whole numbers about it."""
    above = max(0.0, np.ceil(np.log1p(-probability) / np.log1p(-share) - 1 - 1e-12))
    before, here = 1 - (1 - share) ** above, 1 - (1 - share) ** (above + 1)
    return float(max(0.0, above - 1 + (probability - before) / (here - before)))


def fitted(known: Floats, distribution: str) -> tuple[float, float]:
    """Shape and scale by maximum likelihood."""
    if distribution == "exponential":
        return 1.0, float(known.mean())
    if distribution != "weibull":
        raise ValueError(f"The distribution of times is weibull or exponential, not {distribution!r}.")
    if not (known > 0).all():
        raise ValueError("A Weibull distribution knows no time of 0; record times finer, or choose exponential.")
    logs = np.log(known / known.max())
    shape = 1.0 if logs.std() == 0 else 1.2 / float(logs.std())
    for _ in range(STEPS):  # Newton's method for the profile likelihood
        powers = np.exp(shape * logs)
        total, first, second = powers.sum(), (powers * logs).sum(), (powers * logs**2).sum()
        slope = (second * total - first**2) / total**2 + 1 / shape**2
        step = (first / total - 1 / shape - logs.mean()) / slope
        shape = max(shape / 2, shape - step)
        if abs(step) < 1e-12 * shape:
            break
    return shape, float(known.max() * (np.exp(shape * logs).mean()) ** (1 / shape))
