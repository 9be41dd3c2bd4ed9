"""Handing up what is overdue: to its owner and the team leaders at once, each day after to the managers."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from plant.commands import desks, journal
from plant.models import Person, Role
from plant.queries import people
from plant.transactions import command

AGAIN = timedelta(hours=24)  # what is still not done is handed up once more


@command
def hand_up(
    *, row: Any, subject: Model, kind: str, what: Callable[[], str], by: Person, at: datetime, reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> bool:
    """Take the step that is due of a row with `due_at`, `escalations` and `owner`, once, as long as its state is as
    it was read; whether one was taken."""
    step = 1 + (at - row.due_at) // AGAIN
    rows = type(row)._default_manager.filter(pk=row.pk, status=row.status, escalations__lt=step)
    if not rows.update(escalations=step):
        return False
    role = Role.TEAM_LEADER if step == 1 else Role.QUALITY_MANAGER
    told = {one.pk: one for one in people.holding(role)}
    if row.owner is not None:
        told[row.owner.pk] = row.owner
    journal.record(kind, subject=subject, by=by, reason=reason, data={"step": step, "to": role, **(data or {})})
    desks.escalate(subject=subject, what=what, people=told.values(), by=by, at=at)
    return True
