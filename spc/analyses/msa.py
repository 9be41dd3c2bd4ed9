"""Studies of a gauge other than R&R: bias, linearity, stability, type 1, ISO 22514-7."""

from dataclasses import asdict
from typing import Any

import numpy as np

from spc.analyses import files
from spc.analyses.files import Columns
from spc.engine import charts, rules
from spc.engine.msa import cells, crossed, location, system


def bias(
    columns: Columns, *, reference: float, alpha: float = 0.05, process_stdev: float | None = None
) -> dict[str, Any]:
    """Column value: repeated readings of one reference. With a known process its share of the repeatability is told."""
    found = location.bias(files.numbers(columns, "value"), reference, alpha)
    share = None if process_stdev is None else 100 * found.stdev / process_stdev
    return {"method": "bias, independent sample (AIAG MSA 4th ed.)", **asdict(found), "pct_ev": share}


def linearity(columns: Columns, *, alpha: float = 0.05, process_variation: float | None = None) -> dict[str, Any]:
    """Columns reference and value. Acceptable where the zero line lies inside the confidence band throughout."""
    found = location.linearity(files.numbers(columns, "reference"), files.numbers(columns, "value"), alpha)
    return {
        "method": "linearity (AIAG MSA 4th ed.)", **asdict(found),
        "linearity": None if process_variation is None else abs(found.slope) * process_variation,
        "acceptable": found.zero_line_inside_band,
    }  # fmt: skip


def stability(columns: Columns) -> dict[str, Any]:
    """Readings of a reference over time: X-bar and R of rows x1 ... xn, I-MR of a column value, judged by the rules."""
    names = [name for name in columns if name.strip().casefold().lstrip("x").isdigit()]
    if names:
        rows = np.column_stack([files.numbers(columns, name) for name in names])
        limits, points, method = charts.xbar_r(rows), charts.subgroup_means(rows), "stability, X-bar and R"
        ranges = charts.subgroup_ranges(rows)
    else:
        points = files.numbers(columns, "value")
        limits, method = charts.individuals(points), "stability, I-MR"
        ranges = charts.moving_ranges(points)
    place, spread = limits
    flags = rules.evaluate(points, place.center, place.spread, rules.DEFAULT)
    wide = np.flatnonzero(ranges > spread.ucl) + 1
    return {
        "method": method, "center": place.center, "lcl": place.lcl, "ucl": place.ucl, "sigma": place.sigma,
        "range_center": spread.center, "range_ucl": spread.ucl, "points_flagged": np.flatnonzero(flags) + 1,
        "ranges_flagged": wide, "stable": not flags.any() and not len(wide), "provisional": place.provisional,
    }  # fmt: skip


def type_one(
    columns: Columns, *, reference: float, tolerance: float, percent: float = 20.0, multiple: float = 6.0,
    least: float = 1.33, resolution: float | None = None, alpha: float = 0.05,
) -> dict[str, Any]:
    """Column value: 25, better 50 readings of one reference; Cg, Cgk, t test of the bias, share of the resolution."""
    found = location.type_one(
        files.numbers(columns, "value"), reference, tolerance,
        percent=percent, multiple=multiple, least=least, alpha=alpha,
    )  # fmt: skip
    answer = asdict(found)
    return {
        "method": f"type 1, {percent:g} % of the tolerance, {multiple:g} s", **answer.pop("bias"), **answer,
        "study_variation": multiple * found.bias.stdev, "tolerance": tolerance,
        "percent_resolution": None if resolution is None else 100 * resolution / tolerance,
        "few_readings": found.bias.n < 25,
    }  # fmt: skip


def measuring_process(
    columns: Columns | None = None, *, tolerance: float, alpha: float = 0.05, **u: float
) -> dict[str, Any]:
    """ISO 22514-7 from standard uncertainties by name (`system.Uncertainty`), or those of parts from a crossed table.

    columns  part, appraiser, value: gives evo, appraiser and interaction by analysis of variance
    """
    told: dict[str, Any] = {}
    if columns:
        chosen = files.choose(columns, ["part", "appraiser"])
        table = cells.crossed(chosen["part"], chosen["appraiser"], files.numbers(columns, "value"))
        study = crossed.anova(table, alpha)
        names = {"evo": "repeatability", "appraiser": "appraiser", "interaction": "interaction"}
        u |= {name: max(0.0, study.variances.get(source, 0.0)) ** 0.5 for name, source in names.items()}
        told = study.details
    uncertainty = system.Uncertainty(**u)
    judged = asdict(system.judge(uncertainty, tolerance))
    return {"method": "ISO 22514-7", "uncertainties": asdict(uncertainty), **judged, **told}
