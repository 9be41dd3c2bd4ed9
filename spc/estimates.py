"""Limits of charts whose lines vary: told from readings and counts, or known from elsewhere. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.engine import attributes, charts
from spc.engine.limits import Plotted
from spc.points import Floats
from spc.varying import COUNTS, DEFAULTS, Frozen, Traced, drawn


class Estimate(NamedTuple):
    """Limits as a version keeps them.

    EWMA and CUSUM: centre and sigma of single readings, and how far from the centre the chart lets them drift. Counts:
    lines of a sample of the usual size; `settings` has the rate that those of other sizes follow from.
    """

    center: float
    sigma: float
    lower: float
    upper: float
    settings: Mapping[str, Any]
    estimator: str = "entered"
    points: int = 0
    provisional: bool = False


def asked(kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a kind, with its usual ones where nothing else is said; ValueError where one makes no sense."""
    usual = DEFAULTS.get(kind, {})
    found = {name: settings.get(name, value) for name, value in usual.items()}
    if kind == "EWMA" and not (0 < found["lambda"] <= 1 and 0 < found["L"] <= 10):
        raise ValueError("lambda lies above 0 and at most at 1, L above 0 and at most at 10.")
    if kind == "CUSUM" and not (0 <= found["k"] <= 10 and 0 < found["h"] <= 100):
        raise ValueError("k lies between 0 and 10, h above 0 and at most at 100.")
    if kind.startswith("LANEY") and "sigma_z" in settings:
        found["sigma_z"] = settings["sigma_z"]
    return found


def of_readings(kind: str, values: Floats, settings: Mapping[str, Any], **how: Any) -> Estimate:
    """Centre and sigma of single readings (n,), NaN where missing, by their moving ranges; ValueError: too few."""
    place = charts.individuals(values, **how).location
    return _around(
        kind, float(place.center), place.sigma, settings, place.estimator, place.count, place.provisional
    )


def _around(kind: str, center: float, sigma: float, settings: Mapping[str, Any], *told: Any) -> Estimate:
    weight = settings.get("lambda", 1.0)
    wide = settings["L"] * float(np.sqrt(weight / (2 - weight))) if kind == "EWMA" else settings["h"]
    return Estimate(center, sigma, center - wide * sigma, center + wide * sigma, settings, *told)


def of_counts(kind: str, counts: Floats, sizes: Floats) -> Estimate:
    """The rate of bad ones in samples (n,), NaN where missing; ValueError: none, or nothing that varies."""
    known = ~np.isnan(counts) & ~np.isnan(sizes)
    size = float(sizes[known].mean()) if known.any() else 1.0
    settings: dict[str, Any] = {"size": size}
    if kind.startswith("LANEY"):
        laney = attributes.laney_p if kind == "LANEY_P" else attributes.laney_u
        plotted, settings["sigma_z"] = laney(counts, sizes)
    else:
        plotted = attributes.c(counts) if kind == "C" else COUNTS[kind](counts, sizes)
    settings["rate"] = _rate(kind, plotted, counts[known], sizes[known])
    limits = plotted.limits
    return at_size(kind, settings)._replace(
        estimator=limits.estimator, points=limits.count, provisional=limits.provisional
    )


def _rate(kind: str, plotted: Plotted, counts: Floats, sizes: Floats) -> float:
    return float(counts.sum() / sizes.sum()) if kind == "NP" else float(np.asarray(plotted.limits.center))


def at_size(kind: str, settings: Mapping[str, Any]) -> Estimate:
    """The lines of a sample of the usual size."""
    one = np.array([settings["size"]])
    lines = drawn(kind, np.zeros(1), one, Frozen(0.0, 0.0, settings)).limits
    center, spread, lower, upper = (float(np.ravel(line)[0]) for line in (
        lines.center, lines.spread, lines.lcl, lines.ucl,
    ))
    return Estimate(center, spread, lower, upper, settings)


def known(kind: str, center: float, sigma: float, settings: Mapping[str, Any], size: float) -> Estimate:
    """Limits by hand: centre and sigma of readings, or the rate of counts; ValueError: a rate that can't be."""
    if kind in DEFAULTS:
        return _around(kind, center, sigma, settings)
    most = 1.0 if kind in ("P", "NP", "LANEY_P") else np.inf
    if not 0 < center < most:
        raise ValueError("The rate lies between 0 and 1, or above 0 where faults are counted.")
    return at_size(kind, {"sigma_z": 1.0, **settings, "size": size, "rate": center})


def fired(traced: Traced) -> NDArray[np.bool_]:
    """The points outside their lines, or at which the chart speaks up by itself."""
    values, lines = traced.points.values, traced.lines
    beyond: NDArray[np.bool_] = (values > lines.upper) | (values < lines.lower)
    for signal in traced.signals:
        beyond |= signal.fired
    return beyond
