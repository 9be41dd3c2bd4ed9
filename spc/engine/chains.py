"""Run rules as a Markov chain: what a chart must remember of its points, and how long until a rule fires."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, inf, sqrt

import numpy as np
from numpy.typing import NDArray

from spc.engine.rule import Rule

MOST_STATES = 1500  # a dense solution of so many takes half a second
Memory = tuple[int, ...]
State = tuple[Memory, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Regions of the axis between `cuts`, and where each leads from each state; -1 is the alarm."""

    cuts: tuple[float, ...]
    leads: NDArray[np.intp]

    def run_length(self, shift: float) -> float:
        """Mean points until the alarm, from a start without history, for N(shift, 1)."""
        below = np.array([0.0, *(_normal(cut - shift) for cut in self.cuts), 1.0])
        n = len(self.leads)
        matrix = np.eye(n)
        for region, probability in enumerate(np.diff(below)):
            to = self.leads[:, region]
            stays = to >= 0
            np.subtract.at(matrix, (np.flatnonzero(stays), to[stays]), probability)
        return float(np.linalg.solve(matrix, np.ones(n))[0])


def of_rules(among: Sequence[Rule]) -> Chain | None:
    """The chain of rules about levels; None where values themselves matter, or the chain grows too large."""
    if any(rule.kind in ("trend", "alternate") for rule in among):
        return None
    zones = {rule.zone or 0.0 for rule in among} | {rule.zone_high or 0.0 for rule in among} | {0.0}
    cuts = tuple(sorted({sign * zone for zone in zones for sign in (-1.0, 1.0)} - {-0.0} | {0.0}))
    ends = (-inf, *cuts, inf)
    middles = [_between(a, b) for a, b in pairwise(ends)]
    start: State = tuple(_blank(rule) for rule in among)
    numbers, leads = {start: 0}, []
    states = [start]
    for state in states:  # grows while it is walked through
        if len(states) > MOST_STATES:
            return None
        row = []
        for z in middles:
            steps = [_step(rule, memory, z) for rule, memory in zip(among, state, strict=True)]
            after = tuple(memory for memory, _fired in steps)
            if any(fired for _memory, fired in steps):
                row.append(-1)
                continue
            if after not in numbers:
                numbers[after] = len(states)
                states.append(after)
            row.append(numbers[after])
        leads.append(row)
    return Chain(cuts, np.array(leads, np.intp))


def _blank(rule: Rule) -> Memory:
    """No history: no run; no hits above and below, and no points seen."""
    return (0, 0, 0) if rule.kind == "zone" else (0, 0)


def _step(rule: Rule, memory: Memory, z: float) -> tuple[Memory, bool]:
    """What is remembered behind a point at z, and whether the rule fires at it."""
    zone = rule.zone or 0.0
    if rule.kind == "beyond":
        return memory, abs(z) > zone
    if rule.kind == "zone":
        return _window(rule, memory, z)
    if rule.kind == "inside":
        run = min(memory[0] + 1, rule.k) if abs(z) < zone else 0
        return (run, 0), run >= rule.k
    sign = int(z > zone) - int(z < -zone)
    one_side = _signed(memory[0], sign, rule.k)
    if rule.kind == "side":
        return (one_side, 0), abs(one_side) >= rule.k
    out = min(memory[1] + 1, rule.k) if sign else 0
    whole = out >= rule.k and (rule.outside == "either" or abs(one_side) < rule.k)
    return (one_side, out), whole


def _signed(run: int, sign: int, most: int) -> int:
    """The length of a run on one side, below zero for the lower one."""
    if sign == 0:
        return 0
    return max(-most, min(most, run + sign if run * sign > 0 else sign))


def _window(rule: Rule, memory: Memory, z: float) -> tuple[Memory, bool]:
    """k of m: the hits among the last m - 1 points as bits, newest lowest, and how many points there were."""
    above, below, seen = memory
    m, high = rule.m or rule.k, inf if rule.zone_high is None else rule.zone_high
    up, down = (rule.zone or 0.0) < z < high, (rule.zone or 0.0) < -z < high
    if rule.outside == "either":
        up, down = up or down, False
    hits = [(bits << 1 | hit) & ((1 << m) - 1) for bits, hit in ((above, up), (below, down))]
    here = min(seen + 1, m) if rule.window == "full" else m
    fired = here >= m and any(hit and bits.bit_count() >= rule.k for bits, hit in zip(hits, (up, down), strict=True))
    kept = (1 << (m - 1)) - 1
    return (hits[0] & kept, hits[1] & kept, here if rule.window == "full" else 0), fired


def _between(low: float, high: float) -> float:
    if low == -inf:
        return high - 1
    return low + 1 if high == inf else (low + high) / 2


def _normal(z: float) -> float:
    return erfc(-z / sqrt(2)) / 2
