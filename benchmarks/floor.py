"""Work orders to scan on, and counting what the scans left behind: run inside the plant that is measured.

`python -m benchmarks.floor make RUN MATERIAL PIECES ORDERS`, `… audit JOB…`, `… grow TIMES` and `… charts COUNT`
answer JSON.
"""

import json
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import django

django.setup()

import numpy as np  # noqa: E402 - settings come first
from django.db import connection  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402

from demo.data import ground  # noqa: E402
from demo.data.process import BILL  # noqa: E402
from demo.seeds import history  # noqa: E402
from demo.seeds.floor import Floor  # noqa: E402
from demo.seeds.stock import receive_all  # noqa: E402
from mes.commands import dispatching, job_orders, work_requests  # noqa: E402
from mes.models import JobOrder  # noqa: E402
from plant.models import Equipment, JournalEntry, MaterialDefinition, Partner, Person  # noqa: E402
from qms.models import ControlPlan, Inspection, Nonconformance  # noqa: E402
from spc.commands import charts as setup  # noqa: E402
from spc.commands import limits, measurements, standings  # noqa: E402
from spc.models import ControlChart  # noqa: E402
from traceability.commands import lots, readings  # noqa: E402
from traceability.commands.readings import ReadingRow  # noqa: E402
from traceability.models import MaterialLot, Quality, Source, Stream  # noqa: E402

PLENTY = Decimal(1_000_000)
LINE = "LINE-2"
COUNTS = """
SELECT %(job)s,
  (SELECT count(*) FROM traceability_visit WHERE job_order = %(job)s),
  (SELECT count(*) FROM mes_jobresponse r JOIN mes_jobsegment s ON s.id = r.job_segment_id
   JOIN mes_joborder j ON j.id = s.job_order_id WHERE j.number = %(job)s),
  (SELECT count(*) FROM traceability_move WHERE job_order = %(job)s AND to_bucket = 'ISSUED'),
  (SELECT count(*) FROM traceability_materialactual WHERE job_order = %(job)s AND kind = 'CONSUMED'),
  (SELECT coalesce(sum(quantity), 0) FROM traceability_link WHERE job_order = %(job)s)
"""
NAMES = ["job", "started", "finished", "loaded", "consumed", "amount"]


def make(run: str, material: str, pieces: int, orders: int) -> list[dict[str, Any]]:
    """Dispatched work orders, each with its lots or serials and raw lots of its own for everything that goes in."""
    planner, warehouse = Person.objects.get(number="planner"), Person.objects.get(number="warehouse")
    at, site = timezone.now(), Equipment.objects.get(code=ground.SITE[0])
    names = [f"{run}-{index}" for index in range(orders)]
    return [
        {**order(name, material, pieces, planner, site, at), "raw": stock(name, warehouse, site, at)} for name in names
    ]


def stock(run: str, by: Person, site: Equipment, at: datetime) -> dict[str, str]:
    """A raw lot of each material of the bill."""
    return {
        code: lots.receive(
            material=MaterialDefinition.objects.get(code=code), quantity=PLENTY, site=site, number=f"{run}-{code}",
            supplier=Partner.objects.get(code=ground.SOURCES[code]), place="WH-RAW", by=by, at=at,
        ).number
        for code in sorted({code for _operation, code, _quantity in BILL})
    }


def order(number: str, material: str, pieces: int, by: Person, site: Equipment, at: datetime) -> dict[str, Any]:
    """One production order, released and sent to the line."""
    request = work_requests.receive(
        number=number, material=MaterialDefinition.objects.get(code=material), quantity=Decimal(pieces),
        due_at=at + timedelta(days=3), site=site, by=by, at=at,
    )
    request = work_requests.release(work_request=request, by=by, at=at)
    why = {"despite_shortage": "Its materials are received next.", "by": by, "at": at}
    job = job_orders.release(job_order=request.job_orders.get(), **why)
    job = dispatching.dispatch(job_order=job, line=Equipment.objects.get(code=LINE), **why)
    numbers = MaterialLot.objects.filter(job_order=job.number).order_by("pk").values_list("number", flat=True)
    return {"job": job.number, "lots": list(numbers)}


def audit(*jobs: str) -> list[dict[str, Any]]:
    """What the database holds of each work order."""
    found = []
    with connection.cursor() as cursor:
        for job in jobs:
            cursor.execute(COUNTS, {"job": job})
            found.append(dict(zip(NAMES, map(str, cursor.fetchone()), strict=True)))
    return found


def grow(times: int) -> dict[str, int]:
    """Tell the demonstration's month again until there is `times` as much of it; how many rows there are of what."""
    people = {one.number: one for one in Person.objects.filter(kind="HUMAN")}
    now = timezone.now()
    first = int(now.timestamp())  # so that a plant can be grown again
    for number in range(first, first + times - 1):
        raw = receive_all(number, people["warehouse"], now - timedelta(days=31))
        floor = Floor(people["operator"], people["planner"], raw, now, line="L2")  # L1 has the visitor's own order
        jobs = history.make_orders(floor, people["inspector"], now, series=f"GROWN-{number}-")
        for job in jobs:
            history.tell_a_case(job, people["engineer"], people["manager"], people["leader"], now - timedelta(days=20))
    counted = [JobOrder, MaterialLot, Nonconformance, Inspection, JournalEntry]
    return {model.__name__: model.objects.count() for model in counted}


def charts(count: int) -> dict[str, int]:
    """Control charts with limits and two hours of readings until there are `count`, a few of each kind of sampling."""
    line = ControlPlan.objects.get(code="CP-CB-100").lines.get(characteristic__code="T-ZONE3")
    by, at, place = Person.objects.get(number="engineer"), timezone.now(), Equipment.objects.get(code="L1-REFLOW")
    rng, ways = np.random.default_rng(3), [{}, {}, {"sampling": "TIME", "every_seconds": 60}, {"kind": "EWMA"}]
    for number in range(ControlChart.objects.count(), count):
        stream = Stream.objects.create(
            code=f"BENCH-{number}", parameter=line.characteristic.parameter, equipment=place, period_ms=10_000
        )
        chart = setup.create(code=stream.code, stream=stream, line=line, by=by, at=at, **ways[number % len(ways)])
        limits.enter(
            chart=chart, center=245, sigma=0.6, reason="Benchmark", by=by, at=at, valid_from=at - timedelta(hours=3)
        )
        values = rng.normal(245, 0.6, 720).clip(243.5, 246.5).tolist()
        readings.record(rows=[
            ReadingRow(stream.pk, at - timedelta(seconds=10 * (720 - n)), n, value, Quality.GOOD, Source.AUTO)
            for n, value in enumerate(values)
        ])
        measurements.evaluate(stream_ids=[stream.pk], by=by, at=at)
    return {"charts": ControlChart.objects.count(), "rated": standings.rate(at=at)}


def main(verb: str, *rest: str) -> None:
    """One act, one JSON answer."""
    if verb == "make":
        run, material, pieces, orders = rest
        answer: Any = make(run, material, int(pieces), int(orders))
    elif verb == "grow":
        answer = grow(int(*rest))
    elif verb == "charts":
        answer = charts(int(*rest))
    else:
        answer = audit(*rest)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
