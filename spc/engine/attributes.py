"""Charts of counts: the share or number of bad items (p, np), nonconformities (c, u), and Laney's p' and u'."""

import numpy as np
from numpy.typing import ArrayLike

from spc.engine import quantiles
from spc.engine.estimators import moving_ranges, series
from spc.engine.limits import FEWEST_SUBGROUPS, Basis, Floats, Limits, Plotted, is_exact

PLAIN = Basis()
LANEY_D2 = 1.128
"""d2(2) with the three decimals of Laney's paper; Minitab uses the same."""


def p(counts: ArrayLike, sizes: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal") -> Plotted:
    """Share of nonconforming items: p-bar +- 3 sqrt(p-bar (1 - p-bar) / n_i), within 0 and 1.

    counts, sizes  (k,) bad items and items looked at; a NaN, or a size of 0, makes no point
    limits  "normal": as above; "exact": quantiles 0.135 % and 99.865 % of Bin(n_i, p-bar), over n_i

    p-bar is all bad items over all items. `sigma` is sqrt(p-bar (1 - p-bar)), of one item.
    ValueError: negative counts, more bad items than items. Source: ISO 7870-2:2013, 9; Montgomery, ch. 7.
    """
    d, n = _pairs(counts, sizes, bounded=True)
    center = _rate(d, n, basis)
    sigma = float(np.sqrt(center * (1 - center)))
    lower, upper = _around(center, sigma / np.sqrt(n), basis.nsigma, 1.0)
    if is_exact(limits):
        lower, upper = (quantiles.binomial(q, n, center) / n for q in quantiles.tails(basis.nsigma))
    return _plotted(d / n, (center, lower, upper, sigma / np.sqrt(n)), (sigma, "pbar"), basis)


def np_(counts: ArrayLike, sizes: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal") -> Plotted:
    """Number of nonconforming items: n_i p-bar +- 3 sqrt(n_i p-bar (1 - p-bar)), within 0 and n_i; else as `p`.

    Where sizes differ, so does the centre line. A given centre is a number of items per mean size.
    """
    d, n = _pairs(counts, sizes, bounded=True)
    share = Basis(basis.use, basis.nsigma, None if basis.center is None else basis.center / float(np.nanmean(n)))
    rate = _rate(d, n, share)
    center, spread = n * rate, np.sqrt(n * rate * (1 - rate))
    lower, upper = np.maximum(0.0, center - basis.nsigma * spread), np.minimum(n, center + basis.nsigma * spread)
    if is_exact(limits):
        lower, upper = (quantiles.binomial(q, n, rate) for q in quantiles.tails(basis.nsigma))
    sigma = float(np.sqrt(np.nanmean(n) * rate * (1 - rate)))
    return _plotted(d, (center, lower, upper, spread), (sigma, "pbar"), basis)


def c(counts: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal") -> Plotted:
    """Nonconformities in a constant area of opportunity: c-bar +- 3 sqrt(c-bar), not below 0.

    counts  (k,), NaN where missing;  limits  "exact": quantiles 0.135 % and 99.865 % of Poisson(c-bar)
    ValueError: negative counts, none at all. Source: ISO 7870-2:2013, 9; NIST 6.3.3.1.
    """
    return u(counts, np.ones(len(series(counts))), basis=basis, limits=limits, name="cbar")


def u(
    counts: ArrayLike, sizes: ArrayLike, *, basis: Basis = PLAIN, limits: str = "normal", name: str = "ubar"
) -> Plotted:
    """Nonconformities per unit: u-bar +- 3 sqrt(u-bar / n_i), not below 0; sizes need not be whole.

    u-bar is all nonconformities over all units, `sigma` is sqrt(u-bar), of one unit. Otherwise as `c`.
    """
    d, n = _pairs(counts, sizes)
    center = _rate(d, n, basis)
    sigma = float(np.sqrt(center))
    lower, upper = _around(center, sigma / np.sqrt(n), basis.nsigma, np.inf)
    if is_exact(limits):
        lower, upper = (quantiles.poisson(q, center * n) / n for q in quantiles.tails(basis.nsigma))
    return _plotted(d / n, (center, lower, upper, sigma / np.sqrt(n)), (sigma, name), basis)


def laney_p(counts: ArrayLike, sizes: ArrayLike, *, basis: Basis = PLAIN) -> tuple[Plotted, float]:
    """p' for shares that vary more, or less, than binomial: p's limits widened by sigma_z; also sigma_z itself.

    sigma_z = mean moving range of z_i / 1.128, z_i = (p_i - p-bar) / sqrt(p-bar (1 - p-bar) / n_i). A sigma_z below 1
    narrows the limits (as Minitab does). Source: Laney, Quality Engineering 14 (2002) 531.
    """
    return _laney(p(counts, sizes, basis=basis), basis, 1.0)


def laney_u(counts: ArrayLike, sizes: ArrayLike, *, basis: Basis = PLAIN) -> tuple[Plotted, float]:
    """u' for rates that vary more, or less, than Poisson; see `laney_p`."""
    return _laney(u(counts, sizes, basis=basis), basis, np.inf)


def _laney(plain: Plotted, basis: Basis, most: float) -> tuple[Plotted, float]:
    center, spread = plain.limits.center, np.broadcast_to(plain.limits.spread, plain.statistics.shape)
    if not (spread[~np.isnan(plain.statistics)] > 0).all():
        raise ValueError("Every count is zero or complete, so the points do not vary; there is nothing to widen.")
    z = basis.kept((plain.statistics - center) / spread)
    ranges = moving_ranges(z)
    if np.isnan(ranges).all():
        raise ValueError("Laney's limits need two samples in a row; collect more.")
    sigma_z = float(np.nanmean(ranges)) / LANEY_D2
    return widened(plain, sigma_z, most, basis=basis), sigma_z


def widened(plain: Plotted, sigma_z: float, most: float, *, basis: Basis = PLAIN) -> Plotted:
    """The points of a p or u chart with limits times a known sigma_z, cut off at 0 and `most` (1 for shares)."""
    spread = np.broadcast_to(plain.limits.spread, plain.statistics.shape) * sigma_z
    center = float(plain.limits.center)
    lines = center, *_around(center, spread, basis.nsigma, most), spread
    return _plotted(plain.statistics, lines, (plain.limits.sigma, f"{plain.limits.estimator}, sigma_z"), basis)


def _pairs(counts: ArrayLike, sizes: ArrayLike, *, bounded: bool = False) -> tuple[Floats, Floats]:
    d, n = series(counts), series(sizes)
    if d.shape != n.shape:
        raise ValueError(f"There are {len(d)} counts, but {len(n)} sizes.")
    for wrong, what in (
        (d < 0, "a count below 0"), (n < 0, "a size below 0"), (bounded & (d > n), "more bad items than items")
    ):  # fmt: skip
        if wrong.any():
            raise ValueError(f"Sample {int(np.argmax(wrong)) + 1} has {what}; correct it, or leave it empty.")
    missing = np.isnan(d) | np.isnan(n) | (n == 0)
    return np.where(missing, np.nan, d), np.where(missing, np.nan, n)


def _rate(d: Floats, n: Floats, basis: Basis) -> float:
    if basis.center is not None:
        return basis.center
    total = float(np.nansum(basis.kept(n)))
    if not total > 0:
        raise ValueError("There is no sample to tell limits from.")
    return float(np.nansum(basis.kept(d))) / total


def _around(center: float, spread: Floats, nsigma: float, most: float) -> tuple[Floats, Floats]:
    return np.maximum(0.0, center - nsigma * spread), np.minimum(most, center + nsigma * spread)


def _plotted(
    statistics: Floats, lines: tuple[float | Floats, ...], told: tuple[float, str], basis: Basis
) -> Plotted:
    """Lines as numbers where they are the same for every point."""
    center, lower, upper, spread = (_constant(line) for line in lines)
    count = int((~np.isnan(basis.kept(statistics))).sum())
    return Plotted(statistics, Limits(center, upper, lower, spread, *told, count, count < FEWEST_SUBGROUPS))


def _constant(line: float | Floats) -> float | Floats:
    if isinstance(line, float):
        return line
    known = line[~np.isnan(line)]
    return float(known[0]) if known.size and (known == known[0]).all() else line
