"""The closed loop on the running demonstration plant, measured from outside: `python -m benchmarks.loop --quick`."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import browser, episodes, tablets, throughput
from benchmarks.plant import Plant, Unreachable, find
from ops.paths import ROOT

MOST_MS = {"detect_p95_ms": 1000, "seen_p95_ms": 1000, "p95_ms": 150}
LEAST_RATIO = 3.0
PARTS = ["detect", "scan", "throughput"]


def machine() -> dict[str, Any]:
    """What the figures were taken on; other work on it shows in the load."""
    return {
        "cores": os.cpu_count(), "load": [round(value, 2) for value in os.getloadavg()],
        "python": platform.python_version(), "system": platform.platform(terse=True),
    }


def detect(plant: Plant, run: str, quick: bool) -> dict[str, Any]:
    """Register → hold → eye."""
    with browser.wall(plant) as wall:
        return episodes.measure(plant, wall, count=5 if quick else 20)


def scan(plant: Plant, run: str, quick: bool) -> dict[str, Any]:
    """Scan → answer."""
    jobs = plant.floor("make", f"{run}S", "CB-200", "3", str(tablets.TABLETS))
    return tablets.measure(plant, jobs, seconds=15 if quick else 60)


def rate(plant: Plant, run: str, quick: bool) -> dict[str, Any]:
    """Scans a second, beside the plain way."""
    ours, plain = (plant.floor("make", f"{run}{side}", "CB-100", "600", str(throughput.CONNECTIONS)) for side in "AB")
    return throughput.measure(plant, ours, plain, rounds=3 if quick else 7, seconds=4)


MEASURES: dict[str, Callable[[Plant, str, bool], dict[str, Any]]] = {"detect": detect, "scan": scan, "throughput": rate}


def verdicts(found: dict[str, dict[str, Any]]) -> dict[str, bool]:
    """Promise → kept."""
    latencies = found.get("detect", {}) | found.get("scan", {})
    kept = {
        f"{name} ≤ {most}": latencies[name] is not None and latencies[name] <= most
        for name, most in MOST_MS.items() if name in latencies
    }
    if "scan" in found:
        kept["nothing lost, nothing twice"] = not any(
            found["scan"][name] for name in ("lost", "applied_twice", "unequal_repeats")
        )
    if "throughput" in found:
        kept[f"ratio ≥ {LEAST_RATIO:g}"] = found["throughput"]["ratio"] >= LEAST_RATIO
    return kept


def main() -> int:
    """Measure and print one JSON object; 1 when a promise was not kept, 2 when the plant could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loop", description=__doc__)
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json", help="demo.json of the running plant")
    parser.add_argument("--quick", action="store_true", help="fewer episodes and shorter rounds")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure only this (may be repeated)")
    options = parser.parse_args()
    run = f"BENCH{int(time.time())}"
    answer: dict[str, Any] = {"machine": machine()}
    try:
        plant = find(options.demo)
        found = {name: MEASURES[name](plant, run, options.quick) for name in options.only or PARTS}
    except (Unreachable, FileNotFoundError) as error:
        print(f"benchmarks.loop: {error}", file=sys.stderr)
        return 2
    answer |= found | {"load_after": os.getloadavg(), "kept": verdicts(found)}
    print(json.dumps(answer, indent=1, ensure_ascii=False))
    return 0 if all(answer["kept"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
