"""Gauge repeatability and reproducibility of a table of part, appraiser, trial and value."""

from dataclasses import asdict
from typing import Any

from spc.analyses import files
from spc.analyses.files import Columns
from spc.engine.msa import cells, components, crossed
from spc.engine.msa.components import Study

METHODS = ("average-range", "anova", "nested")
_SHORT = {
    "ev": "repeatability", "av": "appraiser", "reproducibility": "reproducibility", "interaction": "interaction",
    "grr": "grr", "pv": "part", "tv": "total",
}  # fmt: skip


def analyse(
    columns: Columns, *,
    method: str = "anova", alpha: float = 0.05, multiple: float = 6.0,
    tolerance: float | None = None, lsl: float | None = None, usl: float | None = None,
    process_stdev: float | None = None,
) -> dict[str, Any]:
    """Components of variation with every share, ndc, and the verdict AIAG's bounds give.

    method    average-range, anova (interaction pooled where its p is above `alpha`), or nested
    multiple  of a stdev that study variation spans: 6 or 5.15
    tolerance USL - LSL; or lsl, usl, where one alone counts twice the mean's distance from it
    process_stdev  a known total spread to compare with, instead of the study's own
    ValueError names a missing column, each part and appraiser that lack trials, or a bad choice.
    """  # fmt: skip
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}; choose one of {', '.join(METHODS)}.")
    study = _study(columns, method, alpha)
    room = components.room(study.mean, tolerance=tolerance, lsl=lsl, usl=usl)
    shares = components.shares(study.variances, multiple=multiple, tolerance=room, process_stdev=process_stdev)
    found = shares.components
    return {
        "method": study.method, "parts": study.parts, "appraisers": study.appraisers, "trials": study.trials,
        "ndc": shares.ndc, "multiple": multiple, "tolerance": room, **_flat(shares),
        "components": {name: asdict(component) for name, component in found.items()},
        "verdict": verdict(found["grr"].percent_study, found["grr"].percent_tolerance, shares.ndc),
        **study.details,
    }  # fmt: skip


def verdict(study: float, tolerance: float | None, ndc: int | None) -> str:
    """acceptable, marginal or unacceptable: GRR below 10 %, to 30 %, above; ndc of 5 (AIAG MSA 4th ed., ch. II-D)."""
    worst = max(study, tolerance or 0.0)
    if worst > 30:
        return "unacceptable"
    return "acceptable" if worst < 10 and (ndc is None or ndc >= 5) else "marginal"


def _study(columns: Columns, method: str, alpha: float) -> Study:
    known = {name.strip().casefold() for name in columns}
    labels = [name for name in ("part", "appraiser", "trial") if name != "trial" or name in known]
    chosen = files.choose(columns, labels)
    trials = chosen.get("trial", [])
    kept = cells.nested if method == "nested" else cells.crossed
    table = kept(chosen["part"], chosen["appraiser"], files.numbers(columns, "value"), trials)
    if method == "average-range":
        return crossed.average_range(table)
    return crossed.nested(table) if method == "nested" else crossed.anova(table, alpha)


def _flat(shares: components.Shares) -> dict[str, Any]:
    """The standard deviations by their short names, and each one's percentages beside it."""
    told: dict[str, Any] = {}
    for short, name in _SHORT.items():
        if (component := shares.components.get(name)) is not None:
            told[short] = component.stdev
            told[f"pct_{short}"] = component.percent_study
            told[f"pct_contribution_{short}"] = component.percent_contribution
            told[f"pct_tolerance_{short}"] = component.percent_tolerance
    return told
