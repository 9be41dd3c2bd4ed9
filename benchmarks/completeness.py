"""How long it takes to judge a day's lots, and to draw the board of a month, beside asking lot by lot.

    python -m benchmarks.completeness [--lots 5000] [--rounds 5]

Everything is built and measured inside one transaction that is rolled back; point DATABASE_URL at a migrated
scratch database all the same. Each lot was reported at three operations, consumed two materials and stood at each
station for five minutes, where two instruments read every two seconds; measured while the readings lie one by one,
as those of today do, and once they are packed. One lot in ten lacks something. Prints JSON; exits 1 when a day takes
longer than two seconds, or when lot by lot finds anything else.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.loop import machine  # noqa: E402
from benchmarks.trace import copy  # noqa: E402
from mes.commands import completeness as judging  # noqa: E402
from mes.models import JobMaterial, JobOrder, JobSegment, Segment  # noqa: E402
from mes.queries import calendars, completeness  # noqa: E402
from plant.models import Parameter, Unit  # noqa: E402
from plant.queries import persons  # noqa: E402
from tests import factories as ground  # noqa: E402
from tests.mes import factories  # noqa: E402
from traceability.commands import ageing, readings  # noqa: E402
from traceability.commands.readings import ReadingRow  # noqa: E402
from traceability.models import Quality, Source, Stream  # noqa: E402

MOST_MS, LOTS_OF_A_JOB, BASE = 2000, 50, 10**9
LOT = "id, number, kind, material_id, site_id, supplier_lot, job_order, status, open_holds, created_at"
LINK = "parent_id, child_id, quantity, job_order, operation, certainty, reason, at"
VISIT = "lot_id, is_serial, equipment_id, during, job_order, operation, person_id, result"
RESPONSE = "job_segment_id, lot_id, station_id, person_id, good, scrap, rework, nonconformance, started_at, at"
A_MINUTE, STAY = timedelta(minutes=1), timedelta(minutes=5)
EVERY = 2  # seconds between readings


def build(lots: int, now: datetime) -> list[int]:
    """A line with a day's lots, finished one after the other."""
    line = ground.line()
    stations = [ground.station(code) for code in ("MOUNT", "OVEN", "TEST")]
    request = factories.order(100 * lots, number="BENCH-0")
    segments = list(Segment.objects.filter(work_master__material=request.material).order_by("sequence"))
    jobs = JobOrder.objects.bulk_create(
        JobOrder(number=f"BENCH-WO{n}", work_request=request, work_master=segments[0].work_master, quantity=100,
                 site=request.site, planned_at=now, due_at=now, line=line, status="RUNNING")
        for n in range(-(-lots // LOTS_OF_A_JOB))
    )
    steps = JobSegment.objects.bulk_create(
        JobSegment(job_order=job, segment=segment) for job in jobs for segment in segments
    )
    JobMaterial.objects.bulk_create(
        JobMaterial(job_order=job, segment=segments[0], material=ground.material(code), quantity_per=1)
        for job in jobs for code in ("PCB", "SCREW")
    )
    raw = [ground.received(f"BENCH-{code}", material=ground.material(code)).pk for code in ("PCB", "SCREW")]
    fill(lots, jobs, steps, stations, raw, now)
    read(stations, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [BASE + n for n in range(lots)]


def fill(lots: int, jobs: list[Any], steps: list[Any], stations: list[Any], raw: list[int], now: datetime) -> None:
    """Each lot with its reports, its stays and what went in; every tenth lacks a screw or a stay."""
    rows: dict[str, list[str]] = {"lot": [], "link": [], "visit": [], "response": []}
    by, first = factories.planner().pk, jobs[0]
    for n in range(lots):
        pk, job, begin = BASE + n, jobs[n // LOTS_OF_A_JOB], now - timedelta(days=1) * (1 - n / lots * 0.98)
        head = f"{pk}\tBENCH-L{pk}\tLOT\t{first.work_request.material_id}\t{first.site_id}\t"
        rows["lot"].append(f"{head}\t{job.number}\tAVAILABLE\t0\t{begin.isoformat()}\n")
        for part in raw[: 1 if n % 20 == 0 else 2]:
            rows["link"].append(f"{part}\t{pk}\t1\t{job.number}\tMOUNT\tEXACT\t\t{begin.isoformat()}\n")
        for place, station in enumerate(stations):
            at = begin + place * STAY
            step = steps[(n // LOTS_OF_A_JOB) * len(stations) + place]
            until = (at + STAY).isoformat()
            if not (n % 20 == 10 and place == 1):
                during = f"[{at.isoformat()},{until}]"
                rows["visit"].append(f"{pk}\tf\t{station.pk}\t{during}\t{job.number}\t{station.code}\t{by}\tGOOD\n")
            rows["response"].append(f"{step.pk}\t{pk}\t{station.pk}\t{by}\t1\t0\t0\t\t{at.isoformat()}\t{until}\n")
    for table, columns, key in (
        ("traceability_materiallot", LOT, "lot"), ("traceability_link", LINK, "link"),
        ("traceability_visit", VISIT, "visit"), ("mes_jobresponse", RESPONSE, "response"),
    ):
        copy(table, columns, rows[key])


def read(stations: list[Any], now: datetime) -> None:
    """Two instruments at each station with readings of a day, one by one as they came."""
    unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "celsius", "symbol": "°C"})[0]
    since = now - timedelta(days=1, hours=1)
    for station in stations:
        for name in ("A", "B"):
            parameter = Parameter.objects.get_or_create(code=name, defaults={"name": name, "unit": unit})[0]
            stream = Stream.objects.create(
                code=f"{station.code}.{name}", parameter=parameter, equipment=station, period_ms=1000 * EVERY
            )
            readings.record(rows=[
                ReadingRow(stream.pk, since + timedelta(seconds=EVERY * n), n, 1.0, Quality.GOOD, Source.AUTO)
                for n in range(25 * 3600 // EVERY)
            ])


def timed(act: Callable[[], Any], rounds: int) -> tuple[Any, dict[str, float]]:
    """The last answer; the median and the slowest, in milliseconds."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        answer = act()
        took.append(1000 * (time.perf_counter() - began))
    return answer, {"p50_ms": round(statistics.median(took), 1), "most_ms": round(max(took), 1)}


def main() -> int:
    """Measure and print one JSON object; 1 when it was too slow or found something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.completeness", description=__doc__)
    parser.add_argument("--lots", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    now = timezone.now()
    with transaction.atomic():
        lots, by = build(options.lots, now), persons.system("mes")
        found, score = timed(lambda: completeness.scores(lots, now=now), options.rounds)
        ageing.pack(now=now + timedelta(days=30), seconds=600)
        packed, old = timed(lambda: completeness.scores(lots, now=now), options.rounds)
        few = lots[:: max(1, len(lots) // 200)]
        plain, slow = timed(lambda: {lot: completeness.scores([lot], now=now)[lot] for lot in few}, 1)
        kept, judged = timed(lambda: judging.judge(lots=lots, by=by, at=now), options.rounds)
        today = calendars.local_day(now)
        _board, board = timed(
            lambda: completeness.board(factories.planner(), today - timedelta(days=30), today), options.rounds
        )
        transaction.set_rollback(True)
    one_by_one = slow["p50_ms"] / len(few) * len(lots)
    report = {
        "machine": machine(), "lots": len(lots), "with gaps": sum(one.weak for one in found.values()),
        "scores": score, "scores over packed readings": old, "scores remembered": judged, "board of a month": board,
        "lot by lot, as many": {"p50_ms": round(one_by_one), "ratio": round(one_by_one / score["p50_ms"], 1)},
        "kept": {
            f"a day's lots ≤ {MOST_MS} ms": max(one["p50_ms"] for one in (score, old, judged)) <= MOST_MS,
            "lot by lot finds the same": found == packed and kept == len(lots)
            and all(found[lot] == one for lot, one in plain.items()),
        },
    }
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 0 if all(report["kept"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
