"""Which rules fire at which points: `evaluate` for whole series, and the rules themselves under one name."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import acceleration, bits, predicates
from spc.engine.predicates import KNOWN, Floats, Series
from spc.engine.rule import KINDS, SENTENCES, Rule
from spc.engine.rulesets import AIAG, DEFAULT, JMP, MINITAB, NELSON, RULE_SETS, WESTERN_ELECTRIC

__all__ = [
    "AIAG", "DEFAULT", "JMP", "KINDS", "MINITAB", "MOST_RULES", "NELSON", "RULE_SETS", "SENTENCES", "WESTERN_ELECTRIC",
    "Rule", "evaluate", "span",
]  # fmt: skip

MOST_RULES = 32  # one bit each in the answer


def evaluate(values: ArrayLike, center: ArrayLike, sigma: ArrayLike, rules: Sequence[Rule]) -> NDArray[np.uint32]:
    """The rules that fire at each point, as a bit mask: bit i is rules[i]; every rule that fires is kept.

    values  (n,) or (streams, n), in time order, NaN where a reading is missing; leave excluded points out beforehand
    center, sigma  of the plotted statistic, in the unit of the values: a number, one per stream (streams,), or one
        per point (the shape of the values); NaN where there are no limits yet: nothing but trends is judged there

    Returns uint32 in the shape of the values. A rule is flagged at the last point of its pattern, a NaN never.
    Limits are centre +- zone * sigma, never a third of a clipped limit; trends look at the values themselves.
    ValueError: shapes that don't fit, a negative or infinite sigma, more than 32 rules.
    Source: Nelson, JQT 16 (1984) 237; ISO 7870-2:2013; conventions are fields of each Rule.
    """
    x = np.asarray(values, np.float64)
    if x.ndim not in (1, 2):
        raise ValueError(f"values must have the shape (n,) or (streams, n), not {x.shape}.")
    series = checked(x, center, sigma, rules)
    flags = np.zeros((len(series.values), bits.width(x.shape[-1]) * bits.WORD), np.uint32)
    if x.size:
        _judge_all(series, rules, flags)
    return flags[:, : x.shape[-1]].reshape(x.shape)


def span(rules: Sequence[Rule]) -> int:
    """Points that the longest of the rules looks at: a changed reading reaches no farther than span - 1 points on."""
    return max((rule.span for rule in rules), default=1)


def checked(values: Floats, center: ArrayLike, sigma: ArrayLike, rules: Sequence[Rule]) -> Series:
    """Values, centre and sigma as two dimensions that broadcast; ValueError says what doesn't fit."""
    if len(rules) > MOST_RULES:
        raise ValueError(f"At most {MOST_RULES} rules can be judged at once, got {len(rules)}.")
    series = Series(np.atleast_2d(values), _limits(center, values, "center"), _limits(sigma, values, "sigma"))
    if np.fmin.reduce(series.sigma, axis=None, initial=0.0) < 0:
        raise ValueError("sigma must not be negative.")
    return series


def _limits(given: ArrayLike, values: Floats, name: str) -> Floats:
    array = np.asarray(given, np.float64)
    if not np.vdot(array, array) < np.inf and np.isinf(array).any():  # the sum is a quick first look
        raise ValueError(f"{name} must be finite, or NaN where there are no limits.")
    if array.ndim == 0:
        return array.reshape(1, 1)
    if array.ndim == 1 and values.ndim == 2 and len(array) == len(values):
        return array[:, None]
    if array.shape != values.shape:
        fits = f"a number, {values.shape[:1]} or {values.shape}" if values.ndim == 2 else f"a number or {values.shape}"
        raise ValueError(f"{name} has the shape {array.shape}; with values of {values.shape} it must be {fits}.")
    return np.atleast_2d(array)


def _judge_all(series: Series, rules: Sequence[Rule], flags: NDArray[np.uint32]) -> None:
    gaps = any(rule.missing == "bridge" for rule in rules) and bool(np.isnan(series.values).any())
    direct = [(i, rule) for i, rule in enumerate(rules) if not gaps or rule.missing == "break"]
    _judge(series, direct, flags)
    if gaps:
        bridged = [(i, rule) for i, rule in enumerate(rules) if rule.missing == "bridge"]
        closed, order = _close_gaps(series)
        found = np.zeros_like(flags)
        _judge(closed, bridged, found)
        back = np.argsort(order, axis=1)
        flags[:, : back.shape[1]] |= np.take_along_axis(found, back, axis=1)


def _close_gaps(series: Series) -> tuple[Series, NDArray[np.intp]]:
    """Each row with its NaN moved to the end, and the order that did it."""
    order = np.argsort(np.isnan(series.values), axis=1, kind="stable")
    full = (np.broadcast_to(a, series.values.shape) for a in series)
    return Series(*(np.take_along_axis(a, order, axis=1) for a in full)), order


def _judge(series: Series, rules: Sequence[tuple[int, Rule]], flags: NDArray[np.uint32]) -> None:
    if (kernels := acceleration.kernels()) is not None:
        kernels.judge(series, rules, flags)
        return
    facts = predicates.pack(series, predicates.wanted(rule for _, rule in rules))
    complete = KNOWN in facts and np.bitwise_count(facts[KNOWN]).sum() == series.values.size
    for bit, rule in rules:
        bits.scatter(_points(rule, facts, complete), bit, flags)


def _points(rule: Rule, facts: dict[predicates.Key, bits.Words], complete: bool) -> bits.Words:
    parts = [facts[key] for key in predicates.of(rule)]
    if rule.kind == "inside":
        return bits.run(parts[0], rule.k)
    up, down = parts[:2]
    if rule.kind == "alternate":
        turns = (up & bits.shift(down, 1)) | (down & bits.shift(up, 1))
        return bits.run(turns, (rule.moves or 0) - 1)
    if rule.kind == "zone":
        return _zone(rule, parts, complete)
    length = rule.moves or rule.k
    one_side = bits.run(up, length) | bits.run(down, length)
    if rule.kind != "outside":
        return one_side
    either = bits.run(up | down, length)
    return either & ~one_side if rule.outside == "both" else either


def _zone(rule: Rule, parts: Sequence[bits.Words], complete: bool) -> bits.Words:
    m = rule.m or rule.k
    up, down, known = parts[:3]
    if rule.zone_high is not None:
        up, down = up & ~parts[3], down & ~parts[4]
    gaps = None if complete else known
    sides = (up | down,) if rule.outside == "either" else (up, down)
    found = bits.at_least(sides[0], rule.k, m, gaps)
    if len(sides) == 2:
        found = found | bits.at_least(sides[1], rule.k, m, gaps)
    return found & bits.run(known, m) if rule.window == "full" else found
