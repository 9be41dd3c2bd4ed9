"""Making things on the demonstration floor, scan by scan, as the operators do."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from demo.seeds.process import site
from mes.commands import dispatching, job_orders, scans, work_requests
from mes.models import JobOrder, WorkRequest
from plant.models import Equipment, MaterialDefinition, Partner, Person
from traceability.models import MaterialLot

NAMESPACE = uuid.UUID("7b0f6f0e-2f5d-4f57-9d0c-7d3f3d1f0a11")
OPERATIONS = ["PLACE", "REFLOW", "AOI", "SCREW", "TEST", "PACK"]
MATERIALS = {
    "PLACE": ["PCB-100", "MCU-32", "CAP-10U", "PASTE-SAC"], "SCREW": ["HOUSING-A", "SCREW-M3", "CON-8"],
    "PACK": ["CARTON-S"],
}
CYCLE = timedelta(minutes=9)


class SeedError(Exception):
    """The demonstration plant refused a step of its own story."""


@dataclass
class Floor:
    """Who works, with which raw lots, at what time of the story."""

    operator: Person
    planner: Person
    stock: dict[str, MaterialLot]
    at: datetime
    line: str = "L1"
    scanned: int = field(default=0)

    def order(self, number: str, material: str, quantity: int, customer: str, due_at: datetime) -> WorkRequest:
        """A production order, released into one work order."""
        request = work_requests.receive(
            number=number, material=MaterialDefinition.objects.get(code=material), quantity=Decimal(quantity),
            due_at=due_at, customer=Partner.objects.get(code=customer), site=site(), by=self.planner, at=self.at,
        )
        return work_requests.release(work_request=request, by=self.planner, at=self.at)

    def start(self, request: WorkRequest, *, dispatch: bool = True) -> JobOrder:
        """Release the order's work order and send it to the line."""
        job = job_orders.release(job_order=request.job_orders.get(), by=self.planner, at=self.at)
        if dispatch:
            line = Equipment.objects.get(code=f"LINE-{self.line[1:]}")
            job = dispatching.dispatch(job_order=job, line=line, by=self.planner, at=self.at)
        return job

    def scan(self, job: JobOrder, operation: str, code: str, quantity: Decimal | None = None) -> None:
        """One scan; anything but a refusal is fine."""
        self.scanned += 1
        station = Equipment.objects.select_related("parent").get(code=f"{self.line}-{operation}")
        outcome = scans.accept(
            code=code, station=station, event_id=uuid.uuid5(NAMESPACE, f"{job.number}/{self.scanned}"),
            job_order=job.number, device=f"tablet-{station.code}", by=self.operator, at=self.at, quantity=quantity,
        )
        if outcome.outcome == "refused":
            raise SeedError(f"{station.code} {code}: {outcome.message}")

    def load(self, job: JobOrder, operation: str, only: dict[str, Decimal] | None = None) -> None:
        """Bring the raw lots of an operation to its station: all that the work order needs, or `only` so much."""
        for material in MATERIALS.get(operation, []):
            self.scan(job, operation, self.stock[material].number, (only or {}).get(material))

    def work(self, job: JobOrder, lot: MaterialLot, operation: str, *, finish: bool = True) -> None:
        """Start a lot at an operation and, unless it stays there, finish it."""
        self.scan(job, operation, lot.number)
        self.at += CYCLE
        if finish:
            self.scan(job, operation, lot.number)

    def run(self, job: JobOrder) -> None:
        """Make the whole work order: every lot through every operation."""
        for operation in OPERATIONS:
            self.load(job, operation)
        for lot in lots_of(job):
            for operation in OPERATIONS:
                self.work(job, lot, operation)


def lots_of(job: JobOrder) -> list[MaterialLot]:
    """The lots that a work order makes, in their order."""
    return list(MaterialLot.objects.filter(job_order=job.number).order_by("number"))
