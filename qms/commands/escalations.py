"""Telling somebody further up that something waits too long: once for each step."""

from collections.abc import Iterable
from datetime import datetime

from plant import live, policies
from plant.commands import desks, journal
from plant.models import Person, Role
from plant.queries import people
from plant.transactions import command
from qms.models import (
    ApqpDeliverable,
    ApqpProject,
    CapaAction,
    Complaint,
    CorrectiveAction,
    Document,
    Fmea,
    FmeaAction,
    Inspection,
    Nonconformance,
    Supplier,
    SupplierPaper,
    SupplierRequest,
)
from qms.queries import overdue
from qms.queries.overdue import Subject

Planned = Fmea | ApqpProject
Case = Nonconformance | Inspection | CorrectiveAction | Document | SupplierRequest | Supplier | Complaint | Planned


@command
def escalate(*, subject: Subject, by: Person, at: datetime) -> bool:
    """Take the step that is due, if nobody has taken it yet; whether one was taken."""
    policies.check(by, "escalation.step")
    step = overdue.step_of(subject, at)
    rows = type(subject)._default_manager.filter(pk=subject.pk, escalations__lt=step)
    if not rows.update(escalations=step):
        return False
    data = {"step": step, "due_at": overdue.due_of(subject), "to": overdue.told_to(subject, step)}
    case: Case
    if isinstance(subject, CapaAction):
        case, kind = subject.capa, "correctiveaction.action-escalated"
        data |= {"action": subject.pk, "description": subject.description}
    elif isinstance(subject, SupplierPaper):
        case, kind = subject.supplier, "supplier.paper-expired"
        data |= {"paper": str(subject)}
    elif isinstance(subject, FmeaAction):
        case, kind = subject.line.fmea, "fmea.action-escalated"
        data |= {"action": subject.pk, "description": subject.text}
    elif isinstance(subject, ApqpDeliverable):
        case, kind = subject.phase.project, "apqpproject.deliverable-escalated"
        data |= {"action": subject.pk, "description": subject.name}
    else:
        case, kind = subject, f"{subject._meta.model_name}.escalated"
    journal.record(kind, subject=case, by=by, data=data)
    desks.escalate(subject=case, what=lambda: named(subject), people=concerned(subject, step), by=by, at=at)
    live.push("news", "escalated", {"kind": case._meta.model_name, "number": str(case), "step": step})
    return True


def named(subject: Subject) -> str:
    """Its number and what it is about, in the language of the moment."""
    if isinstance(subject, CapaAction):
        return f"{subject.capa.number} {subject.description}"
    if isinstance(subject, SupplierPaper):
        return f"{subject.supplier.partner.code} {subject}"
    if isinstance(subject, Document):
        return f"{subject} {subject.title}"
    if isinstance(subject, FmeaAction):
        return f"{subject.line.fmea} {subject.text}"
    if isinstance(subject, ApqpDeliverable):
        return f"{subject.phase.project.number} {subject.title}"
    return f"{subject.number} {subject.lot.number if isinstance(subject, Inspection) else subject.title}"


def concerned(subject: Subject, step: int) -> Iterable[Person]:
    """Whose bell moves: a CAPA's owner, then the managers; for everything else those of the role."""
    if isinstance(subject, overdue.Owned):
        return [overdue.owner_of(subject)] if step < overdue.MANAGER_STEP else people.holding(Role.QUALITY_MANAGER)
    return people.holding(str(overdue.told_to(subject, step)))
