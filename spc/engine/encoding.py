"""A rule as a row of numbers, and the names of those numbers, as compiled code reads them.

Compiled code is kept between runs and does not notice when a number here changes: add numbers, never renumber.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.engine import predicates
from spc.engine.rule import Rule

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS = ("beyond", "side", "trend", "alternate", "zone", "inside", "outside")
BEYOND, SIDE, TREND, ALTERNATE, ZONE, INSIDE, OUTSIDE = range(len(KINDS))
KIND, LENGTH, M, OPTION, FULL, HIGH, FIRST = range(7)
"""Columns of an encoded rule: kind; run length in points or moves; m; whether it has the other option (ties go on,
inside strict, outside either); whether all of its window must be known; whether it has an upper zone; where its keys
begin among the places."""

NAMES = (
    "above", "below", "rises", "falls", "never falls", "never rises", "within", "strictly within", "known",
)  # fmt: skip
ABOVE, BELOW, RISES, FALLS, NEVER_FALLS, NEVER_RISES, WITHIN, STRICTLY, KNOWN = range(len(NAMES))


PAIRS = (("above", "below"), ("falls", "rises"), ("never falls", "never rises"))


class Encoded(NamedTuple):
    """Rules (rules, 7); predicates (keys,), their zones, how many points back they are asked, where the outside of the
    same zone stands (-1: it is not asked, or this is no inside), and which a rule uses; the points that the longest
    rule looks at, and the bits of the rules that bridge gaps."""

    rules: Ints
    keys: Ints
    levels: Floats
    depths: Ints
    twins: Ints
    places: Ints
    span: int
    bridging: int


@lru_cache(maxsize=256)
def encoded(among: tuple[Rule, ...]) -> Encoded:
    """The rules as numbers."""
    keys = sorted(predicates.wanted(among), key=_place)
    places: list[int] = []
    rows = []
    for rule in among:
        rows.append([
            KINDS.index(rule.kind), rule.moves or rule.k, rule.m or rule.k, _has_option(rule), rule.window == "full",
            rule.zone_high is not None, len(places),
        ])  # fmt: skip
        places += [keys.index(key) for key in predicates.of(rule)]
    depths = [max(rule.moves or rule.span for rule in among if key in predicates.of(rule)) for key in keys]
    return Encoded(
        np.array(rows, np.int64).reshape(-1, 7), np.array([NAMES.index(name) for name, _zone in keys], np.int64),
        np.array([zone for _name, zone in keys], np.float64), np.array(depths, np.int64),
        np.array([_twin(keys, key) for key in keys], np.int64), np.array(places, np.int64),
        max((rule.span for rule in among), default=1),
        sum(1 << bit for bit, rule in enumerate(among) if rule.missing == "bridge"),
    )  # fmt: skip


def _place(key: predicates.Key) -> tuple[int, float, str]:
    """Pairs stand together, as they are asked together: above and below a zone, falls and rises; then single ones."""
    name, zone = key
    return next((i for i, pair in enumerate(PAIRS) if name in pair), len(PAIRS)), zone, name


def _twin(keys: Sequence[predicates.Key], key: predicates.Key) -> int:
    name, zone = key
    return keys.index(("above", zone)) if name == "within" and ("above", zone) in keys else -1


def _has_option(rule: Rule) -> bool:
    return rule.ties == "continue" or rule.inside == "strict" or rule.outside == "either"
