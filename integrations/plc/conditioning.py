"""Conditioning raw values: spikes found, medians, averages and dead bands, all tags of a batch at once. Pure.

Only believed values enter a window or an average: what has no value, or none to be trusted, is passed on as it is and
smears into nothing. Windows look back only, so a value told is never changed by one that comes later.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from integrations.plc.filters import MOST, NEVER, Filter, Memory, fresh
from integrations.plc.tags import READING, Quality

DEVIATION = 1.4826  # times the median absolute deviation: the standard deviation of a normal distribution (Hampel 1974)
FEWEST = 3  # values that a window holds before one of them can be called a spike
REFRESH_US = 60_000_000  # what stays within its dead band is told again after a minute
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class _Looks(NamedTuple):
    """A batch by condition: one row each, its readings in order from the left, `there` where one is."""

    there: Flags
    at: Integers
    seq: Integers
    value: Floats
    quality: Integers


class Conditioner:
    """Conditions the readings of some streams, batch after batch; `run` changes nothing until its memory is kept."""

    def __init__(self, filters: Sequence[Filter], memory: Memory | None = None) -> None:
        self.filters = tuple(sorted(filters, key=lambda one: one.raw))
        self.memory = fresh(len(self.filters)) if memory is None else memory
        self._keys = np.array([one.raw for one in self.filters], np.int64)
        self._out = np.array([one.out for one in self.filters], np.int64)
        self._spikes = np.array([one.spike_window for one in self.filters], np.int64)
        self._factors = np.array([one.spike_factor for one in self.filters], np.float64)
        self._least = np.array([one.spike_least for one in self.filters], np.float64)
        self._leave_out = np.array([one.leave_out for one in self.filters], np.bool_)
        self._medians = np.array([one.median_window for one in self.filters], np.int64)
        self._seconds = np.array([one.seconds for one in self.filters], np.float64)
        self._bands = np.array([one.deadband for one in self.filters], np.float64)
        self._percent = np.array([one.is_percent for one in self.filters], np.bool_)

    def run(self, table: NDArray[np.void]) -> tuple[NDArray[np.void], Memory]:
        """A table of READING to the conditioned readings, and the memory after it; what was seen before is passed."""
        looks = self._looks(table)
        if not looks.there.any():
            return np.empty(0, READING), self.memory
        memory = self.memory.copy()
        believed = looks.there & np.isfinite(looks.value) & (looks.quality <= Quality.UNCERTAIN)
        spike = self._find_spikes(looks, believed, memory)
        level = self._smooth(looks, believed & ~spike, memory)
        quality = np.where(spike, Quality.UNCERTAIN, looks.quality)
        value = np.where(believed, np.where(spike, looks.value, level), np.nan)
        told = self._tell(looks, value, quality, spike, memory)
        return self._rows(looks, value, quality, told, spike, memory), memory

    def _looks(self, table: NDArray[np.void]) -> _Looks:
        mine = table[np.isin(table["key"], self._keys)]
        row = np.searchsorted(self._keys, mine["key"])
        new = mine["seq"] > self.memory["seq"][row]
        mine, row = mine[new], row[new]
        order = np.lexsort((mine["seq"], row))
        mine, row = mine[order], row[order]
        counts = np.bincount(row, minlength=len(self._keys))
        place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        shape = len(self._keys), int(counts.max(initial=0))
        found = _Looks(
            np.zeros(shape, np.bool_), np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, np.nan),
            np.full(shape, NEVER, np.int64),
        )
        for column, name in zip(found, ("", "at", "seq", "value", "quality"), strict=True):
            column[row, place] = mine[name] if name else True
        return found

    def _find_spikes(self, looks: _Looks, believed: Flags, memory: Memory) -> Flags:
        """Hampel's identifier: too far from the median of a window that ends with the value itself."""
        left = _Left(believed)
        values = np.where(left.kept, left.take(looks.value), np.nan)
        deviant = np.zeros(values.shape, np.bool_)
        seen = np.concatenate([memory["recent"], values], axis=1)
        for rows, window in _windows(seen, self._spikes, values.shape[1]):
            middle = medians(window)
            spread = DEVIATION * medians(np.abs(window - middle[..., None]))
            limit = np.maximum(self._factors[rows, None] * spread, self._least[rows, None])
            enough = np.isfinite(window).sum(axis=-1) >= FEWEST
            deviant[rows] = enough & (np.abs(window[..., -1] - middle) > limit)
        memory["recent"] = _newest(seen, believed)
        return left.put(deviant, False)

    def _smooth(self, looks: _Looks, clean: Flags, memory: Memory) -> Floats:
        """The median, then the average whose weight of the past fades with the time that went by."""
        left = _Left(clean)
        values = np.where(left.kept, left.take(looks.value), np.nan)
        seen = np.concatenate([memory["clean"], values], axis=1)
        for rows, window in _windows(seen, np.where(self._medians > 1, self._medians, 0), values.shape[1]):
            values[rows] = np.where(left.kept[rows], medians(window), np.nan)
        memory["clean"] = _newest(seen, clean)
        return left.put(self._average(values, left.take(looks.at), memory), np.nan)

    def _average(self, values: Floats, at: Integers, memory: Memory) -> Floats:
        rows = np.flatnonzero(self._seconds > 0)
        level, since = memory["level"][rows], memory["level_at"][rows]
        for look in range(values.shape[1] if len(rows) else 0):
            value, moment = values[rows, look], at[rows, look]
            here = np.isfinite(value)
            share = -np.expm1(-np.maximum(moment - since, 0) / 1e6 / self._seconds[rows])
            mean = np.where(np.isfinite(level), level + share * (value - level), value)
            level, since = np.where(here, mean, level), np.where(here, moment, since)
            values[rows, look] = np.where(here, level, np.nan)
        memory["level"][rows], memory["level_at"][rows] = level, since
        return values

    def _tell(self, looks: _Looks, value: Floats, quality: Integers, spike: Flags, memory: Memory) -> Flags:
        """What is told: all but spikes that are left out, and what moved too little since it was last told."""
        told = looks.there & ~(spike & self._leave_out[:, None])
        rows = np.flatnonzero(self._bands > 0)
        for look in range(looks.at.shape[1] if len(rows) else 0):
            said, at, now = memory["said"][rows], looks.at[rows, look], value[rows, look]
            band = np.where(self._percent[rows], self._bands[rows] / 100 * np.abs(said), self._bands[rows])
            still = (np.abs(now - said) <= band) | (np.isnan(now) & np.isnan(said))
            still &= (quality[rows, look] == memory["quality"][rows]) & (at - memory["said_at"][rows] < REFRESH_US)
            told[rows, look] &= spike[rows, look] | ~still
            news = told[rows, look] & ~spike[rows, look]
            for name, what in (("said", now), ("said_at", at), ("quality", quality[rows, look])):
                memory[name][rows] = np.where(news, what, memory[name][rows])
        return told

    def _rows(
        self, looks: _Looks, value: Floats, quality: Integers, told: Flags, spike: Flags, memory: Memory
    ) -> NDArray[np.void]:
        """The readings that are told. Their numbers follow one another, but for a hole where a spike was left out."""
        counts = memory["count"][:, None] + np.cumsum(told | (spike & self._leave_out[:, None]), axis=1)
        memory["count"] = counts[:, -1]
        memory["seq"] = np.maximum(memory["seq"], np.where(looks.there, looks.seq, -1).max(axis=1))
        rows, places = np.nonzero(told)
        table = np.empty(len(rows), READING)
        table["key"], table["at"] = self._out[rows], looks.at[rows, places]
        table["seq"] = (looks.seq[rows, places] >> 32 << 32) | counts[rows, places]
        table["value"], table["quality"] = value[rows, places], quality[rows, places]
        return table


