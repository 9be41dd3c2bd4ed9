"""Inspections that somebody asks for: a lot on the shelf, a test in the laboratory, a look at what is in work."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from qms.commands import inspections
from qms.models import Inspection, InspectionKind
from qms.queries import plans
from traceability.models import MaterialLot

ASKED = (
    InspectionKind.STOCK, InspectionKind.LAB, InspectionKind.PATROL, InspectionKind.FIRST_ARTICLE,
    InspectionKind.INCOMING, InspectionKind.IN_PROCESS, InspectionKind.FINAL, InspectionKind.OUTGOING,
)


class NotAsked(Refusal):
    """An inspection that nobody can carry out."""

    code = "inspection-not-asked"


@command
def ask(
    *, lot: MaterialLot, kind: str, operation: str, reason: str, key: str, by: Person, at: datetime,
    blocking: bool = False,
) -> Inspection:
    """Ask for an inspection by the lines that the plan in effect has for an operation; one key asks once."""
    policies.check(by, "inspection.create", on=lot)
    if not reason.strip():
        raise NotAsked(_("Say why it is inspected."), facts={"field": "reason"})
    if kind not in ASKED:
        raise NotAsked(_("Choose the kind of inspection."), facts={"field": "kind"})
    lines = [line for line in plans.askable(lot.material, at) if line.operation == operation]
    if not lines:
        message = _("The control plan of %(material)s asks for no inspection at “%(operation)s”. Choose another "
                    "operation.")
        words = {"material": lot.material.code, "operation": operation}
        raise NotAsked(message % words, facts={"field": "operation"})
    trigger = f"asked:{lot.number}:{key}"[:160]
    known = Inspection.objects.filter(trigger=trigger).first()
    if known is not None:
        return known
    task = inspections.create(
        kind=kind, lot=lot, trigger=trigger, lines=lines, by=by, at=at, job_order=lot.job_order, operation=operation,
        blocking=blocking,
    )
    journal.record("inspection.asked", subject=task, by=by, reason=reason.strip(), data={"lot": lot.number})
    return task
