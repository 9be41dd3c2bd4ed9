"""How well readings fit their tolerance: indices, their intervals, parts per million, and whether to trust them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.analyses import files, shape
from spc.analyses.files import Columns
from spc.engine import capability, charts, grade, intervals, rules, within
from spc.engine.msa import system

Floats = NDArray[np.float64]

FEWEST = 30
LARGEST_GAUGE_SHARE = 30.0  # Q_MP in percent (ISO 22514-7:2012, 9)


def analyse(
    columns: Columns, *,
    lsl: float | None = None, usl: float | None = None, target: float | None = None,
    subgroup: int = 0, estimator: str = "", span: int = 2, distribution: str = "normal",
    confidence: float = 0.95, df: str = "effective", stable: bool | None = None, gauge_share: float | None = None,
    bounds: grade.Bounds = grade.USUAL,
) -> dict[str, Any]:
    """Capability of a table: rows x1 ... xn are subgroups, one column is a series or, by `subgroup`, groups of it.

    estimator      of sigma within: rbar (default of subgroups), sbar, pooled, pooled/c4; mr (default of a series)
    distribution   normal, the name of a shape (ISO 22514-4 percentiles), box-cox, or best (normal unless rejected)
    df             of the intervals within: "effective" of the estimator, or "n-1" as some programs take
    stable         whether the process was under control; None lets the usual rules judge these readings
    gauge_share    Q_MP of the measuring process in percent; tells the indices freed from its spread
    ValueError tells what is wrong with the columns, the limits or the choice.
    """  # fmt: skip
    readings = _readings(columns, subgroup)
    spread = within.estimate(readings, estimator=estimator, span=span)
    x = readings[~np.isnan(readings)]
    found = capability.indices(
        x, sigma_within=spread.sigma, within=spread.name, lsl=lsl, usl=usl, target=target
    )
    flagged, points = _flagged(readings, spread.sigma)
    answer: dict[str, Any] = {
        **asdict(found),
        "lsl": lsl, "usl": usl, "target": target, "df_within": spread.df, "stdev": found.sigma_overall,
        "subgroups": len(readings) if readings.ndim == 2 else None,
        "subgroup_size": readings.shape[1] if readings.ndim == 2 else 1,
        "distribution": "normal", "method": "normal",
        "intervals": _intervals(found, target, spread.df if df == "effective" else found.n - 1, confidence),
        "ppm": {"observed": shape.observed_ppm(x, lsl, usl), **shape.expected_ppm(found, lsl, usl)},
        "normality": shape.normality_of(x),
    }  # fmt: skip
    answer |= shape.indices_of(x, distribution, lsl, usl)
    unstable = flagged > 0 if stable is None else not stable
    answer |= {"flagged_points": flagged, "points": points, **_trust(found.n, unstable, gauge_share)}
    answer |= _freed(answer, gauge_share)
    best = answer["cpk"] if answer["cpk"] is not None else answer["ppk"]
    return answer | {"grade": grade.of(best, flagged, points, bounds)}


def _readings(columns: Columns, subgroup: int) -> Floats:
    """(n,) of one column, (k, n) of x1 ... xn or of consecutive values."""
    names = [name for name in columns if re.fullmatch(r"x\d+", name.strip(), re.IGNORECASE)]
    if len(names) > 1:
        if subgroup not in (0, len(names)):
            raise ValueError(f"Each row is a subgroup of {len(names)} already; leave out the subgroup size {subgroup}.")
        rows = np.column_stack([files.numbers(columns, name) for name in names])
        return rows[~np.isnan(rows).all(axis=1)]
    x = files.numbers(columns, _only(columns, names))
    return _grouped(x[~np.isnan(x)] if subgroup > 1 else x, subgroup)


def _only(columns: Columns, names: Sequence[str]) -> str:
    usual = [name for name in columns if name.strip().casefold() in ("value", "x", "reading")]
    choice = names or usual or list(columns)
    if len(choice) != 1:
        raise ValueError(f"Name one column value, or all of a subgroup x1 to xn; found {', '.join(columns) or 'none'}.")
    return choice[0]


def _grouped(x: Floats, size: int) -> Floats:
    if size in (0, 1):
        return x
    if size < 0 or len(x) < size:
        raise ValueError(f"Subgroups of {size} cannot be made of {len(x)} values.")
    filled = np.full(-(-len(x) // size) * size, np.nan)
    filled[: len(x)] = x
    return filled.reshape(-1, size)


def _flagged(readings: Floats, sigma: float) -> tuple[int, int]:
    """How many points break the usual rules, among how many."""
    if readings.ndim == 1:
        flags = rules.evaluate(readings, float(np.nanmean(readings)), sigma, rules.DEFAULT)
        return int((flags != 0).sum()), int((~np.isnan(readings)).sum())
    sizes = (~np.isnan(readings)).sum(axis=1)
    z = (charts.subgroup_means(readings) - np.nanmean(readings)) * np.sqrt(sizes) / sigma
    return int((rules.evaluate(z, 0.0, 1.0, rules.DEFAULT) != 0).sum()), len(z)


def _intervals(found: capability.Capability, target: float | None, df: float, confidence: float) -> dict[str, Any]:
    told: dict[str, Any] = {"confidence": confidence, "df_within": df, "df_overall": found.n - 1}
    for name, freedom in (("cp", df), ("pp", found.n - 1)):
        if (ratio := getattr(found, name)) is not None:
            told[name] = intervals.of_ratio(ratio, freedom, confidence)
        for side in ("l", "u", "k"):
            if (index := getattr(found, name + side)) is not None:
                told[name + side] = intervals.of_nearest(index, found.n, freedom, confidence)
    for name, sigma in (("cpm", found.sigma_overall), ("cpm_within", found.sigma_within)):
        if target is not None and (index := getattr(found, name)) is not None:
            told[name] = intervals.of_target(index, found.n, (found.mean - target) / sigma, confidence)
    return told


def _trust(n: int, unstable: bool, gauge_share: float | None) -> dict[str, Any]:
    """Why the indices may not be taken at their word."""
    flags = ["unstable"] * unstable + ["few_readings"] * (n < FEWEST)
    if gauge_share is not None and gauge_share > LARGEST_GAUGE_SHARE:
        flags.append("gauge_share")
    return {"flags": flags, "trusted": not flags}


def _freed(answer: Mapping[str, Any], gauge_share: float | None) -> dict[str, Any]:
    """The indices of a two-sided tolerance as they would be without the spread of the measuring process.

    None where the measuring process alone would spread as much as the readings do.
    """
    if gauge_share is None:
        return {}
    told: dict[str, Any] = {"gauge_share": gauge_share, "without_gauge": None}
    if answer["cp"] is None or max(answer["cp"], answer["pp"]) >= system.best_observable(gauge_share):
        return told
    within_ratio = system.freed(answer["cp"], gauge_share) / answer["cp"]
    overall_ratio = system.freed(answer["pp"], gauge_share) / answer["pp"]
    ratios = {"cp": within_ratio, "cpk": within_ratio, "pp": overall_ratio, "ppk": overall_ratio}
    return told | {"without_gauge": {name: answer[name] * ratio for name, ratio in ratios.items()}}
