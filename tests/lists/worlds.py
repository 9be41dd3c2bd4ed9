"""Something in every list of the product, as much as wanted, each row with relations of its own."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from integrations.models import EpcisDocument, PlcState
from mes.models import Deviation, JobOrder, ParameterSpecification, RejectReminder, WorkMaster, WorkRequest
from plant.commands import feedback
from plant.models import Parameter, Role
from qms.models import ControlPlan, Drawing, SamplingSeries
from tests import factories as ground
from tests.integrations import factories as edge
from tests.mes import factories as production
from tests.qms import factories as quality
from tests.qms import planning as planned
from tests.qms.commands.test_apqp import project as begin_project
from tests.qms.commands.test_inspections import task
from tests.spc import factories as numbers
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, MaterialLot, Stream

NOW = ground.NOW


def fill(first: int, last: int) -> None:
    """Rows with these numbers in every list."""
    quality.reaction()
    for number in range(first, last):
        ground.person(f"N{number}", Role.OPERATOR, Role.INSPECTOR, site=ground.site(), pin_failures=9)
        ground.station(f"STATION{number}")
        ground.received(f"R{number}", material=ground.material(f"M{number}"), supplier=ground.supplier(f"S{number}"))
        tell(number)
        decide(number)
        measure(number)
        produce(number)
        stray(number)
        plc = edge.plc(f"PLC-{number}", equipment=ground.station(f"STATION{number}"))
        edge.health(plc, PlcState.ONLINE, timezone.now())
        hear(number)


def hear(number: int) -> None:
    """A document of a partner."""
    EpcisDocument.objects.create(
        sha256=f"{number:064x}", name=f"partner-{number}", site=ground.site(), head={}, events=number, new=number,
        by=ground.person(f"IT{number}", Role.INTEGRATOR), at=NOW + timedelta(minutes=number),
    )


def tell(number: int) -> None:
    """Feedback of one's own that somebody else answered."""
    teller, manager = ground.person("ME", Role.OPERATOR), ground.person(f"QM{number}", Role.QUALITY_MANAGER)
    told = feedback.tell(kind="BROKEN", text=f"Told {number}", page="/", language="en", by=teller, at=NOW)
    feedback.settle(feedback=told, to="DONE", answer="=1+1", by=manager, at=NOW)


def decide(number: int) -> None:
    """A case with a lot, a hold by somebody else, a CAPA of somebody else, an inspection, a plan."""
    lot, someone = quality.board(f"B{number}"), quality.engineer(f"QE{number}")
    case = quality.report(lot)
    holds.place(
        target=Target.lot(lot), cause=Cause(CauseKind.PERSON, f"{number}"), reason="=2+2", by=someone, at=NOW
    )
    quality.capa(case, owner=someone)
    task(quality.board(f"I{number}"), trigger=f"T{number}")
    SamplingSeries.objects.create(
        supplier=ground.supplier(f"S{number}"), material=ground.material(f"M{number}"), site=ground.site(),
        operation="RECEIPT", characteristic=quality.characteristic(), changed_at=NOW,
    )
    ControlPlan.objects.create(
        code=f"CP{number}", name=f"Plan {number}", material=ground.material(f"M{number}"), revision=1, status="DRAFT"
    )
    line = planned.chain(planned.fmea(f"F{number}", material=ground.material(f"M{number}")), mode=f"Fails {number}")
    planned.action(line, owner=someone)
    made = begin_project(material=ground.material(f"M{number}"), customer=ground.supplier(f"S{number}"), owner=someone)
    made.phases.first().deliverables.update(owner=someone)
    Drawing.objects.create(
        code=f"D{number}", revision="A", title="Board", material=ground.material(f"M{number}"), name="d.png",
        media_type="image/png", size=1, sha256="0", key=f"{number}", pages=[[1, 1]], by=someone, at=NOW,
    )


def measure(number: int) -> None:
    """A chart on a stream of its own, out of control; a study of a gauge of its own, concluded."""
    numbers.read(numbers.chart(f"C{number}"), [*numbers.calm(12), 244.0])
    study = numbers.measured(numbers.study(f"S{number}", gauge=f"GAUGE-{number}"))
    numbers.concluded(study)


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
        planned_at=NOW, status="RUNNING",
    )


def stray(number: int) -> None:
    """A golden parameter of a routing of its own, and a deviation that somebody looks after."""
    master = production.master(ground.material(f"G{number}"), code=f"G{number}")
    parameter = Parameter.objects.create(code=f"G{number}", name="Golden", unit=Parameter.objects.first().unit)
    segment = master.segments.first()
    standard = ParameterSpecification.objects.create(segment=segment, parameter=parameter, target=1.0)
    stream = Stream.objects.create(
        code=f"G{number}", parameter=parameter, equipment=ground.station(f"STATION{number}")
    )
    Deviation.objects.create(
        stream=stream, standard=standard, job_order=JobOrder.objects.get(number=f"WO{number}"), side="HIGH", at=NOW,
        seq=1, value=2.0, worst=2.0, last_good_at=NOW, last_at=NOW, owner_role="OPERATOR", respond_by=NOW,
        detected_at=NOW, status="ACKNOWLEDGED", owner=quality.engineer(f"QE{number}"),
        acknowledged_by=quality.engineer(f"QE{number}"),
    )
    RejectReminder.objects.create(
        kind="RAW", key=f"{number}", lot=MaterialLot.objects.get(number=f"R{number}"), bad=2, total=20, percent=5,
        at=NOW, status="CLOSED", answer="=1+1", answered_by=quality.engineer(f"QE{number}"), answered_at=NOW,
    )
