"""Judging run rules beside the best Python peer (pccpy) and R's qcc: the same series, the same flags, ratios of time.

`python -m benchmarks.spc [points]`; pccpy comes with requirements/bench.txt, Rscript and qcc are used where they are.
"""

import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.rules import best
from spc.engine import acceleration, rules, tick
from spc.engine.rule import Rule
from spc.engine.rules import NELSON

CHARTS = 1000
FEW = 20_000  # points that slower judges are given
WINDOW = 25
LIKE_PCCPY = tuple(
    replace(rule, **{"zone": {"window": "full"}, "inside": {"inside": "strict"}, "outside": {"outside": "either"}}[
        rule.kind]) if rule.kind in ("zone", "inside", "outside") else rule
    for rule in NELSON
)  # fmt: skip
LIKE_QCC = (NELSON[0], Rule(kind="side", k=7))
R_SCRIPT = """
suppressMessages(library(qcc))
x <- scan(commandArgs(TRUE)[1], quiet = TRUE)
took <- min(replicate(3, system.time(
  found <- qcc(x, type = "xbar.one", center = 0, std.dev = 1, plot = FALSE)$violations)[["user.self"]]))
cat(took, "\\n", found$beyond.limits, "\\n", found$violating.runs, "\\n")
"""


def ours(n: int) -> dict[str, Any]:
    """Nanoseconds per point of one long series and of a thousand, microseconds per beat of a thousand charts."""
    x = np.random.default_rng(1).normal(size=n)
    table, limits = x[: n // CHARTS * CHARTS].reshape(CHARTS, -1), (np.zeros(CHARTS), np.ones(CHARTS))
    newest = np.random.default_rng(2).normal(size=(tick.reach(NELSON), CHARTS)).T
    seconds = best(lambda: rules.evaluate(x, 0.0, 1.0, NELSON))
    return {
        "ns_per_point": round(seconds / n * 1e9, 2), "million_points_per_second": round(n / seconds / 1e6, 1),
        "thousand_series_ns_per_point": round(
            best(lambda: rules.evaluate(table, *limits, NELSON)) / table.size * 1e9, 2
        ),
        f"tick_{CHARTS}_charts_us": round(best(lambda: tick.evaluate(newest, *limits, NELSON), 200) * 1e6, 1),
    }  # fmt: skip


def beside_pccpy(seconds_per_point: float) -> dict[str, Any]:
    """The same eight tests by pccpy, on a series it can finish."""
    try:
        peer = importlib.import_module("pccpy.rules")
    except ImportError:
        return {"pccpy": "not installed"}
    x = np.random.default_rng(3).normal(size=FEW)
    zeros, ones = np.zeros(FEW), np.ones(FEW)
    flags = rules.evaluate(x, 0.0, 1.0, LIKE_PCCPY)
    theirs = peer.apply_tests(x, zeros, ones, range(1, 9))
    for bit in range(8):
        same("pccpy", f"test {bit + 1}", np.flatnonzero(flags >> np.uint32(bit) & 1), theirs[bit + 1])
    each = best(lambda: peer.apply_tests(x, zeros, ones, range(1, 9)), 5) / FEW
    one = best(lambda: peer.apply_tests(x[:WINDOW], zeros[:WINDOW], ones[:WINDOW], range(1, 9)), 50)
    return {
        "pccpy_ns_per_point": round(each * 1e9), "pccpy_window_of_25_us": round(one * 1e6),
        "times_faster_than_pccpy": round(each / seconds_per_point), 
        "same_flags_as_pccpy": int(flags.astype(bool).sum()),
    }


def beside_qcc() -> dict[str, Any]:
    """Limits and runs of seven by R's qcc, where Rscript is installed."""
    if shutil.which("Rscript") is None:
        return {"qcc": "Rscript is not installed"}
    x = np.random.default_rng(4).normal(size=FEW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.txt"
        path.write_text("\n".join(map(repr, x.tolist())))
        ran = subprocess.run(["Rscript", "-e", R_SCRIPT, str(path)], capture_output=True, text=True, check=False)
    if ran.returncode:
        return {"qcc": ran.stderr.strip()[-200:]}
    took, beyond, runs = ran.stdout.splitlines()[:3]
    flags = rules.evaluate(x, 0.0, 1.0, LIKE_QCC)
    for bit, theirs in enumerate((beyond, runs)):
        mine = np.flatnonzero(flags >> np.uint32(bit) & 1)
        same("qcc", LIKE_QCC[bit].id, mine, np.array(theirs.split(), np.int64) - 1)
    mine_took = best(lambda: rules.evaluate(x, 0.0, 1.0, LIKE_QCC))
    return {"qcc_ns_per_point": round(float(took) / FEW * 1e9), "times_faster_than_qcc": round(float(took) / mine_took)}


def same(peer: str, test: str, mine: NDArray[np.int64], theirs: NDArray[np.int64]) -> None:
    """End where a peer flags other points: no figure is worth anything until they agree."""
    if mine.tolist() != sorted(np.asarray(theirs).tolist()):
        sys.exit(f"{peer} and this engine flag different points by {test}: {sorted(set(mine) ^ set(theirs))[:10]}")


def measured(judge: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The figures of one way to judge, or why there are none."""
    return judge() if acceleration.start() else {"numba": "not installed"}


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    plain = ours(n)
    compiled = measured(lambda: ours(n))
    quickest = min(way.get("ns_per_point", np.inf) for way in (plain, compiled)) / 1e9
    print(json.dumps({
        "benchmark": "spc", "rules": [rule.id for rule in NELSON], "points": n, "numpy": plain, "numba": compiled,
        **beside_pccpy(quickest), **beside_qcc(), "load": os.getloadavg()[0], "python": platform.python_version(),
        "machine": platform.machine(),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
