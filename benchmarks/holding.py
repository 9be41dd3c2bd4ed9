"""Holding a lot from which five thousand others were made, beside the plain way: one lot after the other.

    python -m benchmarks.holding [--wide 100] [--deep 50] [--rounds 3]

Everything is built and measured inside one transaction that is rolled back; point DATABASE_URL at a migrated scratch
database. The plain way is timed over a tenth of the lots and scaled. Prints JSON; exits 1 when the closure takes longer
than ten seconds, or holds other lots than those that were made from the first.
"""

import argparse
import json
import statistics
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402

from benchmarks.loop import machine  # noqa: E402
from tests import factories  # noqa: E402
from tests.traceability.worlds import levels  # noqa: E402
from traceability.commands import holds  # noqa: E402
from traceability.gate import Cause, Target  # noqa: E402
from traceability.models import CauseKind, Hold, MaterialLot  # noqa: E402

MOST_SECONDS, SHARE = 10.0, 10


def held(target: MaterialLot, cause: str) -> float:
    """Hold a lot and all that was made from it; the seconds it took."""
    began = time.perf_counter()
    holds.place(
        target=Target.lot(target), cause=Cause(CauseKind.NONCONFORMANCE, cause), reason="Wrong alloy",
        by=factories.person("QE", "QUALITY_ENGINEER"), at=timezone.now(),
    )
    return time.perf_counter() - began


def leave(number: str, wide: int, deep: int) -> int:
    """Make such a lot in the plant as it is, like its first one, for a measurement from outside."""
    like = MaterialLot.objects.order_by("pk")[0]
    with transaction.atomic():
        root = MaterialLot.objects.create(
            number=number, material=like.material, site=like.site, created_at=timezone.now()
        )
        print(json.dumps({"lots": len(levels(root, wide, deep)) + 1}))
    return 0


def main() -> int:
    """Rounds of both ways, in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("wide", 100), ("deep", 50), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--leave", metavar="NUMBER", help="only make such a lot, in the database as it is, for others")
    asked = parser.parse_args()
    if asked.leave:
        return leave(asked.leave, asked.wide, asked.deep)
    whole, single, right = [], [], True
    with transaction.atomic():
        for number in range(asked.rounds):
            root = factories.received(f"A{number}")
            lots = levels(root, asked.wide, asked.deep)
            whole.append(held(root, f"A{number}"))
            right = right and Hold.objects.filter(cause_id=f"A{number}").count() == len(lots) + 1
            alone = levels(factories.received(f"B{number}"), len(lots) // SHARE, 1)
            single.append(sum(held(lot, f"B{number}") for lot in alone) * SHARE)
        transaction.set_rollback(True)
    closure, plain = statistics.median(whole), statistics.median(single)
    print(json.dumps({
        "lots": asked.wide * asked.deep + 1, "held_all": right, "closure_s": round(closure, 2),
        "slowest_s": round(max(whole), 2), "one_by_one_s": round(plain, 2), "ratio": round(plain / closure, 1),
        "machine": machine(),
    }, indent=2))
    return 0 if right and max(whole) <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
