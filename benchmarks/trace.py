"""Tracing genealogies of a million edges and of ten million, beside what a program would do without us.

    python -m benchmarks.trace [--edges 1000000 10000000] [--json] [--networkx-up-to 2000000]

Makes a database of its own for each size, in the server of DATABASE_URL or in one that it starts (var/trace), and drops
it afterwards: 0.4 GB for a million edges, 4 GB for ten. The same answers are asked of us, of a plain recursive query
over a table with the two indexes that Django makes by itself, of a loop that asks level by level, and of networkx in
memory (`pip install networkx`); every set is compared. Exits 1 when two answers differ or a bar is missed.
"""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack, closing
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from ops import servers
from ops.paths import ROOT, Var

SIZES = [1_000_000, 10_000_000]
MOST_GROWTH = 1.5  # of the time for the same answer, at ten times the edges
FLOOR_MS = 5.0  # below that a ratio says nothing


def environment(stack: ExitStack) -> dict[str, str]:
    """Settings that lead to a server: the one that is named, else one of our own."""
    found = dict(os.environ)
    if not found.get("DATABASE_URL"):
        _, urls = stack.enter_context(servers.running(Var(ROOT / "var" / "trace")))
        found |= {"DATABASE_URL": urls.owner, "REDIS_URL": urls.redis}
    return {"SECRET_KEY": "for-benchmarks-only", "DJANGO_SETTINGS_MODULE": "config.settings"} | found | {
        "ZHIZAO_VAR": str(ROOT / "var" / "trace"),
    }


def measured(edges: int, found: dict[str, str], networkx: bool) -> dict[str, Any]:
    """One size, in a database that is made for it."""
    name = f"zhizao_trace_{edges}"
    own = found | {"DATABASE_URL": urlsplit(found["DATABASE_URL"])._replace(path=f"/{name}").geturl()}
    statement(found, f"DROP DATABASE IF EXISTS {name}")
    statement(found, f"CREATE DATABASE {name}")
    try:
        run(own, "manage.py", "migrate", "-v", "0")
        command = ["-m", "benchmarks.tracing", "--edges", str(edges), *(["--networkx"] if networkx else [])]
        told: dict[str, Any] = json.loads(run(own, *command))
    finally:
        statement(found, f"DROP DATABASE {name}")
    return told


def statement(found: dict[str, str], text: str) -> None:
    """One statement on the server."""
    with closing(psycopg2.connect(found["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(text)


def run(own: dict[str, str], *command: str) -> str:
    """A program of ours; what it printed."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def growth(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    """How much longer the same amount of answer takes in the larger plant; time for each lot that is found."""
    pairs = {
        f"forward_{one['asked']}": [row["summary_ms"] / row["lots"] * one["lots"] for row in (one, other)]
        for one, other in zip(small["forward"], large["forward"], strict=True)
    }
    pairs["backward"] = [row["backward"]["p50_ms"] / row["backward"]["lots"] for row in (small, large)]
    return {
        name: round(after / before, 2) for name, (before, after) in pairs.items()
        if name == "backward" or after > FLOOR_MS
    }


def main() -> int:
    """Measure each size, compare them, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--networkx-up-to", type=int, default=2_000_000)
    asked = parser.parse_args()
    with ExitStack() as stack:
        found = environment(stack)
        sizes = [measured(edges, found, edges <= asked.networkx_up_to) for edges in sorted(asked.edges)]
    result: dict[str, Any] = {"sizes": sizes}
    missed = [f"{size['edges']}: {bar}" for size in sizes for bar in size["missed"]]
    if len(sizes) > 1:
        result["growth"] = growth(sizes[0], sizes[-1])
        missed += [f"growth of {name}: {by}" for name, by in result["growth"].items() if by > MOST_GROWTH]
    result["missed"] = missed
    print(json.dumps(result, indent=None if asked.json else 2))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
