"""Judging what just came from memory: quiet charts are passed at once, whatever else happens goes to the judge.

A reading that fires no rule needs nothing of the database but that its chart's mark moves on. The lookout keeps the
newest values of charts that stand quietly at their mark. What it finds quiet it passes, provided that the database
knows of no other reading, limit, rule or violation in between; all else `measurements.evaluate` judges, which has the
last word. It is one process's memory: it may be thrown away at any time.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plant.models import Person
from plant.transactions import command
from spc import live
from spc.commands import measurements
from spc.engine import rules, tick
from spc.engine.rule import Rule
from spc.queries import followed
from spc.queries.followed import Followed, Moved

FEW = 32  # new readings of a stream in one look; more are judged from the database
LOOK_AGAIN = 5.0  # seconds after which a new or retired chart is noticed
Integers = NDArray[np.int64]


class Fresh(NamedTuple):
    """Readings of one stream in order: microseconds since 1970, sequences, values (NaN where not to be trusted)."""

    at_us: Integers
    seq: Integers
    values: NDArray[np.float64]


class Lookout:
    """What one process remembers of the charts whose readings it stores."""

    def __init__(self) -> None:
        self._known: dict[int, list[Followed]] = {}
        self._charted: dict[int, set[int]] = {}
        self._looked = -LOOK_AGAIN

    def forget(self, streams: Iterable[int]) -> None:
        """Something broke these streams' sequence: judge them from the database next time."""
        for stream in streams:
            self._known.pop(stream, None)

    def look(
        self, *, stream: Integers, at_us: Integers, seq: Integers, value: NDArray[np.float64], by: Person, at: datetime
    ) -> None:
        """Judge readings that were just stored; columns as `readings.record_table` takes them, bad values as NaN."""
        self._notice()
        fresh = _by_stream(stream, at_us, seq, value)
        found: dict[tuple[Rule, ...], list[tuple[Followed, Fresh]]] = defaultdict(list)
        asked = set()
        for one, readings in fresh.items():
            if one not in self._charted:
                continue
            if not self._fits(one, readings):
                asked.add(one)
            for chart in () if one in asked else self._known[one]:
                found[chart.rules].append((chart, readings))
        passed = [moved for among, pairs in found.items() for moved in _quiet(among, pairs)]
        asked |= {chart.stream for pairs in found.values() for chart, _ in pairs} - _whole(passed, self._known)
        passed = [one for one in passed if one.followed.stream not in asked]
        asked |= self._pass(passed, fresh)
        if asked:
            self.forget(asked)
            measurements.evaluate(stream_ids=asked, by=by, at=at)
            self._admit(asked)

    def _notice(self) -> None:
        """Charts come and go; a stream is followed with all its charts or not at all."""
        if time.monotonic() - self._looked < LOOK_AGAIN:
            return
        self._looked, self._charted = time.monotonic(), followed.charted()
        for stream, charts in list(self._known.items()):
            if {chart.chart for chart in charts} != self._charted.get(stream):
                self.forget([stream])

    def _fits(self, stream: int, readings: Fresh) -> bool:
        """Is the stream followed, and does what came lie behind every mark?"""
        first = int(readings.at_us[0]), int(readings.seq[0])
        charts = self._known.get(stream)
        return bool(charts) and len(readings.seq) <= FEW and all(first > (one.at_us, one.seq) for one in charts or ())

    @command
    def _pass(self, passed: Sequence[Moved], fresh: dict[int, Fresh]) -> set[int]:
        """Move the marks; the streams where somebody was faster."""
        tokens = followed.move(passed)
        late = {one.followed.stream for one in passed if one.followed.chart not in tokens}
        moved: dict[int, list[Followed]] = defaultdict(list)
        for one in passed:
            if one.followed.chart in tokens:
                moved[one.followed.stream].append(_moved(one, tokens[one.followed.chart], fresh))
        self._known |= moved
        live.calm({one.followed.chart: fresh[one.followed.stream] for one in passed if one.followed.chart in tokens})
        return late

    def _admit(self, streams: Collection[int]) -> None:
        """Follow those of these streams of which every chart stands quietly at its mark."""
        found: dict[int, list[Followed]] = defaultdict(list)
        for chart in followed.quiet(streams):
            found[chart.stream].append(chart)
        for stream, charts in found.items():
            if {chart.chart for chart in charts} == self._charted.get(stream):
                self._known[stream] = charts


def _by_stream(stream: Integers, at_us: Integers, seq: Integers, value: NDArray[np.float64]) -> dict[int, Fresh]:
    """The readings of each stream, in order, each once."""
    order = np.lexsort((seq, at_us, stream))
    stream, at_us, seq, value = stream[order], at_us[order], seq[order], value[order]
    new = np.ones(len(stream), bool)
    new[1:] = (np.diff(stream) != 0) | (np.diff(at_us) != 0) | (np.diff(seq) != 0)
    stream, at_us, seq, value = stream[new], at_us[new], seq[new], value[new]
    starts = np.flatnonzero(np.diff(stream, prepend=-1))
    ends = [*starts[1:].tolist(), len(stream)]
    return {
        int(stream[start]): Fresh(at_us[start:end], seq[start:end], value[start:end])
        for start, end in zip(starts.tolist(), ends, strict=True)
    }


def _quiet(among: tuple[Rule, ...], pairs: Sequence[tuple[Followed, Fresh]]) -> list[Moved]:
    """Those charts at none of whose new points a rule fires."""
    new = max(len(readings.seq) for _, readings in pairs)
    window = np.full((rules.span(among) - 1 + new, len(pairs)), np.nan)
    for i, (chart, readings) in enumerate(pairs):
        values = np.concatenate([chart.tail, readings.values])
        window[len(window) - len(values) :, i] = values
    steps = np.array([chart.resolution or np.nan for chart, _ in pairs])
    window = np.where(np.isnan(steps), window, np.rint(window / steps) * steps)
    center, sigma = (np.array([getattr(chart, name) for chart, _ in pairs]) for name in ("center", "sigma"))
    flags = tick.evaluate(window.T, center, sigma, among, new=new)
    bridged = any(rule.missing == "bridge" for rule in among)
    found = []
    for i, (chart, readings) in enumerate(pairs):
        count = len(readings.seq)
        if flags[i, new - count :].any() or (bridged and np.isnan(window[-count - len(chart.tail) :, i]).any()):
            continue
        found.append(Moved(chart, int(readings.at_us[-1]), int(readings.seq[-1]), count))
    return found


def _whole(passed: Sequence[Moved], known: dict[int, list[Followed]]) -> set[int]:
    """The streams of which every chart is quiet."""
    counts: dict[int, int] = defaultdict(int)
    for one in passed:
        counts[one.followed.stream] += 1
    return {stream for stream, count in counts.items() if count == len(known[stream])}


def _moved(one: Moved, token: str, fresh: dict[int, Fresh]) -> Followed:
    """The chart at its new mark."""
    chart = one.followed
    keep = rules.span(chart.rules) - 1
    values = np.concatenate([chart.tail, fresh[chart.stream].values])
    tail = values[len(values) - keep :] if len(values) > keep else values
    return chart._replace(token=token, at_us=one.at_us, seq=one.seq, tail=tail)