def medians(windows: Floats) -> Floats:
    """The median along the last axis of what is a number; NaN where nothing is."""
    ordered = np.sort(windows, axis=-1)  # NaN comes last
    count = np.isfinite(ordered).sum(axis=-1)
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    high = np.minimum(high, windows.shape[-1] - 1)
    pair = np.take_along_axis(ordered, np.stack([low, high], axis=-1), axis=-1)
    return np.where(count > 0, pair[..., 0] + (pair[..., 1] - pair[..., 0]) / 2, np.nan)


class _Left:
    """The chosen places of each row moved to its left end, and back."""

    def __init__(self, chosen: Flags) -> None:
        self._order = np.argsort(~chosen, axis=1, kind="stable")
        self.kept = np.take_along_axis(chosen, self._order, axis=1)

    def take(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values in the order of the chosen; what was not chosen stands behind them."""
        return np.take_along_axis(values, self._order, axis=1)

    def put(self, found: NDArray[Any], otherwise: float) -> NDArray[Any]:
        """What was found for the chosen at their places again."""
        there = np.empty_like(found)
        np.put_along_axis(there, self._order, np.where(self.kept, found, otherwise), axis=1)
        return there


def _windows(seen: Floats, sizes: Integers, count: int) -> list[tuple[NDArray[np.intp], Floats]]:
    """For each size of window the rows that have it, and the window that ends at each of their new values."""
    found = []
    for size in np.unique(sizes[sizes > 0]).tolist():
        rows = np.flatnonzero(sizes == size)
        part = seen[rows, seen.shape[1] - count - size + 1 :]
        found.append((rows, np.lib.stride_tricks.sliding_window_view(part, size, axis=1)))
    return found


def _newest(seen: Floats, chosen: Flags) -> Floats:
    """The last values of each row: its memory with what was chosen behind it."""
    place = np.arange(MOST) + chosen.sum(axis=1)[:, None]
    return np.take_along_axis(seen, place, axis=1)
