"""Charts of one panel whose lines vary from point to point: EWMA, CUSUM, and counts in samples of any size. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spc.engine import attributes, cusum, ewma
from spc.engine.limits import Basis, Plotted
from spc.points import Floats, Points

Integers = NDArray[np.int64]
EWMA_BEYOND, CUSUM_UPPER, CUSUM_LOWER = "ewma-beyond", "cusum-upper", "cusum-lower"
OWN_RULES = {"EWMA": (EWMA_BEYOND,), "CUSUM": (CUSUM_UPPER, CUSUM_LOWER)}
DEFAULTS: dict[str, dict[str, Any]] = {
    "EWMA": {"lambda": 0.2, "L": 3.0}, "CUSUM": {"k": 0.5, "h": 5.0, "fir": False},
}
UNZONED = ("beyond", "side", "trend", "alternate")  # kinds of rules that ask for no zones
COUNTS = {
    "P": attributes.p, "NP": attributes.np_, "U": attributes.u, "LANEY_P": attributes.p, "LANEY_U": attributes.u,
}


TOLD = ("center", "lower", "upper", "raw", "high", "low", "sizes")  # the lines that a page draws


class State(NamedTuple):
    """What a chart remembers behind a point: how many points there were, the average or both arms and their age."""

    points: int
    upper: float
    lower: float
    since_upper: int = 0
    since_lower: int = 0


class Frozen(NamedTuple):
    """What limits say of a chart that remembers or counts."""

    center: float
    sigma: float
    settings: Mapping[str, Any]


class Signal(NamedTuple):
    """A verdict that a chart gives by itself: its rule, where it fires (n,), and how many points it looks back (n,)."""

    rule: str
    fired: NDArray[np.bool_]
    reach: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What each point is drawn with and judged by, all (n,), NaN where no limits were in force or no reading was.

    sigma  of the plotted statistic, in which zones are counted;  raw  the readings behind the points
    high, low  the arms of a CUSUM, the lower one drawn downwards;  sizes  of counted samples
    """

    center: Floats
    sigma: Floats
    lower: Floats
    upper: Floats
    raw: Floats
    high: Floats
    low: Floats
    sizes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """Points with their lines, what the chart says by itself, and the state behind each point (None where unknown)."""

    points: Points
    lines: Lines
    signals: tuple[Signal, ...] = ()
    states: Sequence[State | None] = ()


def begin(kind: str, frozen: Frozen) -> State:
    """The state before the first point under some limits."""
    if kind == "EWMA":
        return State(0, frozen.center, 0.0)
    start = frozen.settings["h"] / 2 if frozen.settings["fir"] else 0.0
    return State(0, start, start)


def blank(n: int, raw: Floats) -> dict[str, Floats]:
    """Lines of points for which no limits are in force."""
    return {name: raw if name == "raw" else np.full(n, np.nan) for name in Lines.__slots__}


def remembered(
    kind: str, points: Points, stages: Sequence[tuple[int, int, Frozen, State | None]]
) -> Traced:
    """An EWMA or CUSUM of readings; each stage is (first, behind last, limits, state to go on from).

    Points outside every stage have no statistic: no limits were in force, or what came before is not known.
    """
    total = len(points.values)
    columns, values = blank(total, points.values), np.full(total, np.nan)
    states: list[State | None] = [None] * total
    fired = {rule: np.zeros(total, bool) for rule in OWN_RULES[kind]}
    reach = {rule: np.ones(total, np.int64) for rule in OWN_RULES[kind]}
    make = _ewma if kind == "EWMA" else _cusum
    for first, last, frozen, state in stages:
        here = slice(first, last)
        made = make(points.values[here], frozen, state or begin(kind, frozen))
        values[here], states[here] = made.values, made.states
        for name, column in made.lines.items():
            columns[name][here] = column
        for signal in made.signals:
            fired[signal.rule][here], reach[signal.rule][here] = signal.fired, signal.reach
    signals = tuple(Signal(rule, fired[rule], reach[rule]) for rule in fired)
    return Traced(points._replace(values=values, ranges=np.full(total, np.nan)), Lines(**columns), signals, states)


class _Stage(NamedTuple):
    values: Floats
    lines: dict[str, Floats]
    signals: tuple[Signal, ...]
    states: list[State | None]


