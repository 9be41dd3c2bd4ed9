"""A control chart of a table: its points, its lines, and every rule that fires."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.analyses import answers, columns, plots, sums, verdicts
from spc.analyses.files import Columns
from spc.analyses.options import CHARTS, Options
from spc.analyses.plots import Job, Plot
from spc.engine import attributes
from spc.engine.rule import Rule
from spc.engine.rulesets import RULE_SETS, parse

__all__ = ["CHARTS", "NO_RULES", "analyse", "rules_of"]

NO_RULES = "none"
RuleSet = str | Sequence[Any] | Mapping[str, Any]

_PLOTS: dict[str, Callable[[Job], Plot]] = {
    "imr": plots.imr, "xbar-r": plots.xbar_r, "xbar-s": plots.xbar_s, "r": plots.spread_r, "s": plots.spread_s,
    "imr-r": plots.imr_r, "imr-s": plots.imr_s, "dnom": sums.dnom, "standardised": sums.standardised,
    "p": partial(plots.counts, chart=attributes.p), "np": partial(plots.counts, chart=attributes.np_),
    "u": partial(plots.counts, chart=attributes.u), "c": plots.c,
    "laney-p": partial(plots.laney, chart=attributes.laney_p),
    "laney-u": partial(plots.laney, chart=attributes.laney_u),
    "g": plots.g, "t": plots.t, "ewma": sums.ewma_plot, "cusum": sums.cusum_plot, "t2": sums.t2,
}  # fmt: skip


def analyse(data: Columns, *, chart: str, rules: RuleSet = "nelson", **options: Any) -> dict[str, Any]:
    """Centre, sigma, statistics, limits and violations of a chart, as a dict that JSON can hold. Points count from 1.

    data  columns by name, each a list of numbers, texts or None: x1 ... xn with one row per subgroup, or count and n,
        or one column of individuals, or the variables of a T2 chart
    chart  one of CHARTS;  rules  the name of a set, "none", a list of rules, {"rules": [...]}, or JSON of those
    options  see Options

    center, lcl and ucl are numbers where they are the same at every point, else lists. violations are dicts of rule
    (its slug), number (its place in the set, from 1), point and window_start. The second chart of a pair stands under
    "beside". ValueError tells a person what to change.
    """
    asked = Options.parse(options)
    asked.check(chart)
    _check_table(data)
    total = plots.points(data, chart, asked)
    among = rules_of(rules)
    excluded = _excluded(asked, total)
    told = verdicts.told(_stages(data, chart, asked, excluded), among, excluded, asked)
    plain: dict[str, Any] = answers.plain({"chart": chart, "points": total, **told})
    return plain


def rules_of(given: RuleSet) -> tuple[Rule, ...]:
    """The rules of a set by its name, of JSON text, or of what JSON would hold; ValueError names the sets there are."""
    if not isinstance(given, str):
        return parse(given)
    name = given.strip()
    if name.lower() == NO_RULES:
        return ()
    if name.lower() in RULE_SETS:
        return RULE_SETS[name.lower()]
    try:
        return parse(json.loads(name))
    except json.JSONDecodeError:
        raise ValueError(f"There is no rule set {name!r}; choose {', '.join(RULE_SETS)} or none.") from None


def _stages(data: Columns, chart: str, options: Options, excluded: NDArray[np.bool_]) -> list[Plot]:
    """The chart whole, or a plot for each stage."""
    if options.stages is None:
        return [_stage(data, chart, options, excluded)]
    starts = columns.stages(data, options.stages).tolist()
    if len(next(iter(data.values()))) != len(excluded):
        raise ValueError("Stages need a table with one row for each point.")
    bounds = zip(starts, [*starts[1:], len(excluded)], strict=True)
    return [_stage(_cut(data, first, last), chart, options, excluded[first:last]) for first, last in bounds]


def _stage(data: Columns, chart: str, options: Options, excluded: NDArray[np.bool_]) -> Plot:
    use = ~excluded
    if options.phase1 is not None:
        use &= np.arange(len(use)) < options.phase1
    return _PLOTS[chart](Job(data, options, use))


def _cut(data: Columns, first: int, last: int) -> dict[str, list[object]]:
    return {name: list(cells)[first:last] for name, cells in data.items()}


def _excluded(options: Options, total: int) -> NDArray[np.bool_]:
    beyond = [point for point in options.exclude if point > total]
    if beyond:
        raise ValueError(f"Point {beyond[0]} cannot be excluded; there are {total} points.")
    if options.phase1 is not None and options.phase1 > total:
        raise ValueError(f"phase1 is {options.phase1}, but there are {total} points.")
    excluded = np.zeros(total, bool)
    excluded[[point - 1 for point in options.exclude]] = True
    return excluded


def _check_table(data: Columns) -> None:
    lengths = {len(cells) for cells in data.values()}
    if not lengths or lengths == {0}:
        raise ValueError("There are no rows to analyse.")
    if len(lengths) > 1:
        raise ValueError("The columns differ in length; fill missing cells with nothing.")
