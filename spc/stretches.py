"""Stretches out of control in a series that was judged as a whole: what watching it live would have opened."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.judging import QUIET, Finding
from spc.points import Points


class Stretch(NamedTuple):
    """From the first flagged point to the last, by place in the series; the rules that fired, in the order they did.

    `last_good_at` is the last good point before the first pattern; None where the series begins with it.
    """

    first: int
    last: int
    rules: tuple[str, ...]
    last_good_at: datetime | None


def find(points: Points, findings: Sequence[Finding]) -> list[Stretch]:
    """The stretches of one chart, in order; as many good points in a row as end a violation part two of them."""
    if not findings:
        return []
    flagged = np.zeros(len(points.values), bool)
    flagged[[finding.point for finding in findings]] = True
    good = points.known & ~flagged
    before = np.cumsum(good)  # good points up to and with each place
    groups: list[list[Finding]] = [[findings[0]]]
    for earlier, finding in pairwise(findings):
        if before[finding.point] - before[earlier.point] >= QUIET:
            groups.append([])
        groups[-1].append(finding)
    places = np.flatnonzero(good)
    return [_stretch(points, group, places) for group in groups]


def _stretch(points: Points, group: Sequence[Finding], places: NDArray[np.intp]) -> Stretch:
    rules = dict.fromkeys(rule for finding in group for rule in finding.rules)
    earlier = int(np.searchsorted(places, group[0].window_start))
    last_good = points.at[int(places[earlier - 1])] if earlier else None
    return Stretch(group[0].point, group[-1].point, tuple(rules), last_good)
