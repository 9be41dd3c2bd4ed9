"""Releasing a work order of 1,000 serials, beside the plain way: one lot after the other.

    python -m benchmarks.release [--pieces 1000] [--rounds 5]

Everything is built and measured inside one transaction that is rolled back; point DATABASE_URL at a migrated scratch
database. Rounds alternate; constraints that wait for the end of the transaction are looked at within each time. Prints
JSON; exits 1 when a release takes longer than three seconds, or leaves other rows behind than the plain way.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.loop import machine  # noqa: E402
from mes.commands import job_orders, work_requests  # noqa: E402
from mes.models import JobOrder  # noqa: E402
from plant.models import JournalEntry, Tracking  # noqa: E402
from tests import factories as ground  # noqa: E402
from tests.mes import factories  # noqa: E402
from traceability.commands import lots  # noqa: E402
from traceability.models import LotBalance, MaterialLot, Move  # noqa: E402

MOST_SECONDS = 3.0


def one_by_one(*, amounts: Any, numbers: Any, **more: Any) -> list[MaterialLot]:
    """What a plain program does: each serial with its move and its entry in the journal, one after the other."""
    return [
        lots.make(number=number, quantity=amount, **more) for number, amount in zip(numbers, amounts, strict=True)
    ]


def released(number: str, pieces: int, way: Callable[..., Any]) -> tuple[float, dict[str, int]]:
    """Release a fresh work order; the seconds it took, and the rows it left."""
    order = factories.order(pieces, Tracking.SERIAL, number)
    request = work_requests.release(work_request=order, by=factories.planner(), at=timezone.now())
    job = JobOrder.objects.get(work_request=request)
    usual, lots.make_many = lots.make_many, way  # type: ignore[assignment]
    began = time.perf_counter()
    try:
        job_orders.release(job_order=job, by=factories.planner(), at=timezone.now(), despite_shortage="A measurement")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    finally:
        lots.make_many = usual
    took = time.perf_counter() - began
    made = MaterialLot.objects.filter(job_order=job.number)
    entries = JournalEntry.objects.filter(kind="lot.made", data__job_order=job.number)
    return took, {
        "serials": made.count(), "moves": Move.objects.filter(lot__in=made).count(), "entries": entries.count(),
        "lying": LotBalance.objects.filter(lot__in=made, bucket="WIP", quantity=1).count(),
    }


def main() -> int:
    """Alternate both ways, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pieces", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=5)
    told = asked.parse_args()
    ours: list[float] = []
    plain: list[float] = []
    with transaction.atomic():
        for code in ("MOUNT", "OVEN", "TEST"):
            ground.station(code)
        same = True
        for number in range(told.rounds):
            took, left = released(f"BENCH-{number}", told.pieces, lots.make_many)
            took_plain, left_plain = released(f"PLAIN-{number}", told.pieces, one_by_one)
            ours.append(took)
            plain.append(took_plain)
            same = same and left == left_plain == dict.fromkeys(left, told.pieces)
        transaction.set_rollback(True)
    ratios = [slow / fast for fast, slow in zip(ours, plain, strict=True)]
    print(json.dumps({
        **machine(), "pieces": told.pieces, "seconds": round(statistics.median(ours), 3),
        "slowest": round(max(ours), 3), "plain_seconds": round(statistics.median(plain), 3),
        "ratio": round(statistics.median(ratios), 1), "same": same,
    }))  # fmt: skip
    return 0 if same and max(ours) <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
