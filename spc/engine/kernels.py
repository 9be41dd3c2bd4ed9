"""The run rules compiled by numba: the same answers as numpy's, for whole series and for the newest points of many.

Importing this module needs numba and compiles nothing yet; `acceleration.start` does both.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from spc.engine import compiled_newest, compiled_series, predicates
from spc.engine.encoding import Encoded, encoded
from spc.engine.rule import Rule


def judge(series: predicates.Series, rules: Sequence[tuple[int, Rule]], flags: NDArray[np.uint32]) -> None:
    """Set the bits of the rules that fire in `flags` (rows, whole words of points), as their numbers say."""
    if not rules or not series.values.size:
        return
    code = encoded(tuple(rule for _bit, rule in rules))
    bits = np.array([bit for bit, _rule in rules], np.uint32)
    values, center, sigma = (np.ascontiguousarray(array) for array in series)
    compiled_series.judge(
        values, center, sigma, code.rules, code.keys, code.levels, code.twins, code.places, bits, flags
    )


def newest(series: predicates.Series, code: Encoded, new: int) -> NDArray[np.uint32]:
    """Flags (new, charts) of the last points of a series laid out (points, charts)."""
    flags = np.zeros((new, series.values.shape[1]), np.uint32)
    compiled_newest.judge(
        series.values, series.center, series.sigma, code.rules, code.keys, code.levels, code.depths, code.places, flags
    )
    return flags


def warm_up() -> None:
    """Compile, or load what was compiled before."""
    rules = (Rule(kind="beyond", zone=3), Rule(kind="zone", k=2, m=3, zone=2))
    series = predicates.Series(np.zeros((3, 2)), np.zeros((1, 1)), np.zeros((1, 1)))
    judge(series, tuple(enumerate(rules)), np.zeros((3, 64), np.uint32))
    newest(series, encoded(rules), 1)
