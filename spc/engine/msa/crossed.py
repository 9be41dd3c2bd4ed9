"""Gauge repeatability and reproducibility where every appraiser measures every part."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.engine import constants, special
from spc.engine.msa.cells import Cells
from spc.engine.msa.components import Study
from spc.engine.msa.constants import d2_star, k1, k2, k3
from spc.engine.statistics.anova import sums_of_squares

Floats = NDArray[np.float64]
Row = dict[str, Any]


def average_range(cells: Cells) -> Study:
    """EV, AV, PV by ranges with exact K1, K2, K3 (AIAG MSA 4th ed., ch. III-B, average and range method).

    ValueError: fewer than two parts.
    """
    x = cells.x
    p, a, r = _sizes(cells)
    ranges = np.ptp(x, axis=2)
    appraiser_means, part_means = x.mean(axis=(0, 2)), x.mean(axis=(1, 2))
    rbar, xdiff, rp = float(ranges.mean()), float(np.ptp(appraiser_means)), float(np.ptp(part_means))
    ev, pv = rbar * k1(r), rp * k3(p)
    av2 = max(0.0, (xdiff * k2(a)) ** 2 - ev**2 / (p * r)) if a > 1 else 0.0
    upper = constants.of(r).D4 * rbar
    beyond = [{"part": cells.parts[i], "appraiser": cells.appraisers[j]} for i, j in np.argwhere(ranges > upper)]
    details = {
        "rbar": rbar, "xbar_diff": xdiff, "rp": rp, "ucl_r": upper, "ranges_beyond": beyond,
        "rbar_by_appraiser": ranges.mean(axis=0).tolist(), "xbar_by_appraiser": appraiser_means.tolist(),
        "k1": k1(r), "k2": k2(a) if a > 1 else None, "k3": k3(p),
    }  # fmt: skip
    variances = {"repeatability": ev**2, "appraiser": av2, "part": pv**2}
    return Study("average-range", p, a, r, float(x.mean()), variances, details)


def anova(cells: Cells, alpha: float = 0.05) -> Study:
    """Variance components of the random two-way model (AIAG MSA 4th ed., Appendix A; Montgomery, 7th ed., 8.7.2).

    The interaction is pooled with the error where its p lies above `alpha`. ValueError: fewer than two parts.
    """
    p, a, r = _sizes(cells)
    if a == 1:
        return _one_appraiser(cells)
    rows = _two_way(cells.x)
    _judge(rows["part"], rows["interaction"])
    _judge(rows["appraiser"], rows["interaction"])
    _judge(rows["interaction"], rows["repeatability"])
    p_interaction, with_interaction = rows["interaction"]["p"], [_told(name, row) for name, row in rows.items()]
    pooled = p_interaction is None or p_interaction > alpha
    error = rows["repeatability"]
    if pooled:
        error = _pooled(rows.pop("interaction"), error)
        rows["repeatability"] = error
        _judge(rows["part"], error)
        _judge(rows["appraiser"], error)
    base = error["ms"] if pooled else rows["interaction"]["ms"]
    variances = {"repeatability": error["ms"], "appraiser": (rows["appraiser"]["ms"] - base) / (p * r)}
    variances["interaction"] = 0.0 if pooled else (base - error["ms"]) / r
    variances["part"] = (rows["part"]["ms"] - base) / (a * r)
    details = {
        "anova": [_told(name, row) for name, row in rows.items()], "anova_with_interaction": with_interaction,
        "alpha": alpha, "interaction_p": p_interaction, "interaction_pooled": pooled,
    }  # fmt: skip
    return Study("anova", p, a, r, float(cells.x.mean()), variances, details)


def nested(cells: Cells) -> Study:
    """Parts belong to one appraiser each, as in destructive tests (AIAG MSA 4th ed., ch. IV; Montgomery, 7th ed., 8.7).

    ValueError: fewer than two parts of each appraiser.
    """
    p, a, r = _sizes(cells)
    x = cells.x - cells.x.mean()
    by_part, by_appraiser = x.mean(axis=2), x.mean(axis=(0, 2))
    rows = {
        "appraiser": _row(p * r * float(by_appraiser @ by_appraiser), a - 1),
        "part": _row(r * float(((by_part - by_appraiser) ** 2).sum()), a * (p - 1)),
        "repeatability": _row(float(((x - by_part[:, :, None]) ** 2).sum()), a * p * (r - 1)),
    }
    _judge(rows["appraiser"], rows["part"])
    _judge(rows["part"], rows["repeatability"])
    variances = {
        "repeatability": rows["repeatability"]["ms"],
        "appraiser": (rows["appraiser"]["ms"] - rows["part"]["ms"]) / (p * r) if a > 1 else 0.0,
        "part": (rows["part"]["ms"] - rows["repeatability"]["ms"]) / r,
    }
    details = {"anova": [_told(name, row) for name, row in rows.items()]}
    return Study("nested anova", p, a, r, float(cells.x.mean()), variances, details)


def by_range(readings: Floats, process_stdev: float) -> dict[str, float]:
    """The short range method: parts measured once by each appraiser (AIAG MSA 4th ed., ch. III-B, range method).

    readings  (parts, appraisers); process_stdev in the same unit. GRR in that unit and in percent of the process.
    """
    x = np.asarray(readings, np.float64)
    if x.ndim != 2 or x.shape[1] < 2 or np.isnan(x).any():
        raise ValueError("The range method needs one reading of each part by each of two or more appraisers.")
    if not process_stdev > 0:
        raise ValueError(f"The standard deviation of the process must be above zero, not {process_stdev}.")
    parts, appraisers = x.shape
    rbar, factor = float(np.ptp(x, axis=1).mean()), d2_star(appraisers, parts)
    return {"rbar": rbar, "d2_star": factor, "grr": rbar / factor, "pct_grr": 100 * rbar / factor / process_stdev}


def _sizes(cells: Cells) -> tuple[int, int, int]:
    p, a, r = cells.x.shape
    if p < 2:
        raise ValueError(f"A gauge study needs at least two parts, got {p}.")
    return p, a, r


def _two_way(x: Floats) -> dict[str, Row]:
    names = {"first": "part", "second": "appraiser", "interaction": "interaction", "error": "repeatability"}
    return {names[name]: _row(*squares) for name, squares in sums_of_squares(x).items()}


def _one_appraiser(cells: Cells) -> Study:
    p, _a, r = cells.x.shape
    x = cells.x[:, 0, :] - cells.x.mean()
    means = x.mean(axis=1)
    part = _row(r * float(means @ means), p - 1)
    error = _row(float(((x - means[:, None]) ** 2).sum()), p * (r - 1))
    _judge(part, error)
    variances = {"repeatability": error["ms"], "appraiser": 0.0, "part": (part["ms"] - error["ms"]) / r}
    details = {"anova": [_told("part", part), _told("repeatability", error)]}
    return Study("anova", p, 1, r, float(cells.x.mean()), variances, details)


def _row(ss: float, df: int) -> Row:
    return {"df": df, "ss": ss, "ms": ss / df if df else 0.0, "f": None, "p": None}


def _judge(row: Row, against: Row) -> None:
    """F and p of a mean square; none against one of zero."""
    if not against["ms"] or not row["df"]:
        row["f"] = row["p"] = None
        return
    row["f"] = row["ms"] / against["ms"]
    row["p"] = special.f_tail(row["df"], against["df"], row["f"])


def _pooled(one: Row, other: Row) -> Row:
    return _row(one["ss"] + other["ss"], one["df"] + other["df"])


def _told(name: str, row: Row) -> Row:
    return {"source": name, **row}
