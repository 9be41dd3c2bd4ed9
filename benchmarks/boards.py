"""How fast the boards answer with 5,000 open lots, beside a plain page's reading of the same: the ORM row by row.

    python -m benchmarks.boards [--lots 5000] [--rounds 15]

Everything is built and measured inside one transaction that is rolled back; point DATABASE_URL at a migrated scratch
database all the same, because the ledger's tables stay locked meanwhile. A board is asked for as a browser would ask:
its address through the whole application, until the last byte of its page is made. Beside the time by the clock stand
this process's CPU and what the database took, for other work on the machine lengthens only the former. Prints JSON;
exits 1 when a board takes longer than half a second, or sees other pieces than the plain reading.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.copying import copy  # noqa: E402
from benchmarks.loop import machine  # noqa: E402
from mes.models import ON_LINE, JobMaterial, JobOrder, JobSegment, Segment, WorkRequest  # noqa: E402
from mes.queries import dispatch_board, flow, promises  # noqa: E402
from plant.models import Equipment, Person  # noqa: E402
from tests import factories as ground  # noqa: E402
from tests.mes import factories  # noqa: E402
from traceability.models import Bucket, LotBalance, Move  # noqa: E402

MOST_MS, LOTS_OF_A_JOB, WAITING = 500, 10, 60
LOT = "id, number, kind, material_id, site_id, supplier_lot, job_order, status, open_holds, created_at"
MOVE = (
    "lot_id, from_bucket, from_place, to_bucket, to_place, quantity, job_order, operation, person_id, reason, at"
)
BALANCE = "lot_id, bucket, place, quantity"
ADDRESSES = {
    "work in process": "/production/wip/?line=LINE", "dispatch": "/production/dispatch/?line=LINE",
    "lots in process": "/production/wip/lots/", "late orders": "/production/figures/late/",
}


def build(lots: int, now: datetime) -> Person:
    """A line with six stations and so many lots in process, ten to a work order; a few work orders wait for a line."""
    line = ground.line()
    stations = [ground.station(f"{code}{twin}") for code in ("MOUNT", "OVEN", "TEST") for twin in ("", "2")]
    first = factories.order(1, number="BENCH-0")
    segments = list(Segment.objects.filter(work_master__material=first.material).order_by("sequence"))
    requests = WorkRequest.objects.bulk_create(
        WorkRequest(number=f"BENCH-PO{n}", material=first.material, quantity=100, site=first.site, status="RELEASED",
                    due_at=now + timedelta(hours=n - 40), created_at=now)
        for n in range(lots // LOTS_OF_A_JOB + WAITING)
    )
    jobs = JobOrder.objects.bulk_create(
        JobOrder(number=f"BENCH-WO{n}", work_request=request, work_master=segments[0].work_master, quantity=100,
                 site=first.site, planned_at=now, due_at=request.due_at, line=line if n >= WAITING else None,
                 status="RUNNING" if n >= WAITING else "RELEASED")
        for n, request in enumerate(requests)
    )
    JobSegment.objects.bulk_create(
        JobSegment(job_order=job, segment=segment, rank=n * 1024 if n >= WAITING else None,
                   station=stations[2 * place + n % 2] if n >= WAITING else None)
        for n, job in enumerate(jobs) for place, segment in enumerate(segments)
    )
    JobMaterial.objects.bulk_create(
        JobMaterial(job_order=job, segment=segments[0], material=ground.material(code), quantity_per=1)
        for job in jobs for code in ("PCB", "SCREW")
    )
    fill(jobs[WAITING:], segments, now)
    return factories.planner()


def fill(jobs: list[JobOrder], segments: list[Segment], now: datetime) -> None:
    """Ten lots of ten for each work order, spread over its operations, each with the move that brought it there."""
    planner, base = factories.planner(), 10**9
    lots, moves, balances = [], [], []
    for n, job in enumerate(jobs):
        for part in range(LOTS_OF_A_JOB):
            pk, place = base + n * LOTS_OF_A_JOB + part, segments[(n + part) % len(segments)].code
            at = (now - timedelta(minutes=n + part)).isoformat()
            material, site = job.work_request.material_id, job.site_id
            lots.append(f"{pk}\tBENCH-L{pk}\tLOT\t{material}\t{site}\t\t{job.number}\tAVAILABLE\t0\t{at}\n")
            moves.append(f"{pk}\tMADE\t\tWIP\t{place}\t10\t{job.number}\t{place}\t{planner.pk}\t\t{at}\n")
            balances.append(f"{pk}\tWIP\t{place}\t10\n")
    copy("traceability_materiallot", LOT, lots)
    copy("traceability_move", MOVE, moves)
    copy("traceability_lotbalance", BALANCE, balances)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE traceability_materiallot, traceability_move, traceability_lotbalance, mes_jobsegment")


def plain_wip() -> Decimal:
    """What most code does: each balance, then its lot, its work order, its operation and its last move."""
    total, piles = Decimal(0), {}
    for balance in LotBalance.objects.filter(bucket=Bucket.WIP, quantity__gt=0):
        job = JobOrder.objects.get(number=balance.lot.job_order)
        segment = job.work_master.segments.get(code=balance.place)
        since = Move.objects.filter(lot=balance.lot, to_bucket=Bucket.WIP, to_place=balance.place).latest("at").at
        pile = piles.setdefault((job.line_id, segment.code), [])
        pile.append((balance.lot.number, since, balance.lot.material.code))
        total += balance.quantity
    return total


def plain_dispatch() -> int:
    """The same for the queues: each operation, then its work order, its material, and the lots that lie before it."""
    cards = 0
    rows = JobSegment.objects.filter(ended_at__isnull=True, job_order__status__in=ON_LINE)
    for row in rows.order_by("station", "rank"):
        told = (row.job_order.number, row.job_order.work_request.material.code, row.segment.code, row.station)
        lying = LotBalance.objects.filter(bucket=Bucket.WIP, place=row.segment.code, lot__job_order=told[0])
        cards += bool(told and sum(balance.quantity for balance in lying) >= 0)
    return cards


def plain_orders() -> int:
    """The same for orders: each order, then its work orders, then how far their last operation is."""
    found = 0
    for order in WorkRequest.objects.filter(status__in=["OPEN", "RELEASED"]).order_by("due_at"):
        for job in order.job_orders.all():
            last = job.segments.order_by("segment__sequence").last()
            found += bool(order.material.code and (last is None or last.good >= 0))
    return found


def timed(act: Callable[[], Any], rounds: int) -> tuple[Any, list[float]]:
    """The last answer, and milliseconds of each round."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        answer = act()
        took.append(1000 * (time.perf_counter() - began))
    return answer, took


