"""How fast the wall of charts answers when a plant has a thousand of them."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.loop import machine
from benchmarks.pages import MOST_MS, Asker
from benchmarks.plant import Unreachable, find
from benchmarks.throughput import percentile
from ops.paths import ROOT

ASKED, WARM = 60, 3
PAGES = {
    "wall": "/spc/", "tiles": "/spc/panels/tiles/", "last page": "/spc/panels/tiles/?page=21",
    "in control": "/spc/panels/tiles/?state=IN_CONTROL", "list": "/spc/charts/",
}


def main() -> int:
    """Measure and print one JSON object; 1 when a page was too slow, 2 when the plant could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cockpit", description=__doc__)
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json", help="demo.json of the running plant")
    parser.add_argument("--charts", type=int, default=1000, help="how many charts there shall be")
    options = parser.parse_args()
    try:
        plant = find(options.demo)
        grown = plant.floor("charts", str(options.charts))
        asker = Asker(plant, "engineer")
        asker.sign_in()
        times = {name: [asker.ask(path)[0] for _ in range(WARM + ASKED)][WARM:] for name, path in PAGES.items()}
    except (Unreachable, FileNotFoundError) as error:
        print(f"benchmarks.cockpit: {error}", file=sys.stderr)
        return 2
    told = {name: {"p50_ms": percentile(one, 0.5), "p95_ms": percentile(one, 0.95)} for name, one in times.items()}
    kept = all((one["p95_ms"] or 0) <= MOST_MS for one in told.values())
    print(json.dumps({"machine": machine(), **grown, **told, f"every p95 ≤ {MOST_MS} ms": kept}, indent=2))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
