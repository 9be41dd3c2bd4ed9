"""What judging run rules costs, beside a plain rolling-window judge in the same run; both must flag the same points."""

import json
import platform
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from spc.engine import rules, tick
from spc.engine.rules import DEFAULT, NELSON, Rule

ROUNDS = 31
CHARTS = 1000


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of processor time of the quickest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def rolling(x: NDArray[np.float64], among: tuple[Rule, ...]) -> NDArray[np.uint32]:
    """Nelson's rules as one would first write them with numpy: a window at each point, centre 0, sigma 1."""
    flags = np.zeros(x.size, np.uint32)
    for bit, rule in enumerate(among):
        fired = _rolling_rule(rule, x)
        flags[x.size - fired.size :] |= fired.astype(np.uint32) << np.uint32(bit)
    return flags


def _rolling_rule(rule: Rule, x: NDArray[np.float64]) -> NDArray[np.bool_]:
    zone = rule.zone or 0.0
    if rule.kind in ("trend", "alternate"):
        steps = np.sign(np.diff(x))
        if rule.kind == "alternate":
            return (sliding_window_view(steps[1:] * steps[:-1], rule.k - 2) == -1).all(axis=1)
        windows = sliding_window_view(steps, rule.k - 1)
        return (windows > 0).all(axis=1) | (windows < 0).all(axis=1)
    if rule.kind == "zone":
        padded = np.r_[np.zeros((rule.m or 1) - 1), x]
        windows = sliding_window_view(padded, rule.m or 1)
        above, below = windows > zone, windows < -zone
        up = above[:, -1] & (above.sum(axis=1) >= rule.k)
        return up | (below[:, -1] & (below.sum(axis=1) >= rule.k))
    windows = sliding_window_view(x, rule.k)
    if rule.kind == "inside":
        return (np.abs(windows) <= zone).all(axis=1)
    above, below = (windows > zone).all(axis=1), (windows < -zone).all(axis=1)
    if rule.kind == "outside":
        return (np.abs(windows) > zone).all(axis=1) & ~above & ~below
    return above | below


def batch(n: int) -> dict[str, float]:
    """One long series and the same points as many streams."""
    x = np.random.default_rng(1).normal(size=n)
    table = x.reshape(CHARTS, -1)
    if not (rules.evaluate(x, 0.0, 1.0, NELSON) == rolling(x, NELSON)).all():
        sys.exit("The two judges flag different points; no figure is worth anything until they agree.")
    each = {
        "one_series_ns_per_point": lambda: rules.evaluate(x, 0.0, 1.0, NELSON),
        "thousand_streams_ns_per_point": lambda: rules.evaluate(table, np.zeros(CHARTS), np.ones(CHARTS), NELSON),
    }
    found = {name: round(best(work) / n * 1e9, 2) for name, work in each.items()}
    found["rolling_baseline_ns_per_point"] = round(best(lambda: rolling(x, NELSON), 5) / n * 1e9, 2)
    found["million_points_per_second"] = round(1e3 / found["one_series_ns_per_point"], 1)
    found["times_faster"] = round(found["rolling_baseline_ns_per_point"] / found["one_series_ns_per_point"], 1)
    return found


def beat() -> dict[str, float]:
    """One new reading on each of a thousand charts, as the poller asks it."""
    window = np.random.default_rng(2).normal(size=(tick.reach(NELSON), CHARTS)).T
    center, sigma = np.zeros(CHARTS), np.ones(CHARTS)
    sets = {"nelson": NELSON, "default": DEFAULT}
    return {
        f"tick_{CHARTS}_charts_{name}_us": round(
            best(lambda among=among: tick.evaluate(window, center, sigma, among), 200) * 1e6, 1
        )
        for name, among in sets.items()
    }


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    machine = {"python": platform.python_version(), "numpy": np.__version__, "machine": platform.machine()}
    print(json.dumps({"benchmark": "rules", "points": n, **batch(n), **beat(), **machine}, indent=2))


if __name__ == "__main__":
    main()
