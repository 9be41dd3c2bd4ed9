"""Tracing a genealogy: the recursive query against a walk that asks the ORM once per lot, on the same lots.

    python -m benchmarks.trace --edges 1000000

Everything is built and measured inside one transaction that is rolled back; point DATABASE_URL at a scratch database
all the same, because the ledger's tables stay locked meanwhile. Prints JSON; exits 1 when the two answers differ.
"""

import argparse
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django
import numpy as np

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Unit  # noqa: E402
from traceability.models import Link, MaterialLot  # noqa: E402
from traceability.queries import genealogy, impact  # noqa: E402

LAYERS = 9
PARENTS = 2.7  # edges for each lot, as in a plant of 400 000 lots and 1.1 million edges
SIZES = (100, 1_000, 5_000)
REPEATS = 7
LOT_COLUMNS = "number, kind, material_id, site_id, supplier_lot, job_order, status, open_holds, created_at"
LINK_COLUMNS = "parent_id, child_id, quantity, job_order, operation, certainty, reason, at"


def build(edges: int, seed: int) -> int:
    """Lots in layers, each made of a few lots of the layer before that were about at the same time."""
    rng = np.random.default_rng(seed)
    width = max(2, int(edges / PARENTS / (LAYERS - 1)))
    child = np.repeat(np.arange(width, width * LAYERS), rng.integers(1, 5, width * (LAYERS - 1)))
    drift = rng.standard_t(2, child.size) * width / 400
    parent = (child // width - 1) * width + np.clip(np.rint(child % width + drift), 0, width - 1).astype(np.int64)
    pairs = np.unique(np.stack([parent, child], 1), axis=0)[:edges]
    first = copy_lots(width * LAYERS)
    at = timezone.now().isoformat()
    lines = (f"{first + p}\t{first + c}\t1\tWO1\tOP\tEXACT\t\t{at}\n" for p, c in pairs.tolist())
    copy("traceability_link", LINK_COLUMNS, lines)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE traceability_link, traceability_materiallot")
    return first


def copy_lots(count: int) -> int:
    """Insert the lots; the id of the first."""
    unit = Unit.objects.get_or_create(code="C62", defaults={"name": "piece", "symbol": "pcs"})[0]
    site = Equipment.objects.create(code="BENCH", name="Bench", level=EquipmentLevel.SITE)
    material = MaterialDefinition.objects.create(code="BENCH", name="Bench", unit=unit)
    at = timezone.now().isoformat()
    lines = (f"BENCH-{i}\tLOT\t{material.pk}\t{site.pk}\t\t\tAVAILABLE\t0\t{at}\n" for i in range(count))
    copy("traceability_materiallot", LOT_COLUMNS, lines)
    return MaterialLot.objects.get(number="BENCH-0").pk


def copy(table: str, columns: str, lines: Any) -> None:
    """COPY with the row triggers asleep: the gate would lock every lot once per edge."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO("".join(lines)))
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def naive(lot: MaterialLot) -> set[int]:
    """What most code does: ask each lot for its children."""
    seen, waiting = {lot.pk}, [lot]
    while waiting:
        links = Link.objects.filter(parent=waiting.pop(), reverses__isnull=True, reversed_by__isnull=True)
        for link in links.select_related("child"):
            if link.child_id not in seen:
                seen.add(link.child_id)
                waiting.append(link.child)
    return seen


def timed(act: Callable[[], Any], repeats: int = REPEATS) -> tuple[Any, float, float]:
    """The answer, and the median and slowest time in milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = act()
        times.append((time.perf_counter() - start) * 1000)
    return answer, round(statistics.median(times), 2), round(max(times), 2)


def roots(first: int, lots: int) -> dict[int, MaterialLot]:
    """For each size the sampled lot whose reach comes nearest."""
    step = max(1, lots // 400)
    reach = {pk: len(genealogy.lot_ids([pk], "downstream")) for pk in range(first, first + lots, step)}
    nearest = {size: min(reach, key=lambda pk: abs(reach[pk] - size)) for size in SIZES}
    return {size: MaterialLot.objects.get(pk=pk) for size, pk in nearest.items()}


def measure(lot: MaterialLot) -> dict[str, Any]:
    """One lot forward, four ways."""
    slow, slow_ms, _ = timed(lambda: naive(lot), 1)
    fast, fast_ms, fast_max = timed(lambda: genealogy.trace(lot, "downstream"))
    ids, ids_ms, _ = timed(lambda: genealogy.lot_ids([lot.pk], "downstream"))
    _, counts_ms, _ = timed(lambda: impact.downstream_counts([lot.pk]))
    _, page_ms, _ = timed(lambda: genealogy.trace(lot, "downstream", most=400))
    return {
        "lots": len(slow), "identical": slow == ids == set(fast.by_id), "edges": len(fast.edges),
        "one_query_per_lot_ms": slow_ms, "trace_ms": fast_ms, "trace_slowest_ms": fast_max, "ids_ms": ids_ms,
        "counts_ms": counts_ms, "page_of_400_ms": page_ms, "ratio": round(slow_ms / fast_ms, 1),
        "ratio_ids": round(slow_ms / ids_ms, 1),
    }


def backward(first: int, lots: int) -> dict[str, Any]:
    """Everything that went into the last lots."""
    last = list(MaterialLot.objects.filter(pk__gte=first + lots - 20, pk__lt=first + lots))
    found = [timed(lambda lot=lot: genealogy.trace(lot, "upstream"), 1) for lot in last]
    times = sorted(answer[1] for answer in found)
    return {
        "lots": statistics.median(len(answer[0].nodes) for answer in found), "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


def main() -> int:
    """Build, measure, print, forget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with transaction.atomic():
        start = time.perf_counter()
        first = build(asked.edges, asked.seed)
        built = time.perf_counter() - start
        width = max(2, int(asked.edges / PARENTS / (LAYERS - 1)))
        forward = [measure(lot) for lot in roots(first, width * 4).values()]
        result = {
            "edges": Link.objects.count(), "lots": width * LAYERS, "built_s": round(built, 1), "forward": forward,
            "backward": backward(first, width * LAYERS),
        }
        transaction.set_rollback(True)
    print(json.dumps(result, indent=2))
    return 0 if all(row["identical"] for row in forward) else 1


if __name__ == "__main__":
    sys.exit(main())
