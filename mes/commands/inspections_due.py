"""Inspections that something at a station makes due: pieces, minutes, a set-up, a tool, a shift, a stop; and the truck.

What makes one due is the same as for an operator's check (`mes/due_checks.py`); what is made is a task of quality.
"""

from datetime import datetime
from itertools import groupby

from mes import due_checks
from mes.commands.checks_due import locked_row
from mes.models import JobSegment
from mes.queries import check_facts, checks
from plant.locks import lock
from plant.models import Equipment
from plant.queries import persons
from plant.transactions import command
from qms.commands import inspections
from qms.models import ControlPlanLine, FloorTrigger, Inspection, InspectionKind
from traceability.models import MaterialLot

KINDS = dict.fromkeys((FloorTrigger.FIRST_PIECE, FloorTrigger.JOB), InspectionKind.FIRST_ARTICLE)


@command
def bring_due(
    *, row: JobSegment, operation: str, station: Equipment, lot: MaterialLot, at: datetime
) -> list[Inspection]:
    """Ask for the inspections that the control plan names for what happened here; each event asks once.

    The lot is locked before the operation, as by a report; whoever comes second finds the first one's task.
    """
    lines = checks.at_stations(lot.material, operation, at=at)
    if not lines:
        return []
    lock(MaterialLot.objects.filter(pk=lot.pk))
    row = locked_row(row)
    facts = check_facts.of(row, station, at=at)
    made = []
    for (trigger, every, kind), group in groupby(sorted(lines, key=key), key=key):
        prefix = f"{row.job_order.number}:{operation}:{station.code}:{every}:{kind}:"
        last = Inspection.objects.filter(trigger__startswith=f"{prefix}{trigger.lower()}:").order_by("-created_at")
        base = last.values_list("created_at", flat=True).first()
        why = due_checks.occasion(trigger, every or None, facts, checked_at=base, at=at)
        if why is None or Inspection.objects.filter(trigger=prefix + why.key).exists():
            continue
        made.append(inspections.create(
            kind=kind or KINDS.get(FloorTrigger(trigger), InspectionKind.PATROL), lot=lot, lines=list(group),
            trigger=prefix + why.key, job_order=row.job_order.number, operation=operation, equipment=station,
            by=persons.system("mes"), at=at,
        ))
    return made


def key(line: ControlPlanLine) -> tuple[str, int, str]:
    """Lines that become one task: the same event, the same kind."""
    return line.trigger, line.every or 0, line.inspection_kind


@command
def sweep(*, at: datetime, station: Equipment | None = None) -> int:
    """Ask for what time and machines made due where parts are in work; how many inspections that made."""
    return sum(
        len(bring_due(row=row, operation=row.segment.code, station=place, lot=lot, at=at))
        for row, place, lot in checks.at_work(at, station)
    )


def before_shipping(lot: MaterialLot, *, at: datetime) -> Inspection | None:
    """Ask for the outgoing inspection of a lot that is picked; one that blocks keeps it from leaving until decided."""
    lines = checks.before_shipping(lot.material, at=at)
    if not lines:
        return None
    return inspections.create(
        kind=InspectionKind.OUTGOING, lot=lot, lines=lines, trigger=f"shipping:{lot.number}", job_order=lot.job_order,
        by=persons.system("mes"), at=at,
    )
