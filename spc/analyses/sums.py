"""Charts that remember, and charts of several variables: EWMA, CUSUM, T2 and short runs, as plots."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.analyses import columns, files
from spc.analyses.plots import LIMITS_ONLY, UNZONED, ZONED, Job, Plot, Signal
from spc.engine import charts, cusum, estimators, ewma, hotelling, shortrun
from spc.engine.limits import FEWEST_SUBGROUPS, Floats, Limits

FEWEST = 100


def _process(job: Job) -> tuple[Floats, NDArray[np.intp], Limits]:
    """Means (k,), their sizes (k,) and the limits of a chart of them, of single values or subgroups."""
    x, options = columns.readings(job.data, job.options.columns), job.options
    if x.shape[1] == 1:
        pair = charts.individuals(
            x[:, 0], span=options.span, estimator=options.individual_estimator(), basis=job.basis
        )
    else:
        pair = charts.xbar_r(x, estimator=options.estimator_of("r"), basis=job.basis)
    return estimators.means(x), estimators.sizes(x), pair.location


def ewma_plot(job: Job) -> Plot:
    """z, starting at the centre."""
    means, n, place = _process(job)
    options, center = job.options, float(place.center)
    z = ewma.smoothed(means, options.weight, center)
    lines = ewma.limits(
        z, weight=options.weight, center=center, sigma=place.sigma, n=n, nsigma=options.nsigma,
        asymptotic=options.asymptotic, estimator=place.estimator, count=place.count, provisional=place.provisional,
    )  # fmt: skip
    return Plot(z, lines, LIMITS_ONLY, {"lambda": options.weight, "values": means})


def cusum_plot(job: Job) -> Plot:
    """Both arms, the lower one drawn downwards; the statistic is the arm that reaches farther."""
    means, _n, place = _process(job)
    options, center = job.options, float(place.center)
    away = means - center if options.units == "data" else (means - center) / place.spread
    start = options.head_start * options.h / 2 if isinstance(options.head_start, bool) else options.head_start
    arms = cusum.tabular(away, options.k, head_start=start)
    lines = Limits(
        center, options.h, -options.h, place.spread, place.sigma, place.estimator, place.count, place.provisional
    )
    farther = np.where(arms.upper >= arms.lower, arms.upper, -arms.lower)
    more: dict[str, Any] = {
        "pos": arms.upper, "neg": -arms.lower, "h": options.h, "k": options.k, "head_start": start,
        "units": options.units, "values": means,
    }  # fmt: skip
    signals = [
        Signal("cusum-upper", arms.upper > options.h, arms.since_upper),
        Signal("cusum-lower", arms.lower > options.h, arms.since_lower),
    ]
    return Plot(farther, lines, frozenset(), more, signals=signals)


def t2(job: Job) -> Plot:
    """T2 of the points, phase I limits for those that limits rest on with phase1, phase II behind them."""
    names, x = columns.variables(job.data, job.options.columns)
    make = hotelling.subgroups if x.ndim == 3 else hotelling.individuals
    normal = make(x, job.use)
    alpha = job.options.alpha or hotelling.alpha_of(len(names))
    first = hotelling.upper_limit(normal, alpha, phase=1)
    upper: float | Floats = first
    if job.options.phase1 is not None and job.options.phase1 < len(x):
        later = hotelling.upper_limit(normal, alpha, phase=2)
        upper = np.where(np.arange(len(x)) < job.options.phase1, first, later)
    lines = Limits(np.nan, upper, 0.0, np.nan, np.nan, "covariance", normal.count, normal.count < _few(normal.size))
    parts = hotelling.contributions(x, normal)
    more = {
        "center": normal.center, "sigma": np.sqrt(np.diag(normal.covariance)), "covariance": normal.covariance,
        "alpha": alpha, "variables": names, "contributions": dict(zip(names, parts.T, strict=True)),
    }  # fmt: skip
    statistic = hotelling.statistic(x, normal)
    above = Signal("above-ucl", statistic > upper, np.ones(len(x), np.intp))
    return Plot(statistic, lines, frozenset(), more, signals=[above])


def _few(size: int) -> int:
    return FEWEST if size == 1 else FEWEST_SUBGROUPS


def dnom(job: Job) -> Plot:
    """Deviations from nominal of several parts on one chart, if they share one sigma."""
    x, parts, targets = _short(job)
    found = shortrun.dnom(x, parts, targets)
    from_target = x - np.array([targets[part] for part in parts])[:, None]
    pair = charts.xbar_r(
        from_target, estimator=job.options.estimator_of("r"),
        basis=replace(job.basis, center=0.0 if job.options.center is None else job.options.center),
    )  # fmt: skip
    beside = {"r": Plot(found.ranges, pair.variation, UNZONED)}
    return Plot(found.means, pair.location, ZONED, _told(found), beside)


def standardised(job: Job) -> Plot:
    """Means and ranges of several parts, each in terms of its part's mean range."""
    x, parts, targets = _short(job)
    found = shortrun.standardised(x, parts, targets)
    sizes = estimators.sizes(x)
    if len(set(sizes.tolist())) > 1:
        raise ValueError("A standardised short-run chart needs subgroups of one size.")
    (lower, upper), (least, most) = shortrun.standardised_limits(int(sizes[0]))
    few, count = len(x) < FEWEST_SUBGROUPS, len(x)
    means = Limits(0.0, upper, lower, upper / 3, np.nan, "Rbar of the part", count, few)
    ranges = Limits(1.0, most, least, (most - 1) / 3, np.nan, "Rbar of the part", count, few)
    return Plot(found.means, means, ZONED, _told(found), {"r": Plot(found.ranges, ranges, UNZONED)})


def _short(job: Job) -> tuple[Floats, list[str], dict[str, float]]:
    x = columns.readings(job.data, job.options.columns)
    parts = [str(part) for part in files.choose(job.data, ["part"])["part"]]
    targets: dict[str, float] = {}
    for part, target in zip(parts, files.numbers(job.data, "target").tolist(), strict=True):
        if targets.setdefault(part, target) != target:
            raise ValueError(f"Part {part} has two targets, {targets[part]:g} and {target:g}; correct the table.")
    return x, parts, targets


def _told(found: shortrun.ShortRun) -> dict[str, Any]:
    return {"mean_range": found.mean_range, "p_equal_variances": found.p_equal}
