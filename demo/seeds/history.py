"""A month of believable history: orders made, checks passed, one nonconformance disposed, one CAPA closed."""

from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from demo.data import ground
from demo.seeds import stock
from demo.seeds.floor import Floor, lots_of
from mes.commands import job_orders
from mes.models import JobOrder
from plant.commands import signatures
from plant.models import Person
from qms.commands import capas, dispositions, inspections, nonconformances
from qms.models import Inspection, InspectionStatus, Nonconformance
from qms.queries import capas as capa_queries
from qms.queries import nonconformances as case_queries
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

JOBS, PIECES, EVERY = 10, 60, timedelta(days=3)
SPREAD = {"ambient_temperature": 1.2, "ambient_humidity": 4.0, "conveyor_speed": 0.004, "screw_torque": 0.008,
          "screw_angle": 9.0}


def make_orders(floor: Floor, inspector: Person, until: datetime, *, series: str = "ERP-26") -> list[JobOrder]:
    """One order every few days, each made to its end."""
    made = []
    for number in range(JOBS):
        floor.at = until - EVERY * (JOBS - number)
        customer = ("C-NORTH", "C-HAIYUN")[number % 2]
        request = floor.order(f"{series}{number:02d}", "CB-100", PIECES, customer, floor.at + timedelta(days=2))
        job = floor.start(request)
        floor.run(job)
        pass_checks(job, inspector, floor.at)
        job.refresh_from_db()
        if job.status != "COMPLETED":
            job_orders.complete(job_order=job, by=floor.planner, at=floor.at)
        made.append(job)
    return made


def pass_checks(job: JobOrder, inspector: Person, at: datetime) -> None:
    """The inspections that the work order caused, measured and passed."""
    rng = np.random.default_rng(job.pk)
    for task in Inspection.objects.filter(job_order=job.number, status=InspectionStatus.OPEN).order_by("pk"):
        for item in task.items.all():
            for sample in range(1, item.sample_size + 1):
                value = round(float(rng.normal(3.30, 0.012)), 3)
                inspections.record(
                    inspection=task, item=item, sample=sample, value=value, source=Source.MANUAL, by=inspector, at=at
                )
        inspections.decide(inspection=task, by=inspector, at=at)


def tell_a_case(job: JobOrder, engineer: Person, manager: Person, owner: Person, at: datetime) -> Nonconformance:
    """Cold joints on one lot: found, scrapped in part, and their cause removed for good."""
    lot = lots_of(job)[0]
    case = nonconformances.open(
        title="Cold solder joints at connector 连接器虚焊", lots=[lot], by=owner, at=at,
        description="Three boards of the lot failed the pull test at the customer's incoming inspection. "
                    "客户来料检验时，本批三块板拉力试验不合格。",
    )
    seen = signatures.content_hash(case_queries.seen(case))
    dispositions.dispose(
        nonconformance=case, lines=[(lot, "SCRAP", Decimal(3), ""), (lot, "USE_AS_IS", Decimal(17), "")],
        reason="Three scrapped, the rest passed the pull test. 报废三块，其余拉力试验合格。",
        password=ground.PASSWORD, seen_hash=seen, by=engineer, at=at + timedelta(hours=3),
    )
    case.refresh_from_db()
    nonconformances.close(
        nonconformance=case, reason="All pieces decided. 全部处置完毕。", by=engineer, at=at + timedelta(hours=4)
    )
    close_capa(case, engineer, manager, owner, at + timedelta(hours=5))
    return case


def close_capa(case: Nonconformance, engineer: Person, manager: Person, owner: Person, at: datetime) -> None:
    """Root cause, one action, and a check by another person a week later."""
    capa = capas.open(
        nonconformance=case, title="Connector joints 连接器焊点", owner=engineer, by=engineer, at=at,
        problem="Cold joints at the connector after the paste was changed. 更换锡膏后连接器出现虚焊。",
        due_at=at + timedelta(days=5), check_due_at=at + timedelta(days=7),
    )
    cause = "Soak zone 6 °C too low for the new paste. 保温区温度比新锡膏要求低 6 °C。"
    capas.set_root_cause(capa=capa, root_cause=cause, by=engineer, at=at)
    action = capas.add_action(
        capa=capa, owner=owner,
        description="Raise the soak zone to 180 °C and add a control chart. 保温区升至 180 °C，并增设控制图。",
        due_at=at + timedelta(days=3), by=engineer, at=at,
    )
    result = "Done, chart ZONE2-1 runs. 已完成，控制图 ZONE2-1 已启用。"
    capas.finish_action(action=action, result=result, by=owner, at=at + timedelta(days=2))
    capas.start_check(capa=capa, by=engineer, at=at + timedelta(days=2))
    capa.refresh_from_db()
    capas.check(
        capa=capa, effective=True, finding="No cold joint in 300 boards. 300 块板无虚焊。", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(capa_queries.seen(capa)), by=manager, at=at + timedelta(days=8),
    )
    capa.refresh_from_db()
    capas.close(capa=capa, by=engineer, at=at + timedelta(days=8))


def fill_streams(normal: dict[str, float], until: datetime) -> int:
    """Readings every five minutes for a month, and every ten seconds for the last two hours."""
    rng = np.random.default_rng(7)
    count = 0
    for stream in Stream.objects.order_by("pk"):
        for start, step in ((until - timedelta(days=30), 300), (until - timedelta(hours=2), 10)):
            count += fill(stream, normal[stream.code], start, step, until, rng)
    return count


def fill(stream: Stream, center: float, start: datetime, step: int, until: datetime, rng: np.random.Generator) -> int:
    """One stretch of one stream, as believable as white noise and a slow day can be."""
    points = int((until - start).total_seconds() // step)
    wave = 0.25 * np.sin(np.arange(points) * step / 86400 * 2 * np.pi)
    values = center + SPREAD.get(stream.code, 0.4) * (np.clip(rng.normal(0, 0.7, points), -1.9, 1.9) + wave)
    rows = [
        ReadingRow(stream.pk, start + timedelta(seconds=step * n), n, float(value), Quality.GOOD, Source.AUTO)
        for n, value in enumerate(values)
    ]
    return readings.record(rows=rows)


def receive_stock(warehouse: Person, until: datetime) -> dict[str, object]:
    """The raw lots of the month."""
    return stock.receive_all(1, warehouse, until - timedelta(days=31))
