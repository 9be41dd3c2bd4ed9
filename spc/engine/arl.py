"""How long a chart waits for its next alarm: run lengths of rules, false alarms per week, and how soon shifts show."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spc.engine import chains, rules
from spc.engine.rule import Rule
from spc.engine.rulesets import RULE_SETS

HOURS_PER_WEEK = 168
RUNS = 10_000
MOST_POINTS = 50_000_000  # about a second; what has not ended by then is counted as seen
WIDTH = 128


@dataclass(frozen=True, slots=True)
class RunLength:
    """The mean number of points until a rule fires; `error` is its standard error, 0 where it was worked out."""

    mean: float
    error: float

    def false_alarms_per_week(self, points_per_hour: float, hours: float = HOURS_PER_WEEK) -> float:
        """Alarms that an undisturbed process raises in a week of so many hours, points per hour as sampled."""
        return points_per_hour * hours / self.mean


PRESETS = {
    "default": RunLength(93.41, 0.14), "gb17989.2": RunLength(93.41, 0.14), "nelson": RunLength(73.47, 0.11),
    "iso8258": RunLength(73.47, 0.11), "jmp": RunLength(73.47, 0.11), "minitab": RunLength(88.24, 0.13),
    "aiag": RunLength(54.16, 0.08), "gb4091-1983": RunLength(63.25, 0.09), "seven-rising": RunLength(2896.0, 14.5),
}  # fmt: skip
"""The sets with a trend in them, in control: `simulated` with 400,000 runs (40,000 for seven rising)."""

_KNOWN = {RULE_SETS[name]: found for name, found in PRESETS.items()}


def of_rules(among: Sequence[Rule], *, shift: float = 0.0, runs: int = RUNS, seed: int = 20) -> RunLength:
    """Average run length of normal, independent points whose mean is `shift` sigma off the centre; 0: in control.

    Rules that look at levels only (not trend, not alternate) are worked out by a Markov chain (Champ & Woodall,
    Technometrics 29 (1987) 393); others are simulated with a fixed seed, `runs` from a start without history. The
    sigma and the centre are taken as known. ValueError: no rules.
    """
    if not among:
        raise ValueError("Without a rule there is no alarm; choose at least one.")
    return _of(tuple(among), float(shift), runs, seed)


@lru_cache(maxsize=512)
def _of(among: tuple[Rule, ...], shift: float, runs: int, seed: int) -> RunLength:
    if shift == 0 and among in _KNOWN:
        return _KNOWN[among]
    chain = chains.of_rules(among)
    if chain is not None:
        return RunLength(chain.run_length(shift), 0.0)
    return simulated(among, shift=shift, runs=runs, seed=seed)


def simulated(among: Sequence[Rule], *, shift: float = 0.0, runs: int = RUNS, seed: int = 20) -> RunLength:
    """As `of_rules`, always by simulation. Runs that have not ended after 50 million points in all count as seen so
    far: the mean is then all points over all alarms."""
    rng, reach = np.random.default_rng(seed), rules.span(among) - 1
    history, lengths = np.full((runs, reach), np.nan), np.zeros(runs, np.int64)
    alive: NDArray[np.intp] = np.arange(runs)
    seen = 0
    while alive.size and seen < MOST_POINTS:
        points = np.hstack([history, rng.normal(shift, 1.0, (alive.size, WIDTH))])
        fired = rules.evaluate(points, 0.0, 1.0, among)[:, reach:] != 0
        ended = fired.any(axis=1)
        lengths[alive] += np.where(ended, fired.argmax(axis=1) + 1, WIDTH)
        seen += alive.size * WIDTH
        alive, history = alive[~ended], points[~ended, WIDTH:]
    alarms = runs - alive.size
    if alarms == runs:
        return RunLength(float(lengths.mean()), float(lengths.std(ddof=1) / np.sqrt(runs)))
    mean = float(lengths.sum() / max(1, alarms))
    return RunLength(mean, mean / np.sqrt(max(1, alarms)))
