"""What is true of each single point: above a line, higher than its neighbour, known. Packed 64 points to a word."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.engine import bits
from spc.engine.rule import Rule

BLOCK = 1 << 17  # points compared at a time: small enough for the cache, large enough that calls cost little

Floats = NDArray[np.float64]
Key = tuple[str, float]

KNOWN: Key = ("known", 0.0)
RISES = {"break": ("rises", 0.0), "continue": ("never falls", 0.0)}
FALLS = {"break": ("falls", 0.0), "continue": ("never rises", 0.0)}


class Series(NamedTuple):
    """Values (rows, n) with centre and sigma that broadcast to them: (1, 1), (rows, 1), (1, n) or (rows, n)."""

    values: Floats
    center: Floats
    sigma: Floats


def wanted(rules: Iterable[Rule]) -> set[Key]:
    """The predicates that the rules are made of, each named once."""
    return {key for rule in rules for key in of(rule)}


def of(rule: Rule) -> tuple[Key, ...]:
    """The predicates of one rule: the pair up and down, or the single one; KNOWN and the upper pair for a zone."""
    zone = rule.zone or 0.0
    if rule.kind in ("trend", "alternate"):
        return RISES[rule.ties], FALLS[rule.ties]
    if rule.kind == "inside":
        return (("within" if rule.inside == "inclusive" else "strictly within", zone),)
    pair = ("above", zone), ("below", zone)
    if rule.kind != "zone":
        return pair
    high = () if rule.zone_high is None else (("above", rule.zone_high), ("below", rule.zone_high))
    return *pair, KNOWN, *high


def pack(series: Series, keys: Iterable[Key]) -> dict[Key, bits.Words]:
    """Answer every key for every point. A comparison with NaN is never true, so NaN is never above, below or in."""
    rows, n = series.values.shape
    packed = {key: np.empty((rows, bits.width(n)), np.uint64) for key in keys}
    columns = min(bits.width(n) * bits.WORD, BLOCK)
    for top in range(0, rows, max(1, BLOCK // columns)):
        lines = slice(top, min(rows, top + max(1, BLOCK // columns)))
        for left in range(0, n, columns):
            _pack_block(series, packed, lines, slice(left, min(n, left + columns)))
    return packed


def _pack_block(series: Series, packed: dict[Key, bits.Words], lines: slice, points: slice) -> None:
    here = slice(points.start // bits.WORD, bits.width(points.stop))
    answer = np.zeros((lines.stop - lines.start, (here.stop - here.start) * bits.WORD), bool)
    width = points.stop - points.start
    block = Series(*(_part(a, lines, points) for a in series))
    for key, words in packed.items():
        _ask(key, block, series.values[lines], points, answer[:, :width])
        answered = np.packbits(answer.reshape(-1), bitorder="little").view(np.uint64)
        words[lines, here] = answered.reshape(len(answer), -1)


def _part(array: Floats, lines: slice, points: slice) -> Floats:
    return array[lines if len(array) > 1 else slice(None), points if array.shape[1] > 1 else slice(None)]


_NEIGHBOUR = {"rises": np.greater, "falls": np.less, "never falls": np.greater_equal, "never rises": np.less_equal}
_WITHIN = {"within": (np.less_equal, np.greater_equal), "strictly within": (np.less, np.greater)}


def _ask(key: Key, block: Series, whole: Floats, points: slice, answer: NDArray[np.bool_]) -> None:
    if key[0] not in _NEIGHBOUR:
        return compare(key, block, block.values, answer)
    first = 0 if points.start else 1  # the first point of a series has no neighbour
    answer[:, :first] = False
    before = whole[:, points.start + first - 1 : points.stop - 1]
    return compare(key, block._replace(values=block.values[:, first:]), before, answer[:, first:])


def compare(key: Key, series: Series, before: Floats, answer: NDArray[np.bool_]) -> None:
    """Answer one key for an array of points into `answer`; `before` holds each point's left neighbour."""
    name, zone = key
    values, center, sigma = series
    if name in _NEIGHBOUR:
        _NEIGHBOUR[name](values, before, out=answer)
    elif name in _WITHIN:
        at_most, at_least = _WITHIN[name]
        at_most(values, center + zone * sigma, out=answer)
        answer &= at_least(values, center - zone * sigma)
    elif name == "above":
        np.greater(values, center + zone * sigma, out=answer)
    elif name == "below":
        np.less(values, center - zone * sigma, out=answer)
    else:
        np.equal(values, values, out=answer)