def _ewma(x: Floats, frozen: Frozen, state: State) -> _Stage:
    weight, width = frozen.settings["lambda"], frozen.settings["L"]
    known = ~np.isnan(x)
    z = ewma.smoothed(x, weight, state.upper)
    counts = state.points + np.cumsum(known)
    spread = np.where(known, ewma.spread(counts, weight=weight, sigma=frozen.sigma), np.nan)
    center = np.where(known, frozen.center, np.nan)
    last = np.concatenate([[state.upper], z[known]])[np.cumsum(known)]
    lines = {
        "center": center, "sigma": spread, "lower": center - width * spread, "upper": center + width * spread,
    }
    fired = np.abs(z - frozen.center) > width * spread
    states: list[State | None] = [State(n, value, 0.0) for n, value in zip(counts.tolist(), last.tolist(), strict=True)]
    return _Stage(z, lines, (Signal(EWMA_BEYOND, fired, np.ones(len(x), np.int64)),), states)


def _cusum(x: Floats, frozen: Frozen, state: State) -> _Stage:
    k, h = frozen.settings["k"], frozen.settings["h"]
    arms = cusum.tabular((x - frozen.center) / frozen.sigma, k, after=cusum.Arms(*state[1:]))
    known = ~np.isnan(x)
    counts = state.points + np.cumsum(known)
    farther = np.where(arms.upper >= arms.lower, arms.upper, -arms.lower)
    level = np.where(known, 0.0, np.nan)
    lines = {
        "center": level, "sigma": level + 1.0, "lower": level - h, "upper": level + h, "high": arms.upper,
        "low": -arms.lower,
    }
    signals = (
        Signal(CUSUM_UPPER, arms.upper > h, arms.since_upper), Signal(CUSUM_LOWER, arms.lower > h, arms.since_lower),
    )
    at = np.cumsum(known)
    upper, lower = (np.concatenate([[first], arm[known]])[at] for first, arm in (
        (state.upper, arms.upper), (state.lower, arms.lower),
    ))
    columns = (counts, upper, lower, arms.since_upper, arms.since_lower)
    return _Stage(farther, lines, signals, [State(*row) for row in zip(*(c.tolist() for c in columns), strict=True)])


def counted(kind: str, points: Points, sizes: Floats, stages: Sequence[tuple[int, int, Frozen]]) -> Traced:
    """A chart of counts (the values of the points) in samples; each stage is (first, behind last, limits)."""
    columns = blank(len(points.values), points.values) | {"sizes": sizes}
    values = statistic(kind, points.values, sizes)
    for first, last, frozen in stages:
        here = slice(first, last)
        if np.isnan(values[here]).all():
            continue
        plotted = drawn(kind, points.values[here], sizes[here], frozen)
        lines, known = plotted.limits, ~np.isnan(plotted.statistics)
        for name, line in (
            ("center", lines.center), ("sigma", lines.spread), ("lower", lines.lcl), ("upper", lines.ucl),
        ):
            columns[name][here] = np.where(known, line, np.nan)
    return Traced(points._replace(values=values, ranges=np.full(len(values), np.nan)), Lines(**columns))


def statistic(kind: str, counts: Floats, sizes: Floats) -> Floats:
    """What is plotted: the count itself, or its share of the sample."""
    return np.where(np.isnan(sizes), np.nan, counts) if kind in ("NP", "C") else counts / sizes


def drawn(kind: str, counts: Floats, sizes: Floats, frozen: Frozen) -> Plotted:
    """The points and lines of counts under limits that are known."""
    rate = frozen.settings["rate"]
    if kind == "C":
        return attributes.c(statistic(kind, counts, sizes), basis=Basis(center=rate))
    known = sizes[~np.isnan(sizes) & ~np.isnan(counts)]
    given = rate * float(known.mean()) if kind == "NP" and len(known) else rate
    sized = np.where(np.isnan(counts), np.nan, sizes) if kind == "NP" else sizes
    plotted = COUNTS[kind](counts, sized, basis=Basis(center=given))
    if not kind.startswith("LANEY"):
        return plotted
    return attributes.widened(plotted, frozen.settings["sigma_z"], 1.0 if kind == "LANEY_P" else np.inf)
