"""From Modbus servers to committed rows and judged charts: `python -m benchmarks.ingest`.

It starts a demonstration plant of its own (PostgreSQL with synchronous_commit on, all processes supervised), lets it
poll a farm of controllers in a process of its own, and asks the database afterwards: every number that a controller
served is stored, or lies in a recorded gap. `--scans` lets tablets scan beside it, twenty or as many as told. `--kill`
ends the poller, the worker, Redis and PostgreSQL by kill -9 in turn, while values drift: every alarm has exactly one
open hold. First the plain way (a row by the ORM and its chart judged, one by one) is timed on the same plant.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import psycopg2

from benchmarks import losses, tablets
from benchmarks.farm import Farm, farm, machine
from benchmarks.plant import Plant, find
from benchmarks.processes import Spent
from ops.paths import ROOT
from tests.system import running_system

LEAST_RATE, MOST_VERDICT = 10_000, 1.0
MANY, FEW_SCANS, MANY_SCANS = 50, {"p95": 200.0}, {"p95": 300.0, "p99": 800.0}  # tablets; milliseconds an answer takes
VICTIMS = ("poller", "worker", "redis", "postgres")
BETWEEN_KILLS, DRIFT, DRIFT_BY = 30.0, 4.0, 8.0  # seconds, seconds, sigmas
PLAIN_DEVICES, PLAIN_SECONDS, STARTING = 4, 10, 120.0
SECONDS_PER_PIECE, WATCHED = 36.0, 20  # of a tablet for a piece at least; charts looked at
MARKS = """
SELECT extract(epoch FROM clock_timestamp() - evaluated_at)::float8 FROM spc_controlchart
WHERE id = ANY(%s) AND evaluated_at IS NOT NULL
"""
SIZE = """
SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits
WHERE inhparent = 'traceability_reading'::regclass
"""


@contextmanager
def connected(plant: Plant, served: Farm, tags: int, hertz: float) -> Iterator[dict[str, list[int]]]:
    """The farm's controllers are polled by the plant as long as the block runs."""
    words = [str(word) for word in (tags, round(1000 / hertz), *served.ports)]
    found = plant.run("benchmarks.machines", "connect", *words)
    try:
        deadline, enough = time.monotonic() + STARTING, served.ask("count")[0] + 10 * len(served.ports)
        while served.ask("count")[0] < enough:
            if time.monotonic() > deadline:
                raise SystemExit("the poller does not poll")
            time.sleep(0.2)
        yield found
    finally:
        plant.run("benchmarks.machines", "disconnect")


def watch(plant: Plant, charts: list[int], seconds: float) -> list[float]:
    """How old the newest judged reading of some charts was, looked at again and again: no verdict took longer."""
    found: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(psycopg2.Error):
            found += [age for (age,) in plant.ask(MARKS, charts)]
        time.sleep(0.2)
    return found


def warm(plant: Plant, charts: list[int]) -> None:
    """Wait until the charts are followed: the first look at a chart reads what stands before its mark."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end and max((age for (age,) in plant.ask(MARKS, charts)), default=STARTING) > MOST_VERDICT:
        time.sleep(0.5)


def kill(plant: Plant, served: Farm, seconds: float) -> list[str]:
    """Let a controller's values drift and end a process, one after the other; who was ended."""
    ended: list[str] = []
    pause, devices = min(BETWEEN_KILLS, seconds / (len(VICTIMS) + 1)), cycle(range(len(served.ports)))
    for number, victim in enumerate(cycle(VICTIMS), 1):
        if (number + 1) * pause > seconds:
            time.sleep(max(seconds - (number - 1) * pause, 0))
            return ended
        time.sleep(pause - DRIFT)
        device = next(devices)
        served.ask("drift", [device], DRIFT_BY)
        time.sleep(DRIFT / 2)
        with suppress(KeyError, ProcessLookupError):  # it is being started just now: it has ended by itself
            os.kill(plant.pids[victim], signal.SIGKILL)
            ended.append(victim)
        time.sleep(DRIFT / 2)
        served.ask("drift", [device], 0)
    return ended


def plain_rate(plant: Plant, tags: int) -> dict[str, Any]:
    """The plain way, on controllers of its own."""
    with farm(PLAIN_DEVICES, tags=tags) as served:
        return plant.run("benchmarks.machines", "plain", *map(str, (tags, PLAIN_SECONDS, *served.ports)))


