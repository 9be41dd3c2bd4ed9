"""Tablets that scan while a hold spreads over five thousand lots: `python -m benchmarks.beside [--demo var/demo.json]`.

Run it on a demonstration plant: it leaves lots, holds and work orders behind. Twenty tablets scan every two seconds
for a minute; after a third of it a lot is held from which five thousand others were made. The scans before it are the
baseline of those beside it. Prints JSON; exits 1 when a scan was lost or doubled, or a scan beside it broke its bar.
"""

import argparse
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import tablets
from benchmarks.loop import machine
from benchmarks.plant import Plant, find
from benchmarks.throughput import percentile

SECONDS, BEGINS = 60.0, 20.0
P95_MS, P99_MS, MOST_SECONDS = 300.0, 800.0, 10.0


def closure(plant: Plant, number: str, told: dict[str, Any]) -> None:
    """Hold the lot after a while, and note how long it took."""
    time.sleep(BEGINS)
    began = time.monotonic()
    status, answer = plant.wire().post("/api/v1/holds/", {"lot": number, "reason": "Wrong alloy", "reference": number})
    told |= {"status": status, "answer": answer, "began": began, "seconds": round(time.monotonic() - began, 2)}


def main() -> int:
    """Build, scan, hold, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", type=Path, default=Path("var/demo.json"))
    plant, run = find(parser.parse_args().demo), f"BESIDE{int(time.time())}"
    built = plant.run("benchmarks.holding", "--leave", run)
    jobs = plant.floor("make", run, "CB-200", "6", str(tablets.TABLETS))
    held: dict[str, Any] = {}
    acting = threading.Thread(target=closure, args=[plant, run, held])
    acting.start()
    scans, moments = tablets.scanned(plant, jobs, seconds=SECONDS)
    acting.join()
    over = held["began"] + held["seconds"]
    before = [took for at, took in moments if at < held["began"]]
    beside = [took for at, took in moments if held["began"] <= at <= over]
    [[count]] = plant.ask("SELECT count(*) FROM traceability_hold WHERE cause_id LIKE %s", f"% {run}")
    told = {
        "lots": built["lots"], "held": count, "status": held["status"], "closure_s": held["seconds"],
        "scans_before": len(before), "before_p95_ms": percentile(before, 0.95),
        "scans_beside": len(beside), "beside_p95_ms": percentile(beside, 0.95),
        "beside_p99_ms": percentile(beside, 0.99),
        "ratio_p95": round(percentile(beside, 0.95) / percentile(before, 0.95), 1), **scans, "machine": machine(),
    }
    print(json.dumps(told, indent=2, default=str))
    bad = scans["lost"] or scans["applied_twice"] or scans["refused"] or count != built["lots"]
    slow = told["beside_p95_ms"] > P95_MS or told["beside_p99_ms"] > P99_MS or held["seconds"] > MOST_SECONDS
    return 1 if bad or slow else 0


if __name__ == "__main__":
    sys.exit(main())