class Database:
    """Waits for the database, added up: an execute wrapper."""

    def __init__(self) -> None:
        self.statements, self.ms = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.statements, self.ms = self.statements + 1, self.ms + 1000 * (time.perf_counter() - began)


def told(took: list[float]) -> dict[str, float]:
    """The median and the slowest."""
    return {"p50_ms": round(statistics.median(took), 1), "most_ms": round(max(took), 1)}


def pages(planner: Person, rounds: int) -> dict[str, Any]:
    """Every board as a page, asked for once before it is timed; looking for garbage as the web server does."""
    import_module("config.wsgi")
    client = Client()
    client.force_login(planner)
    found = {}
    for name, path in ADDRESSES.items():
        def get(path: str = path) -> Any:
            return client.get(path, headers={"host": "localhost"}, secure=True)

        get()
        asked, spent = Database(), time.process_time()
        with connection.execute_wrapper(asked):
            answer, took = timed(get, rounds)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        cost = {
            "cpu_ms": round(1000 * (time.process_time() - spent) / rounds, 1),
            "database_ms": round(asked.ms / rounds, 1), "statements": asked.statements // rounds,
        }
        found[name] = {**told(took), **cost, "kilobytes": round(len(answer.content) / 1024)}
    return found


def beside(planner: Person, now: datetime, rounds: int) -> dict[str, Any]:
    """What each board reads, beside the plain way; the ratio is plain over ours, and both must see the same."""
    line = Equipment.objects.get(code="LINE")
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "work in process": (lambda: flow.total(flow.lines(planner, [line], at=now)).quantity, plain_wip),
        "dispatch": (lambda: sum(
            len(column.cards) for column in dispatch_board.board(planner, line, per="shift", at=now).columns
        ), plain_dispatch),
        "late orders": (lambda: len(promises.promises(planner, [line], at=now)), plain_orders),
    }
    found = {}
    for name, (ours, plain) in pairs.items():
        mine, took = timed(ours, rounds)
        theirs, slow = timed(plain, 1)
        ratio = round(statistics.median(slow) / statistics.median(took), 1)
        seen = {"seen": int(mine), "plain": int(theirs)}
        found[name] = {**told(took), "plain_ms": round(slow[0]), "ratio": ratio, **seen}
    return found


def main() -> int:
    """Measure and print one JSON object; 1 when a board was too slow or saw something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.boards", description=__doc__)
    parser.add_argument("--lots", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    now = timezone.now()
    with transaction.atomic():
        planner = build(options.lots, now)
        drawn, read = pages(planner, options.rounds), beside(planner, now, options.rounds)
        transaction.set_rollback(True)
    kept = {
        f"every board ≤ {MOST_MS} ms": all(one["p50_ms"] <= MOST_MS for one in drawn.values()),
        "the same pieces, cards and orders": all(
            read[name]["seen"] == read[name]["plain"] for name in ("work in process", "dispatch")
        ),
    }
    report = {"machine": machine(), "lots": options.lots, "pages": drawn, "reading": read, "kept": kept}
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
