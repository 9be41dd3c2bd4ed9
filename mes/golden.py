"""Which readings lie outside their golden window: pure, all streams of a pass at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MINUTE = 60_000_000  # in microseconds
WITHIN, LOW, HIGH, RAMP, UNKNOWN = range(5)
Floats = NDArray[np.float64]
Times = NDArray[np.int64]
Codes = NDArray[np.int8]


class Run(NamedTuple):
    """Readings of one stream in order: times (µs), values (NaN where none is good), and their window (NaN: none)."""

    times: Times
    values: Floats
    low: float
    high: float
    ramp: float


def sides(runs: Sequence[Run]) -> list[Codes]:
    """For each run the code of every reading: within, low, high, too fast, or unknown where the value is not good."""
    if not runs:
        return []
    lengths = [len(run.values) for run in runs]
    values = np.concatenate([run.values for run in runs])
    low, high = (np.repeat([getattr(run, name) for run in runs], lengths) for name in ("low", "high"))
    fast = np.concatenate([_too_fast(run) for run in runs])
    conditions = [np.isnan(values), values < low, values > high, fast]
    codes = np.select(conditions, [UNKNOWN, LOW, HIGH, RAMP], WITHIN).astype(np.int8)
    return np.split(codes, np.cumsum(lengths)[:-1])


def _too_fast(run: Run) -> NDArray[np.bool_]:
    """Whether a value lies farther than the ramp from another good one of the minute before it."""
    if np.isnan(run.ramp) or not len(run.values):
        return np.zeros(len(run.values), bool)
    first = np.searchsorted(run.times, run.times - MINUTE)
    edges = np.empty(2 * len(first), np.int64)
    edges[::2], edges[1::2] = first, np.arange(1, len(first) + 1)
    least = np.minimum.reduceat(np.append(np.where(np.isnan(run.values), np.inf, run.values), np.inf), edges)[::2]
    most = np.maximum.reduceat(np.append(np.where(np.isnan(run.values), -np.inf, run.values), -np.inf), edges)[::2]
    return (run.values - least > run.ramp) | (most - run.values > run.ramp)


def covered(times: Times, spans: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """For every time the last of these spans (both ends included) that holds it, or -1."""
    found = np.full(len(times), -1, np.int64)
    for number, (start, end) in enumerate(spans):
        found[(times >= start) & (times <= end)] = number
    return found


def any_outside(codes: Codes) -> bool:
    """Whether a reading is known to lie outside its window."""
    return bool(((codes > WITHIN) & (codes < UNKNOWN)).any())
