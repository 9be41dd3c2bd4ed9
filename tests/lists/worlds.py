"""Something in every list of the product, as much as wanted, each row with relations of its own."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from integrations.models import PlcState
from mes.models import JobOrder, WorkMaster, WorkRequest
from plant.models import Role
from qms.models import ControlPlan
from tests import factories as ground
from tests.integrations import factories as edge
from tests.mes import factories as production
from tests.qms import factories as quality
from tests.qms.commands.test_inspections import task
from tests.spc import factories as numbers
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

NOW = ground.NOW


def fill(first: int, last: int) -> None:
    """Rows with these numbers in every list."""
    quality.reaction()
    for number in range(first, last):
        ground.person(f"N{number}", Role.OPERATOR, Role.INSPECTOR, site=ground.site(), pin_failures=9)
        ground.station(f"STATION{number}")
        ground.received(f"R{number}", material=ground.material(f"M{number}"), supplier=ground.supplier(f"S{number}"))
        decide(number)
        measure(number)
        produce(number)
        plc = edge.plc(f"PLC-{number}", equipment=ground.station(f"STATION{number}"))
        edge.health(plc, PlcState.ONLINE, timezone.now())


def decide(number: int) -> None:
    """A case with a lot, a hold by somebody else, a CAPA of somebody else, an inspection, a plan."""
    lot, someone = quality.board(f"B{number}"), quality.engineer(f"QE{number}")
    case = quality.report(lot)
    holds.place(
        target=Target.lot(lot), cause=Cause(CauseKind.PERSON, f"{number}"), reason="=2+2", by=someone, at=NOW
    )
    quality.capa(case, owner=someone)
    task(quality.board(f"I{number}"), trigger=f"T{number}")
    ControlPlan.objects.create(
        code=f"CP{number}", name=f"Plan {number}", material=ground.material(f"M{number}"), revision=1, status="DRAFT"
    )


def measure(number: int) -> None:
    """A chart on a stream of its own, out of control."""
    numbers.read(numbers.chart(f"C{number}"), [*numbers.calm(12), 244.0])


def produce(number: int) -> None:
    """A production order and a work order on a line of its own."""
    material = ground.material("BOARD")
    if not WorkMaster.objects.filter(material=material).exists():
        production.master(material)
    request = WorkRequest.objects.create(
        number=f"PO{number}", material=ground.material(f"M{number}"), quantity=5, site=ground.site(),
        customer=ground.supplier(f"S{number}"), due_at=NOW + timedelta(days=number), created_at=NOW,
    )
    JobOrder.objects.create(
        number=f"WO{number}", work_request=request, work_master=WorkMaster.objects.get(material=material),
        quantity=Decimal(5), site=ground.site(), line=ground.line(f"LINE{number}"), due_at=request.due_at,
        status="RUNNING",
    )
