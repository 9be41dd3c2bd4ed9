"""A line that makes a board out of a blank and two screws: mount, oven, test."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from psycopg2.extras import DateTimeTZRange

from mes.commands import job_orders, scans, work_requests
from mes.commands.scan_outcomes import ScanOutcome
from mes.models import JobOrder, MaterialSpecification, Segment, WorkMaster, WorkRequest
from plant import fresh
from plant.models import (
    Equipment,
    MaterialDefinition,
    MaterialUse,
    Parameter,
    Person,
    ReasonCode,
    RevisionStatus,
    Tracking,
    Unit,
)
from qms.models import Characteristic, ControlPlan, ControlPlanLine
from tests import factories as ground
from tests.factories import NOW
from traceability.models import MaterialLot

LATER = NOW + timedelta(days=3)


@dataclass
class World:
    """The plant of these tests, with one work order dispatched to its line."""

    job: JobOrder
    stations: dict[str, Equipment]
    operator: Person
    planner: Person
    blank: MaterialLot
    screws: MaterialLot

    @property
    def outputs(self) -> list[MaterialLot]:
        return list(MaterialLot.objects.filter(job_order=self.job.number).order_by("pk"))

    def scan(self, code: str, station: str = "MOUNT", **more: Any) -> ScanOutcome:
        fields = {"event_id": uuid.uuid4(), "by": self.operator, "at": NOW, "job_order": self.job.number, **more}
        return scans.accept(code=code, station=self.stations[station], **fields)

    def ready(self, pieces: int = 10) -> None:
        """Everything for so many pieces lies at the first station."""
        self.scan(self.blank.number, quantity=Decimal(pieces))
        self.scan(self.screws.number, quantity=Decimal(2 * pieces))


def master(material: MaterialDefinition, lot_size: int = 5, code: str = "BOARD") -> WorkMaster:
    """Mount (blank + two screws; rework enters here), oven, test."""
    made = WorkMaster.objects.create(
        code=code, revision=1, material=material, name="Board", lot_size=lot_size, status=RevisionStatus.EFFECTIVE,
        effective=DateTimeTZRange(NOW - timedelta(days=9), None),
    )
    for sequence, name in ((10, "MOUNT"), (20, "OVEN"), (30, "TEST")):
        segment = Segment.objects.create(
            work_master=made, sequence=sequence, code=name, name=name.title(), rework_entry=name == "MOUNT",
            seconds_per_piece=Decimal(10),
        )
        segment.stations.set(Equipment.objects.filter(Q(code=name) | Q(code=f"{name}2")))
    first = Segment.objects.get(work_master=made, sequence=10)
    for part, each in (("PCB", 1), ("SCREW", 2)):
        MaterialSpecification.objects.create(segment=first, material=ground.material(part), quantity_per=each)
    return made


def order(quantity: int = 10, tracking: str = Tracking.LOT, number: str = "PO1") -> WorkRequest:
    board = ground.material("BOARD", tracking, MaterialUse.FINISHED)
    if not WorkMaster.objects.filter(material=board).exists():
        master(board)
    return work_requests.receive(
        number=number, material=board, quantity=Decimal(quantity), due_at=LATER, by=planner(), at=NOW,
        site=ground.site(),
    )


def planner() -> Person:
    return ground.person("PLAN", "PLANNER")


def released(quantity: int = 10, tracking: str = Tracking.LOT) -> JobOrder:
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    request = work_requests.release(work_request=order(quantity, tracking), by=planner(), at=NOW)
    job = JobOrder.objects.get(work_request=request)
    return job_orders.release(job_order=job, by=planner(), at=NOW, despite_shortage="It comes this morning.")


def world(quantity: int = 10, tracking: str = Tracking.LOT, stock: int = 1000) -> World:
    """A work order on its line, and material in stock."""
    job = released(quantity, tracking)
    job = job_orders.dispatch(
        job_order=job, line=ground.line(), by=planner(), at=NOW, despite_shortage="It comes this morning."
    )
    stations = {code: Equipment.objects.get(code=code) for code in ("MOUNT", "OVEN", "TEST")}
    screws = ground.received("SCREW-1", stock, material=ground.material("SCREW"))
    return World(job, stations, ground.person("OP", "OPERATOR"), planner(), ground.received("PCB-1", stock), screws)


def reason(use: str = "SCRAP") -> ReasonCode:
    return ReasonCode.objects.get_or_create(use=use, code="R1", defaults={"name": "Broken"})[0]


def control_plan(operation: str) -> ControlPlanLine:
    """An inspection of the board after an operation."""
    fresh.forget_all()
    millimetre = Unit.objects.get_or_create(code="MMT", defaults={"name": "millimetre", "symbol": "mm"})[0]
    parameter = Parameter.objects.create(code="LENGTH", name="Length", unit=millimetre)
    length = Characteristic.objects.create(code="LENGTH", name="Length", parameter=parameter, lower=9, upper=11)
    plan = ControlPlan.objects.create(
        code="BOARD", material=ground.material("BOARD"), name="Board", status=RevisionStatus.EFFECTIVE,
        effective=DateTimeTZRange(NOW - timedelta(days=9), None),
    )
    return ControlPlanLine.objects.create(plan=plan, operation=operation, characteristic=length, method="INSPECTION")
