"""Pareto, histogram, box plot, correlation, regression and analysis of variance of a table."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from spc.analyses import files
from spc.analyses.files import Columns
from spc.engine.msa import cells
from spc.engine.statistics import anova, correlation, descriptive, regression


def pareto(columns: Columns, *, category: str = "category", count: str = "count", rest: str = "") -> dict[str, Any]:
    """Column `category`, and `count` where rows are counted already; the cause named `rest` comes last."""
    names = [str(name) for name in files.choose(columns, [category])[category]]
    counted: dict[str, float] = defaultdict(float)
    if count.casefold() in {name.strip().casefold() for name in columns}:
        for name, value in zip(names, files.numbers(columns, count).tolist(), strict=True):
            counted[name] += 0.0 if np.isnan(value) else value
    else:
        counted |= Counter(name for name in names if name)
    return {"method": "pareto", **asdict(descriptive.pareto(counted, rest))}


def describe(columns: Columns, *, value: str = "value") -> dict[str, Any]:
    """Moments of a column, and how it remembers its last reading."""
    x = descriptive.known(files.numbers(columns, value))
    has_spread = len(x) > 1 and np.ptp(x) > 0
    lag1 = float(correlation.autocorrelation(x, 1)[1]) if has_spread else None
    return {"method": "moments", **asdict(descriptive.moments(x)), "lag1_autocorrelation": lag1}


def histogram(
    columns: Columns, *, value: str = "value", rule: str = "freedman-diaconis", bins: int = 0
) -> dict[str, Any]:
    """Counts in equal bins by a named rule, or in as many as `bins` says."""
    return {"method": "histogram", **asdict(descriptive.histogram(files.numbers(columns, value), rule, bins))}


def box_plot(
    columns: Columns, *, value: str = "value", group: str = "", quantile: str = "linear"
) -> dict[str, Any]:
    """Tukey's box of a column, or of each group of it."""
    x = files.numbers(columns, value)
    labels = [str(one) for one in files.choose(columns, [group])[group]] if group else [""] * len(x)
    boxes = {label: descriptive.box(x[np.array(labels) == label], quantile) for label in dict.fromkeys(labels)}
    return {"method": "box plot, 1.5 IQR", "groups": [{"group": g, **asdict(box)} for g, box in boxes.items()]}


def correlate(columns: Columns, *, x: str = "x", y: str = "y", confidence: float = 0.95) -> dict[str, Any]:
    """Pearson, Spearman and Kendall of two columns, and the line through them."""
    a, b = files.numbers(columns, x), files.numbers(columns, y)
    told = {
        "pearson": correlation.pearson(a, b, confidence),
        "spearman": correlation.spearman(a, b),
        "kendall": correlation.kendall(a, b),
    }
    line = regression.least_squares(a, b).coefficients
    return {name: asdict(one) for name, one in told.items()} | {"intercept": line[0], "slope": line[1]}


def autocorrelation(columns: Columns, *, value: str = "value", lags: int = 10) -> dict[str, Any]:
    """How far a series goes with itself, lag by lag; beyond +- limit is not by chance (95 %)."""
    x = descriptive.known(files.numbers(columns, value))
    return {"method": "autocorrelation", "acf": correlation.autocorrelation(x, lags), "limit": 1.96 / np.sqrt(len(x))}


def regress(columns: Columns, *, y: str = "y", x: Sequence[str] = ("x",)) -> dict[str, Any]:
    """Column `y` by least squares on the columns `x`."""
    found = regression.least_squares(
        np.column_stack([files.numbers(columns, name) for name in x]), files.numbers(columns, y)
    )
    fits = zip(("intercept", *x), found.coefficients, found.errors, found.t, found.p, strict=True)
    rest = {name: getattr(found, name) for name in ("n", "df", "residual_sd", "r_squared", "adjusted_r_squared")}
    terms = [dict(zip(("term", "coefficient", "error", "t", "p"), fit, strict=True)) for fit in fits]
    return {"method": "least squares", "terms": terms, **rest, "f": found.f, "p_f": found.p_f}


def analysis_of_variance(
    columns: Columns, *, value: str = "value", factors: Sequence[str] = ("group",)
) -> dict[str, Any]:
    """One factor with groups of any size, or two crossed ones with equally many readings of each combination."""
    x, labels = files.numbers(columns, value), files.choose(columns, factors)
    if len(factors) == 1:
        names = np.array([str(label) for label in labels[factors[0]]])
        found = anova.one_way([x[names == name] for name in dict.fromkeys(names.tolist())])
        return _table("one-way", found)
    if len(factors) != 2:
        raise ValueError("An analysis of variance takes one factor or two.")
    first, second = (list(map(str, labels[factor])) for factor in factors)
    return _table("two-way", anova.two_way(cells.crossed(first, second, x, least=1).x))


def _table(method: str, found: anova.Anova) -> dict[str, Any]:
    rows = [asdict(row) for row in found.rows]
    return {"method": f"{method} analysis of variance", "rows": rows, "r_squared": found.r_squared} | {
        name: rows[0][name] for name in ("f", "p")
    }