@contextmanager
def beside(plant: Plant, served: Farm, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Tablets scan and processes are ended as asked for, while the block runs; what came of it is there after it."""
    acts: dict[str, Callable[[], Any]] = {}
    if options.scans:
        pieces = 1 + round(options.seconds / SECONDS_PER_PIECE)
        jobs = plant.floor("make", f"INGEST{int(time.time())}", "CB-200", str(pieces), str(options.scans))
        acts["scans"] = lambda: tablets.measure(plant, jobs, seconds=options.seconds)
    if options.kill:
        acts["killed"] = lambda: kill(plant, served, options.seconds)
    told: dict[str, Any] = {}
    with ThreadPoolExecutor(max(len(acts), 1)) as pool:
        under_way = {name: pool.submit(act) for name, act in acts.items()}
        yield told
        told |= {name: act.result() for name, act in under_way.items()}


def measure(plant: Plant, options: argparse.Namespace) -> dict[str, Any]:
    """One run on a plant."""
    plain = plain_rate(plant, options.tags)
    with farm(options.devices, tags=options.tags) as served:
        with connected(plant, served, options.tags, options.hertz) as made:
            some = made["charts"][:: max(len(made["charts"]) // WATCHED, 1)]
            warm(plant, some)
            with beside(plant, served, options) as others:
                found = watched(plant, served, some, options) | {"charts": len(made["charts"])}
        found |= losses.settled(plant, served, made)
    ratio = found["readings_per_second"] / max(plain["readings_per_second"], 1)
    return {
        "devices": options.devices, "hz": options.hertz, **found, "plain": plain, "ratio": round(ratio, 1), **others,
        "synchronous_commit": plant.ask("SHOW synchronous_commit")[0][0],
    }


def watched(plant: Plant, served: Farm, charts: list[int], options: argparse.Namespace) -> dict[str, Any]:
    """Rate, cost and age of the verdict while the controllers are polled."""
    size, spent, before, began = plant.ask(SIZE)[0][0], Spent(plant), served.ask("count")[0], time.monotonic()
    ages = watch(plant, charts, options.seconds)
    took, polls, cores = time.monotonic() - began, served.ask("count")[0] - before, spent.cores()
    rows = max(polls * (options.tags + 1), 1)
    return {
        "seconds": round(took, 1), "readings_per_second": round(rows / took), "cores": cores,
        "cpu_s_per_10000_readings": round(sum(cores.values()) * took / rows * 1e4, 2),
        "bytes_per_reading": round((plant.ask(SIZE)[0][0] - size) / rows, 1),
        "age_of_verdict_s": {p: round(float(np.quantile(ages, float(p))), 3) for p in ("0.5", "0.95", "0.99")},
    }


def verdicts(found: dict[str, Any], options: argparse.Namespace) -> dict[str, bool]:
    """Promise → kept; a plant whose parts are being killed need not be quick."""
    kept = {
        "served = stored + gaps": found["unexplained"] == found["doubled"] == 0,
        "each violation, one open hold": found["without_exactly_one_hold"] == found["drifts_without_violation"] == 0,
        "synchronous_commit": found["synchronous_commit"] == "on",
    }
    if not options.kill:
        kept["nothing in gaps"] = found["in_gaps"] == 0
        kept[f"verdict p95 ≤ {MOST_VERDICT} s"] = found["age_of_verdict_s"]["0.95"] <= MOST_VERDICT
        asked = options.devices * options.hertz * (options.tags + 1)
        kept[f"≥ {LEAST_RATE} readings/s"] = found["readings_per_second"] >= 0.999 * min(LEAST_RATE, asked)
    if options.scans:
        scans = found["scans"]
        kept["scans: nothing lost, nothing twice"] = scans["lost"] == scans["applied_twice"] == 0
        if not options.kill:
            for share, most in (FEW_SCANS if options.scans < MANY else MANY_SCANS).items():
                kept[f"scan {share} ≤ {most:g} ms"] = scans[f"{share}_ms"] <= most
    return kept


def main() -> int:
    """Print one JSON object; 1 when a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--devices", type=int, default=100)
    parser.add_argument("--tags", type=int, default=9)
    parser.add_argument("--hertz", type=float, default=10.2)
    parser.add_argument(
        "--scans", type=int, nargs="?", const=tablets.TABLETS, default=0, metavar="N",
        help=f"so many tablets scan beside it ({tablets.TABLETS} unless told)",
    )
    parser.add_argument("--kill", action="store_true", help="kill -9 of poller, worker, Redis and PostgreSQL in turn")
    parser.add_argument("--demo", type=Path, help="demo.json of a plant that runs already")
    parser.add_argument("--json", action="store_true", help="nothing but the object (it is printed in any case)")
    options = parser.parse_args()
    if options.demo:
        found = measure(find(options.demo), options)
    else:
        with running_system(ROOT / "var" / "bench" / "ingest") as system:
            found = measure(Plant(system.var), options)
    kept = verdicts(found, options)
    print(json.dumps({"machine": machine(), **found, "kept": kept}, indent=None if options.json else 1,
                     ensure_ascii=False))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
