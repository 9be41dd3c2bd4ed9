"""Incoming inspection: a received lot waits for it where its control plan asks for one and it is not skipped."""

from datetime import datetime

from plant.queries import persons
from qms.commands import inspections, series
from qms.models import CheckMethod, FloorTrigger, InspectionKind
from qms.queries import plans
from traceability import arrivals
from traceability.models import MaterialLot

OPERATION = "RECEIPT"  # what the lines of a control plan are for that count at the dock


@arrivals.register
def ask(lot: MaterialLot, at: datetime) -> None:
    """Ask for the inspection that the plan in effect names; a line that blocks holds the lot until it is decided."""
    lines = plans.lines_for(material=lot.material, operation=OPERATION, method=CheckMethod.INSPECTION, at=at)
    lines = [line for line in lines if line.trigger == FloorTrigger.NONE]
    due = series.due(lines=lines, lot=lot, by=persons.system("qms"), at=at)
    for kind, mark, group in plans.by_kind(due, InspectionKind.INCOMING):
        inspections.create(
            kind=kind, lot=lot, trigger=f"receipt:{lot.number}{mark}", lines=group, by=persons.system("qms"), at=at
        )
