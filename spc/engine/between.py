"""I-MR-R/S: subgroups whose means vary from one to the next by more than the readings within them explain."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from spc.engine import charts, estimators
from spc.engine.limits import Basis, Limits, Pair

PLAIN = Basis()


class Between(NamedTuple):
    """Individuals and moving-range chart of the means, chart of the spread within, and the parts of sigma."""

    means: Pair
    within: Limits
    sigma_within: float
    sigma_between: float
    sigma_total: float


def between_within(
    subgroups: ArrayLike, *, variation: str = "r", estimator: str = "", span: int = 2, basis: Basis = PLAIN
) -> Between:
    """Means as individuals, their moving ranges, and R (or s) within, with sigma between and within (k, n).

    sigma_between^2 = sigma_means^2 - sigma_within^2 / n, at least 0, with n the mean size of the subgroups, and
    sigma_total^2 = sigma_between^2 + sigma_within^2 (Wheeler 1995; Minitab, Between/Within).
    ValueError: as charts.individuals and charts.xbar_r.
    """
    x = estimators.table(subgroups)
    chart = charts.xbar_s if variation == "s" else charts.xbar_r
    inside = chart(x, estimator=estimator or ("uwave-sd" if variation == "s" else "uwave-r"), basis=basis)
    on_means = Basis(basis.use, basis.nsigma, basis.center)
    means = charts.individuals(estimators.means(x), span=span, basis=on_means)
    n = estimators.sizes(basis.kept(x))
    within, noise = inside.variation.sigma, inside.variation.sigma**2 / float(n[n > 0].mean())
    between = float(np.sqrt(max(0.0, means.location.sigma**2 - noise)))
    return Between(means, inside.variation, within, between, float(np.hypot(between, within)))
