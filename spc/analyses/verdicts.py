"""Which points of a plot violate which rules, and the whole answer about a chart put together from its stages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.analyses.options import Options
from spc.analyses.plots import Plot
from spc.engine import episodes, rules
from spc.engine.limits import Floats
from spc.engine.rule import Rule

Mask = NDArray[np.bool_]
FEWEST_DISTINCT, MOST_TIES = 5, 0.2


def told(stages: Sequence[Plot], among: Sequence[Rule], excluded: Mask, options: Options) -> dict[str, Any]:
    """The answer about one chart and the charts beside it."""
    answer = _one(stages, among, excluded, options)
    beside = {
        name: _one([stage.beside[name] for stage in stages], among, excluded, options)
        for name in stages[0].beside
    }
    return answer | ({"beside": beside} if beside else {})


def _one(stages: Sequence[Plot], among: Sequence[Rule], excluded: Mask, options: Options) -> dict[str, Any]:
    numbered = [(i, _at_limits(rule, options.nsigma)) for i, rule in enumerate(among, start=1)]
    judged = [(i, rule) for i, rule in numbered if rule.kind in stages[0].kinds]
    found, first = [], 0
    for stage in stages:
        size = len(stage.statistics)
        here = excluded[first : first + size]
        found += _violations(stage, judged, options.nsigma, here, first)
        found += _own(stage, here, first) if among else []
        first += size
    more = _joined([stage.more for stage in stages])
    found.sort(key=lambda one: one["point"])
    return {
        "center": _line(stages, "center"), "sigma": _sigma(stages),
        "statistics": np.concatenate([stage.statistics for stage in stages]),
        "lcl": _line(stages, "lcl"), "ucl": _line(stages, "ucl"), "violations": found,
        "estimator": stages[0].limits.estimator, "count": sum(stage.limits.count for stage in stages),
        "provisional": any(stage.limits.provisional for stage in stages),
        "rules": [{"rule": rule.id, "number": i, "says": rule.sentence()} for i, rule in judged],
        "not_judged": [rule.id for _i, rule in numbered if rule.kind not in stages[0].kinds],
        "warnings": _warnings(stages, judged), **more,
    }  # fmt: skip


def _at_limits(rule: Rule, nsigma: float) -> Rule:
    """A point beyond 3 sigma means: beyond the control limits, wherever they were asked to lie."""
    return replace(rule, zone=nsigma) if rule.kind == "beyond" and rule.zone == 3 else rule


def _violations(
    plot: Plot, among: Sequence[tuple[int, Rule]], nsigma: float, excluded: Mask, first: int
) -> list[dict[str, Any]]:
    places = np.flatnonzero(~excluded)  # an excluded point is bridged, a missing one is not
    x, center, spread, lower, upper = (
        np.broadcast_to(line, plot.statistics.shape)[places]
        for line in (plot.statistics, plot.limits.center, plot.limits.spread, plot.limits.lcl, plot.limits.ucl)
    )
    flags = rules.evaluate(x, center, spread, [rule for _i, rule in among])
    outside = (x > upper) | (x < lower)
    known, found = ~np.isnan(x), []
    for bit, (number, rule) in enumerate(among):
        at_limits = rule.kind == "beyond" and rule.zone == nsigma
        fired = outside if at_limits else (flags >> np.uint32(bit) & 1).astype(bool)
        for point in np.flatnonzero(fired).tolist():
            start = episodes.window_start(rule, known, point)
            found.append(_violation(rule.id, number, first + places[point], first + places[start]))
    return found


def _own(plot: Plot, excluded: Mask, first: int) -> list[dict[str, Any]]:
    """The verdicts that the chart gives by itself."""
    found = []
    for rule, fired, reach in plot.signals:
        for point in np.flatnonzero(fired & ~excluded).tolist():
            found.append(_violation(rule, None, first + point, first + max(0, point + 1 - int(reach[point]))))
    return found


def _violation(rule: str, number: int | None, point: int, start: int) -> dict[str, Any]:
    return {"rule": rule, "number": number, "point": int(point) + 1, "window_start": int(start) + 1}


def _line(stages: Sequence[Plot], name: str) -> float | Floats:
    """One number where the line is the same at every known point, else a value per point."""
    shapes = [np.broadcast_to(getattr(stage.limits, name), stage.statistics.shape) for stage in stages]
    line = np.concatenate(shapes)
    known = line[~np.isnan(line)]
    constant = known.size > 0 and (known == known[0]).all() and all(
        np.ndim(getattr(stage.limits, name)) == 0 for stage in stages
    )
    return float(known[0]) if constant else line


def _sigma(stages: Sequence[Plot]) -> float | list[float]:
    """Sigma, or one for each stage."""
    found = [stage.limits.sigma for stage in stages]
    return found[0] if len(found) == 1 else found


def _joined(facts: Sequence[Any]) -> dict[str, Any]:
    """What else stages tell: as it is for a single one, a list of them otherwise."""
    return {key: facts[0][key] if len(facts) == 1 else [one[key] for one in facts] for key in facts[0]}


def _warnings(stages: Sequence[Plot], among: Sequence[tuple[int, Rule]]) -> list[str]:
    said = []
    values = np.concatenate([stage.statistics for stage in stages])
    values = values[~np.isnan(values)]
    patterns = any(rule.kind != "beyond" for _i, rule in among)
    coarse = len(values) > 1 and (
        len(np.unique(values)) < FEWEST_DISTINCT or float((np.diff(values) == 0).mean()) > MOST_TIES
    )
    if patterns and coarse:
        said.append("The gauge tells too few values apart for runs and trends to be seen.")
    if any(stage.limits.provisional for stage in stages):
        said.append("The limits rest on few points; take them as provisional.")
    return said
