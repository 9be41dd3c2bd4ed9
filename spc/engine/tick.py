"""The newest readings of many charts at once: what the poller asks at every beat."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine import acceleration, predicates, rules
from spc.engine.encoding import Encoded, encoded
from spc.engine.predicates import KNOWN, Key, Series
from spc.engine.rule import Rule

Flags = NDArray[np.bool_]
Facts = Mapping[Key, Flags]


def evaluate(
    window: ArrayLike,
    center: ArrayLike,
    sigma: ArrayLike,
    among: Sequence[Rule],
    *,
    enabled: ArrayLike | None = None,
    new: int = 1,
) -> NDArray[np.uint32]:
    """The rules that fire at the last `new` points of each chart, exactly as `rules.evaluate` of the whole series says.

    window  (charts, points), newest last; a short history is padded with NaN on its left, and so are the points before
        the limits in force began. At least `reach(among, new)` points; with missing="bridge" that many known ones.
        Fastest as the transpose of a contiguous (points, charts) array.
    center, sigma  a number, one per chart (charts,) or one per point (charts, points), in the unit of the values
    enabled  bit masks (charts,): which of `among` each chart uses; all where left out

    Returns uint32 (charts, new): bit i is among[i]. ValueError: shapes that don't fit, a window too short, sigma < 0.
    """
    values = np.asarray(window, np.float64)
    if values.ndim != 2:
        raise ValueError(f"window must have the shape (charts, points), not {values.shape}.")
    code = encoded(tuple(among))
    width = code.span + new - 1
    if new < 1 or values.shape[1] < width:
        raise ValueError(f"{new} new points need windows of {max(width, width + 1 - new)}, got {values.shape[1]}.")
    series = rules.checked(values, center, sigma, among)
    looked_at = (a[:, -width:] if a.shape[1] > 1 else a for a in series)
    flags = _judge(Series(*(np.ascontiguousarray(a.T) for a in looked_at)), among, code, new).T
    if code.bridging:
        _judge_bridged(series, among, np.uint32(code.bridging), flags)
    return flags if enabled is None else flags & np.asarray(enabled, np.uint32)[:, None]


def reach(among: Sequence[Rule], new: int = 1) -> int:
    """Points that a window must hold so that its last `new` points can be judged."""
    return encoded(tuple(among)).span + new - 1


def _judge(series: Series, among: Sequence[Rule], code: Encoded, new: int) -> NDArray[np.uint32]:
    """Flags (new, charts) of a series laid out (points, charts)."""
    if (kernels := acceleration.kernels()) is not None:
        answer: NDArray[np.uint32] = kernels.newest(series, code, new)
        return answer
    facts = _facts(series, among, new)
    gaps = KNOWN in facts and not facts[KNOWN].all()
    flags = np.zeros((new, series.values.shape[1]), np.uint32)
    for older in range(new):
        end = slice(None, -older or None)
        here = {key: fact[end] for key, fact in facts.items()} if older else facts
        for bit, rule in enumerate(among):
            flags[new - 1 - older] |= _fires(rule, here, gaps) * np.uint32(1 << bit)
    return flags


def _facts(series: Series, among: Sequence[Rule], new: int) -> Facts:
    """Each predicate for as many of the newest points as the rules look at, and no more."""
    depth: dict[Key, int] = {}
    for rule in among:
        for key in predicates.of(rule):
            depth[key] = max(depth.get(key, 0), (rule.moves or rule.span) + new - 1)
    return {key: _compare(key, series, rows) for key, rows in depth.items()}


def _compare(key: Key, series: Series, rows: int) -> Flags:
    newest = Series(*(a[-rows:] if len(a) > 1 else a for a in series))
    answer = np.empty(newest.values.shape, bool)
    predicates.compare(key, newest, series.values[-rows - 1 : -1], answer)
    return answer


def _fires(rule: Rule, facts: Facts, gaps: bool) -> Flags:
    """Whether the rule is complete at the newest point of each chart."""
    parts = [facts[key] for key in predicates.of(rule)]
    if rule.kind == "inside":
        return _all(parts[0], rule.k)
    up, down = parts[:2]
    if rule.kind == "alternate":
        return _alternates(up, down, rule.moves or 0)
    if rule.kind == "zone":
        return _zone(rule, parts, gaps)
    length = rule.moves or rule.k
    one_side = _all(up, length) | _all(down, length)
    if rule.kind != "outside":
        return one_side
    either = _all(up[-length:] | down[-length:], length)
    return either & ~one_side if rule.outside == "both" else either


def _all(fact: Flags, k: int) -> Flags:
    all_true: Flags = np.logical_and.reduce(fact[-k:], axis=0)
    return all_true


def _alternates(up: Flags, down: Flags, moves: int) -> Flags:
    odd, even = slice(-1, -moves - 1, -2), slice(-2, -moves - 1, -2)
    ends_up = _all(up[odd], moves) & _all(down[even], moves)
    return ends_up | (_all(down[odd], moves) & _all(up[even], moves))


def _zone(rule: Rule, parts: Sequence[Flags], gaps: bool) -> Flags:
    up, down, known, *high = (part[-rule.span :] for part in parts)
    if high:
        up, down = up & ~high[0], down & ~high[1]
    if gaps:  # points before the last gap don't count
        since = np.logical_and.accumulate(known[::-1], axis=0)[::-1]
        up, down = up & since, down & since
    found = np.zeros(up.shape[1], bool)
    for side in (up | down,) if rule.outside == "either" else (up, down):
        found |= (np.add.reduce(side.view(np.uint8), axis=0, dtype=np.uint8) >= rule.k) & side[-1]
    return found & _all(known, rule.span) if gaps and rule.window == "full" else found


def _judge_bridged(series: Series, among: Sequence[Rule], mask: np.uint32, flags: NDArray[np.uint32]) -> None:
    """Rules that bridge gaps (the bits of `mask`), again, for the few charts that have a gap inside the window."""
    missing = np.isnan(series.values)
    charts = np.flatnonzero((missing[:, 1:] & ~missing[:, :-1]).any(axis=1))
    if charts.size:
        center, sigma = (np.broadcast_to(a, series.values.shape)[charts] for a in series[1:])
        again = rules.evaluate(series.values[charts], center, sigma, among)[:, -flags.shape[1] :]
        flags[charts] = (flags[charts] & ~mask) | (again & mask)
