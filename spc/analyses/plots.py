"""What each kind of chart plots: columns of a table in, points and lines out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.analyses import columns
from spc.analyses.files import Columns
from spc.analyses.options import Options
from spc.engine import attributes, between, charts, estimators, rare, rules
from spc.engine.limits import Basis, Floats, Limits, Plotted
from spc.engine.rule import Rule

ZONED = frozenset({"beyond", "side", "trend", "alternate", "zone", "inside", "outside"})
UNZONED = frozenset({"beyond", "side", "trend", "alternate"})
"""The kinds of rules that need no zones, so that they can be judged on charts whose limits are not symmetric."""

LIMITS_ONLY = frozenset({"beyond"})


class Signal(NamedTuple):
    """A verdict that a chart gives by itself: its slug, where it fires (n,), and how many points it looks back (n,)."""

    rule: str
    fired: NDArray[np.bool_]
    reach: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """Points (n,) and their lines; which kinds of rules may judge them, what else is worth telling, and the second
    chart that is read beside this one."""

    statistics: Floats
    limits: Limits
    kinds: frozenset[str] = ZONED
    more: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, "Plot"] = field(default_factory=dict)
    signals: Sequence[Signal] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A stage of a table to be plotted: which of its points limits rest on."""

    data: Columns
    options: Options
    use: NDArray[np.bool_]

    @property
    def basis(self) -> Basis:
        return Basis(self.use, self.options.nsigma, self.options.center, self.options.sigma)


def points(data: Columns, chart: str, options: Options) -> int:
    """How many points the chart has."""
    if chart == "t2":
        return len(columns.variables(data, options.columns)[1])
    if chart in ("ewma", "cusum") or chart not in ("p", "np", "c", "u", "laney-p", "laney-u", "imr", "g", "t"):
        return len(columns.readings(data, options.columns))
    return len(next(iter(data.values()), []))


def imr(job: Job) -> Plot:
    """Individuals, with their moving ranges beside."""
    x, options = columns.single(job.data, job.options.columns), job.options
    pair = charts.individuals(x, span=options.span, estimator=options.individual_estimator(), basis=job.basis)
    ranges = Plot(charts.moving_ranges(x, options.span), pair.variation, UNZONED)
    return Plot(x, pair.location, beside={"mr": ranges})


def xbar_r(job: Job) -> Plot:
    """Means, with ranges beside."""
    x = columns.readings(job.data, job.options.columns)
    pair = charts.xbar_r(x, estimator=job.options.estimator_of("r"), basis=job.basis)
    return Plot(estimators.means(x), pair.location, beside={"r": Plot(estimators.ranges(x), pair.variation, UNZONED)})


def xbar_s(job: Job) -> Plot:
    """Means, with standard deviations beside."""
    x = columns.readings(job.data, job.options.columns)
    pair = charts.xbar_s(x, estimator=job.options.estimator_of("sd"), basis=job.basis)
    spread = Plot(estimators.deviations(x), pair.variation, UNZONED)
    return Plot(estimators.means(x), pair.location, beside={"s": spread})


def spread_r(job: Job) -> Plot:
    """Ranges alone."""
    return _spread(job, xbar_r, "r")


def spread_s(job: Job) -> Plot:
    """Standard deviations alone."""
    return _spread(job, xbar_s, "s")


def _spread(job: Job, both: Callable[[Job], Plot], name: str) -> Plot:
    """A given centre is the spread's own and tells sigma, as it is where sigma is not given."""
    if job.options.center is not None and job.options.sigma is None:
        raise ValueError("Give sigma, not the centre, of a chart of ranges or deviations: the centre follows from it.")
    return both(replace(job, options=replace(job.options, center=None))).beside[name]


def imr_r(job: Job) -> Plot:
    """Means as individuals, their moving ranges, and ranges within."""
    return _between(job, "r", "r")


def imr_s(job: Job) -> Plot:
    """Means as individuals, their moving ranges, and standard deviations within."""
    return _between(job, "s", "sd")


def _between(job: Job, name: str, own: str) -> Plot:
    x, options = columns.readings(job.data, job.options.columns), job.options
    estimator = options.estimator_of(own)
    found = between.between_within(x, variation=name, estimator=estimator, span=options.span, basis=job.basis)
    means, within = estimators.means(x), (estimators.deviations if name == "s" else estimators.ranges)(x)
    sigmas = {
        "sigma_within": found.sigma_within, "sigma_between": found.sigma_between, "sigma_total": found.sigma_total,
    }
    beside = {
        "mr": Plot(charts.moving_ranges(means, options.span), found.means.variation, UNZONED),
        name: Plot(within, found.within, UNZONED),
    }
    return Plot(means, found.means.location, more=sigmas, beside=beside)


def counts(job: Job, chart: Callable[..., Plotted]) -> Plot:
    """p, np, u: counts beside sizes."""
    d, n = _sized(job)
    return Plot(*chart(d, n, basis=job.basis, limits=job.options.limits), UNZONED)


def c(job: Job) -> Plot:
    """Counts in a constant area."""
    d, n = columns.counted(job.data, job.options.size, job.options.columns)
    if n is not None and len(set(n[~np.isnan(n)].tolist())) > 1:
        raise ValueError("A c chart needs samples of one size; use a u chart where sizes differ.")
    return Plot(*attributes.c(d, basis=job.basis, limits=job.options.limits), UNZONED)


def laney(job: Job, chart: Callable[..., tuple[Plotted, float]]) -> Plot:
    """p' and u': counts beside sizes, limits as wide as the points really vary."""
    d, n = _sized(job)
    plotted, sigma_z = chart(d, n, basis=job.basis)
    return Plot(*plotted, UNZONED, {"sigma_z": sigma_z})


def _sized(job: Job) -> tuple[Floats, Floats]:
    d, n = columns.counted(job.data, job.options.size, job.options.columns)
    if n is None:
        raise ValueError("There is no column of sample sizes; name one n, or give the size of all samples.")
    return d, n


def g(job: Job) -> Plot:
    """Cases between rare events; where 0 is no signal by itself, a run of zeros is (Benneyan's test)."""
    x = columns.single(job.data, job.options.columns)
    plotted = rare.g(x, basis=job.basis, limits=job.options.limits)
    many = rare.zeros_in_a_row(x, basis=job.basis)
    fired = rules.evaluate(x, 0.5, 0.0, [Rule(kind="side", k=many)]) > 0
    zeros = Signal(f"zeros-{many}", fired & (x == 0), np.full(len(x), many))
    return Plot(*plotted, UNZONED, signals=[zeros])


def t(job: Job) -> Plot:
    """Time between rare events."""
    x, options = columns.single(job.data, job.options.columns), job.options
    return Plot(*rare.t(x, basis=job.basis, limits=options.limits, distribution=options.distribution), UNZONED)
