"""What benchmarks.trace runs inside a database of its own: builds the plant, measures, prints JSON."""

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import django
import numpy as np

django.setup()

from django.db import connection  # noqa: E402 - settings come first

from benchmarks import genealogies  # noqa: E402
from benchmarks.loop import machine  # noqa: E402
from traceability.models import MaterialLot  # noqa: E402
from traceability.queries import genealogy, impact  # noqa: E402
from traceability.snapshot import building, counting  # noqa: E402

ASKED = (100, 1_000, 5_000, 20_000, 50_000)
REPEATS, SERIALS, SAMPLED = 7, 200, 400
BACKWARD_MS = {1_000_000: 50.0, 10_000_000: 100.0}
SUMMARY_MS, FIRST_SCREEN_MS = 1_000.0, 300.0
LARGE, LEAST_RATIO, LEAST_RATIO_OF_COUNTS = 20_000, 8.0, 20.0
PLAIN = (
    "CREATE TABLE plain_link AS SELECT id, parent_id, child_id, quantity, at FROM traceability_link",
    "ALTER TABLE plain_link ADD PRIMARY KEY (id)", "CREATE INDEX ON plain_link (parent_id)",
    "CREATE INDEX ON plain_link (child_id)", "ANALYZE plain_link",
)
WALK = """
WITH RECURSIVE down(id) AS (
  SELECT %s::bigint UNION SELECT l.child_id FROM plain_link l JOIN down d ON l.parent_id = d.id
) """
COUNTS = WALK + """
SELECT p.code, count(*) FROM down d JOIN traceability_lotbalance b ON b.lot_id = d.id AND b.bucket = 'SHIPPED'
JOIN traceability_shipment s ON s.number = b.place JOIN plant_partner p ON p.id = s.customer_id GROUP BY 1 ORDER BY 1
"""
LEVEL = "SELECT DISTINCT child_id FROM plain_link WHERE parent_id = ANY(%s)"


