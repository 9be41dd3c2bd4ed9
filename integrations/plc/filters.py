"""What a condition does to the values of one tag: its settings, and what it remembers from batch to batch. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 51  # readings that a window may hold

# What one condition remembers. `recent` and `clean` are the newest believed values before and after spikes are taken
# out, at the right end, NaN where there are none yet; `said` is what was told last, `level` where the average stands.
MEMORY = np.dtype([
    ("seq", "<i8"), ("count", "<i8"), ("level", "<f8"), ("level_at", "<i8"), ("said", "<f8"), ("said_at", "<i8"),
    ("quality", "<i8"), ("recent", "<f8", (MOST,)), ("clean", "<f8", (MOST,)),
])
NEVER = 255  # the quality of a tag that has said nothing yet
Memory = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Filter:
    """The settings of one condition, from a raw stream to a conditioned one. What is zero does nothing.

    In this order: values farther than `spike_factor` deviations (1.4826 times the median absolute deviation), and
    farther than `spike_least`, from the median of the last `spike_window` values are spikes; the median of the last
    `median_window` values; an exponential average with the time constant `seconds`; nothing is told of a value that
    lies within `deadband` (units of the value, or percent of it) of the last one told.
    """

    raw: int
    out: int
    spike_window: int = 0
    spike_factor: float = 3.0
    spike_least: float = 0.0
    leave_out: bool = False
    median_window: int = 1
    seconds: float = 0.0
    deadband: float = 0.0
    is_percent: bool = False


def fresh(count: int) -> Memory:
    """The memory of conditions that have seen nothing."""
    memory = np.zeros(count, MEMORY)
    memory["seq"], memory["quality"] = -1, NEVER
    for name in ("level", "said", "recent", "clean"):
        memory[name] = np.nan
    return memory
