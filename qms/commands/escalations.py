"""Telling somebody further up that something waits too long: once for each step."""

from datetime import datetime

from plant import live, policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from qms.models import Inspection, Nonconformance
from qms.queries import overdue


@command
def escalate(*, subject: Nonconformance | Inspection, by: Person, at: datetime) -> bool:
    """Take the step that is due, if nobody has taken it yet; whether one was taken."""
    policies.check(by, "escalation.step")
    if subject.due_at is None:
        return False
    step = overdue.step_of(subject.due_at, at)
    rows = type(subject)._default_manager.filter(pk=subject.pk, escalations__lt=step)
    if not rows.update(escalations=step):
        return False
    kind = f"{subject._meta.model_name}.escalated"
    journal.record(kind, subject=subject, by=by, data={"step": step, "due_at": subject.due_at})
    live.push("news", "escalated", {"kind": subject._meta.model_name, "number": subject.number, "step": step})
    return True
