"""What lies on people's desks in the morning: a delivery to inspect, a CAPA half done."""

from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from demo.data import ground
from demo.seeds import boards, measuring
from demo.seeds.floor import lots_of
from mes.models import JobOrder
from plant.commands import signatures
from plant.models import Person, ReasonCode, ReasonUse
from qms.commands import capas, counting, dispositions, inspections, nonconformances
from qms.models import ControlPlan, CorrectiveAction, Gauge, Inspection, InspectionKind
from qms.queries import nonconformances as case_queries
from traceability.models import MaterialLot, Source

LABEL_ACTIONS = [
    ("Set the head to the ribbon's range. 将打印头温度调回碳带允许范围。", 2),
    ("Check one label an hour by scanner. 每小时用扫码枪抽查一张标签。", 9),
]


def ask_for_inspection(lot: MaterialLot, inspector: Person, at: datetime) -> Inspection:
    """The incoming inspection of one delivery, by the plan of its material."""
    plan = ControlPlan.objects.get(material_id=lot.material_id)
    return inspections.create(
        kind=InspectionKind.INCOMING, lot=lot, trigger=f"receipt:{lot.number}", lines=plan.lines.all(), by=inspector,
        at=at, due_at=at + timedelta(hours=2),
    )


def measure_boards(task: Inspection, inspector: Person, at: datetime) -> None:
    """Five thicknesses, all well, the look of a sample with one scratch, and the verdict."""
    measured, looked_at = task.items.order_by("characteristic__is_counted")
    for sample, value in enumerate(np.random.default_rng(3).normal(1.60, 0.015, measured.sample_size), start=1):
        inspections.record(
            inspection=task, item=measured, sample=sample, value=round(float(value), 3), source=Source.MANUAL,
            by=inspector, at=at, gauge=Gauge.objects.get(code=measuring.SUSPECT),
        )
    scratch = ReasonCode.objects.get(use=ReasonUse.DEFECT, code="SCRATCH")
    counting.count(
        inspection=task, item=looked_at, inspected=looked_at.sample_size, found=1, defects={scratch: 1}, by=inspector,
        at=at,
    )
    boards.mark(looked_at, scratch, inspector, at)
    inspections.decide(inspection=task, by=inspector, at=at)


def begin_capa(job: JobOrder, engineer: Person, leader: Person, at: datetime) -> CorrectiveAction:
    """Smudged labels: the lot is used as it is, the cause is known, one of two actions is done."""
    lot = lots_of(job)[1]
    case = nonconformances.open(
        title="Carton labels smudged 外箱标签模糊", lots=[lot], by=leader, at=at,
        description="The scanner at the dock could not read four of twenty labels. 月台扫码枪读不出二十张中的四张。",
    )
    dispositions.dispose(
        nonconformance=case, lines=[(lot, "USE_AS_IS", Decimal(20), "")],
        reason="All twenty were labelled again. 二十箱已全部重贴标签。", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(case_queries.seen(case)), by=engineer, at=at,
    )
    case.refresh_from_db()
    nonconformances.close(nonconformance=case, reason="Labelled again and read. 重贴后可读。", by=engineer, at=at)
    capa = capas.open(
        nonconformance=case, title="Readable carton labels 外箱标签可读", owner=engineer, by=engineer, at=at,
        problem="The ribbon smears when the printer runs hot. 打印机过热时碳带涂抹。", due_at=at + timedelta(days=9),
        check_due_at=at + timedelta(days=20),
    )
    cause = "Print head set 20 °C above the ribbon's range. 打印头温度比碳带允许范围高 20 °C。"
    capas.set_root_cause(capa=capa, root_cause=cause, by=engineer, at=at)
    for description, days in LABEL_ACTIONS:
        action = capas.add_action(
            capa=capa, description=description, owner=leader, due_at=at + timedelta(days=days), by=engineer, at=at
        )
        if days == 2:
            done = "Set to 110 °C. 已设为 110 °C。"
            capas.finish_action(action=action, result=done, by=leader, at=at + timedelta(days=1))
    return capa
