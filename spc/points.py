"""From readings to plotted points: single values, or the mean and range of a subgroup."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Readings(NamedTuple):
    """Readings of one stream in order of (at, seq); a value is NaN where it may not be trusted.

    `samples` says to which sample each belongs, such as a lot or a quarter of an hour: -1 to none. Without it,
    subgroups are readings in a row.
    """

    at: Sequence[datetime]
    seq: Sequence[int]
    values: Floats
    samples: NDArray[np.int64] | None = None


class Points(NamedTuple):
    """What a chart shows, in order: value, its time and sequence, and the range or s of a subgroup (NaN where none)."""

    at: Sequence[datetime]
    seq: Sequence[int]
    values: Floats
    ranges: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.values)


def plotted(
    readings: Readings, *, size: int = 1, resolution: float | None = None, deviations: bool = False
) -> Points:
    """Points of one reading each, or of `size` readings each; values as fine as the instrument can tell apart.

    A subgroup is `size` readings whose sequence numbers follow one another from a multiple of `size`, or the first
    `size` readings of each sample; it stands at its last reading. Incomplete ones, and those with a reading that may
    not be trusted, are not plotted. Its spread is told as range, or with `deviations` as standard deviation.
    """
    if size == 1 and readings.samples is None:
        values = rounded(readings.values, resolution)
        return Points(readings.at, readings.seq, values, np.full(len(values), np.nan))
    last, groups = subgroups(readings, size=size, resolution=resolution)
    steps = resolution or 1.0
    counts = groups / steps  # the mean of whole steps does not depend on the order of the readings
    means = (np.rint(counts) if resolution else counts).mean(axis=1) * steps
    ranges = np.full(len(last), np.nan) if size == 1 else spreads(groups, deviations)
    return Points([readings.at[i] for i in last], [readings.seq[i] for i in last], means, ranges)


def subgroups(readings: Readings, *, size: int, resolution: float | None = None) -> tuple[NDArray[np.intp], Floats]:
    """Where complete subgroups end, and their readings (subgroups, size)."""
    in_a_row = readings.samples is None
    last = _ends(np.asarray(readings.seq, np.int64), size) if in_a_row else _firsts(readings.samples, size)
    groups = rounded(readings.values, resolution)[last[:, None] + np.arange(1 - size, 1)].reshape(-1, size)
    whole = ~np.isnan(groups).any(axis=1)
    return last[whole], groups[whole]


def spreads(groups: Floats, deviations: bool) -> Floats:
    """How far the readings of each subgroup (subgroups, size) lie apart."""
    found: Floats = groups.std(axis=1, ddof=1) if deviations else np.ptp(groups, axis=1)
    return found


def rounded(values: Floats, resolution: float | None) -> Floats:
    """Values as fine as the instrument can tell apart, so that noise in the last bit makes no trend."""
    return np.rint(values / resolution) * resolution if resolution else values


def _ends(seq: NDArray[np.int64], size: int) -> NDArray[np.intp]:
    """Where complete subgroups end."""
    if len(seq) < size:
        return np.empty(0, np.intp)
    last: NDArray[np.intp] = np.arange(size - 1, len(seq))
    spanned = seq[last] - seq[last - size + 1]
    in_order = np.lib.stride_tricks.sliding_window_view(np.diff(seq) == 1, size - 1).all(axis=1)
    whole: NDArray[np.intp] = last[(seq[last] % size == size - 1) & (spanned == size - 1) & in_order]
    return whole


def _firsts(samples: NDArray[np.int64] | None, size: int) -> NDArray[np.intp]:
    """Where the first `size` readings of each sample end; samples that have fewer are left out."""
    keys = np.asarray(samples, np.int64)
    starts = np.flatnonzero(np.diff(keys, prepend=-2))
    lengths = np.diff(starts, append=len(keys))
    chosen: NDArray[np.intp] = starts[(keys[starts] >= 0) & (lengths >= size)] + size - 1
    return chosen
