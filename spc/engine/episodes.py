"""One signal, not many: the consecutive points at which one rule fires are one episode."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spc.engine.rule import Rule


class Episode(NamedTuple):
    """A rule fired from point `start` to `end`, counted from 0; its first pattern began at `window_start`."""

    rule: int
    start: int
    end: int
    window_start: int


def find(values: ArrayLike, flags: ArrayLike, among: Sequence[Rule]) -> list[Episode]:
    """The episodes of one series, by start, then rule.

    values  (n,) as judged, NaN where missing
    flags  (n,) the bit masks that `rules.evaluate` gave for `among`

    A NaN ends an episode unless the rule bridges it. ValueError where the two lengths differ.
    """
    known = ~np.isnan(np.asarray(values, np.float64))
    masks = np.asarray(flags, np.uint32)
    if known.ndim != 1 or known.shape != masks.shape:
        raise ValueError(f"values and flags must be one series of one length, got {known.shape} and {masks.shape}.")
    found = (e for bit, rule in enumerate(among) for e in _of(bit, rule, masks, known))
    return sorted(found, key=lambda episode: (episode.start, episode.rule))


def window_start(rule: Rule, known: NDArray[np.bool_], point: int) -> int:
    """Where the pattern began that a rule completed at a point (from 0) of a series with these points known."""
    if rule.missing == "bridge":
        return int(np.flatnonzero(known[: point + 1])[-rule.span :][0])
    first = max(0, point - rule.span + 1)
    gaps = np.flatnonzero(~known[first : point + 1])
    return first + (int(gaps[-1]) + 1 if gaps.size else 0)


def _of(bit: int, rule: Rule, masks: NDArray[np.uint32], known: NDArray[np.bool_]) -> list[Episode]:
    here = np.flatnonzero(masks >> np.uint32(bit) & np.uint32(1))
    if not here.size:
        return []
    counted = np.flatnonzero(known) if rule.missing == "bridge" else np.arange(len(known))
    split = np.flatnonzero(np.diff(np.searchsorted(counted, here)) > 1) + 1
    starts, ends = np.r_[0, split], np.r_[split, here.size] - 1
    return [
        Episode(bit, int(here[a]), int(here[b]), window_start(rule, known, int(here[a])))
        for a, b in zip(starts, ends, strict=True)
    ]