def rows(statement: str, *words: Any) -> list[tuple[Any, ...]]:
    """What one statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words or None)
        return cursor.fetchall() if cursor.description else []


def plain(root: int) -> set[int]:
    """The recursive query that everybody writes first."""
    return {row[0] for row in rows(WALK + "SELECT id FROM down", root)}


def by_levels(root: int) -> set[int]:
    """A loop in Python that asks once for each level."""
    seen, ring = {root}, [root]
    while ring:
        ring = [row[0] for row in rows(LEVEL, ring) if row[0] not in seen]
        seen.update(ring)
    return seen


def ours(root: int) -> Any:
    """The snapshot and what happened since."""
    with connection.cursor() as cursor:
        found = counting.reach(cursor, [root])
    if found is None:
        raise RuntimeError("there is no snapshot")
    return found


def timed(act: Callable[[], Any], repeats: int = REPEATS) -> tuple[Any, float]:
    """The answer and the median time in milliseconds, after one run that warms the caches."""
    answer, times = act(), []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return answer, round(statistics.median(times), 2)


def roots(made: genealogies.Genealogy) -> dict[int, int]:
    """For each size the sampled raw lot whose reach comes nearest."""
    raw = made.layers[0]
    sampled = raw[:: max(1, len(raw) // SAMPLED)].tolist()
    reach = {lot: len(ours(lot)) for lot in sampled}
    return {size: min(reach, key=lambda lot: abs(reach[lot] - size)) for size in ASKED}


def forward(asked: int, root: int, graph: Any) -> dict[str, Any]:
    """One raw lot forward, every way; all ways find the same lots and the same customers."""
    lot = MaterialLot.objects.get(pk=root)
    repeats = 3 if asked >= LARGE else REPEATS
    truth, plain_ms = timed(lambda: plain(root), repeats)
    loop, loop_ms = timed(lambda: by_levels(root), 1)
    _, ids_ms = timed(lambda: ours(root))
    told, summary_ms = timed(lambda: impact.downstream_counts([root]))
    with connection.cursor() as cursor:
        walked, walked_ms = timed(lambda: impact.walked(cursor, [root]), 1)
    counts, counts_ms = timed(lambda: rows(COUNTS, root), repeats)
    _, customers_ms = timed(lambda: impact.customers([root]))
    first, first_ms = timed(lambda: genealogy.trace(lot, "downstream", most=400))
    customers: dict[str, int] = {}
    for row in told.shipped:
        customers[row.customer] = customers.get(row.customer, 0) + row.lots
    same = truth == set(ours(root).tolist()) == loop and told == walked and sorted(customers.items()) == counts
    found = {
        "asked": asked, "lots": len(truth), "customers": len(customers),
        "identical": same, "ids_ms": ids_ms, "summary_ms": summary_ms, "customers_ms": customers_ms,
        "first_screen_ms": round(first_ms + summary_ms, 2),
        "plain_cte_ms": plain_ms, "plain_counts_ms": counts_ms, "own_cte_summary_ms": walked_ms, "levels_ms": loop_ms,
        "times_plain_cte": round(plain_ms / ids_ms, 1), "times_plain_counts": round(counts_ms / customers_ms, 1),
        "times_levels": round(loop_ms / ids_ms, 1), "drawn": len(first.nodes),
    }
    if graph is not None:
        descendants, networkx_ms = timed(lambda: graph(root), 1)
        found |= {"networkx_ms": networkx_ms, "times_networkx": round(networkx_ms / ids_ms, 1)}
        found["identical"] = found["identical"] and descendants | {root} == truth
    return found


def backward(made: genealogies.Genealogy) -> dict[str, Any]:
    """Everything behind finished serials, each asked once."""
    chosen = np.random.default_rng(3).choice(made.layers[-1], SERIALS, replace=False).tolist()
    times, sizes = [], []
    for serial in MaterialLot.objects.filter(pk__in=chosen):
        start = time.perf_counter()
        sizes.append(len(genealogy.trace(serial, "upstream").nodes))
        times.append((time.perf_counter() - start) * 1000)
    p50, p95 = np.percentile(times, [50, 95])
    return {"lots": statistics.median(sizes), "p50_ms": round(p50, 2), "p95_ms": round(p95, 2)}


def in_memory(made: genealogies.Genealogy) -> tuple[Callable[[int], set[int]], float]:
    """networkx with every edge, and the seconds that it took to build."""
    networkx = importlib.import_module("networkx")
    start = time.perf_counter()
    graph = networkx.DiGraph()
    graph.add_edges_from(zip(made.parent.tolist(), made.child.tolist(), strict=True))
    return lambda root: networkx.descendants(graph, root), round(time.perf_counter() - start, 1)


def missed(edges: int, back: dict[str, Any], ahead: Iterable[dict[str, Any]]) -> list[str]:
    """The bars that were not reached."""
    bars = [(back["p95_ms"] <= BACKWARD_MS.get(edges, BACKWARD_MS[10_000_000]), f"backward p95 {back['p95_ms']} ms")]
    for row in ahead:
        name = f"forward {row['asked']}"
        bars += [
            (row["identical"], f"{name}: the answers differ"),
            (row["summary_ms"] <= SUMMARY_MS, f"{name}: the summary"),
            (row["first_screen_ms"] <= FIRST_SCREEN_MS, f"{name}: the first screen"),
        ]
        if row["lots"] >= LARGE:
            bars += [
                (row["times_plain_cte"] >= LEAST_RATIO, f"{name}: beside the plain query"),
                (row["times_plain_counts"] >= LEAST_RATIO_OF_COUNTS, f"{name}: customers beside the plain query"),
            ]
    return [text for kept, text in bars if not kept]


def main() -> int:
    """Build, snapshot, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, required=True)
    parser.add_argument("--networkx", action="store_true")
    asked = parser.parse_args()
    started = time.perf_counter()
    made = genealogies.build(asked.edges, seed=7)
    for statement in PLAIN:
        rows(statement)
    built = time.perf_counter() - started
    started = time.perf_counter()
    folder = building.build(datetime.now(UTC))
    snapshot = time.perf_counter() - started
    graph, graph_s = in_memory(made) if asked.networkx else (None, None)
    ahead = [forward(size, root, graph) for size, root in roots(made).items()]
    back = backward(made)
    print(json.dumps({
        "edges": len(made.parent), "lots": made.lots, "built_s": round(built, 1), "snapshot_s": round(snapshot, 1),
        "snapshot_bytes": sum(file.stat().st_size for file in folder.iterdir()), "networkx_built_s": graph_s,
        "forward": ahead, "backward": back, "missed": missed(asked.edges, back, ahead),
        "machine": machine(),
    }))
    return 0


if __name__ == "__main__":
    sys.exit(main())
