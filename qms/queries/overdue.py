"""What should have been answered by now, and how far up it has been told."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from qms.models import Inspection, Nonconformance, NonconformanceStatus
from qms.queries import inspections

# How long after it was due a step is taken: the first to the role that it goes to, the next ones further up.
STEPS = (timedelta(0), timedelta(hours=1), timedelta(hours=8))


def step_of(due_at: datetime, at: datetime) -> int:
    """How many steps should have been taken by now."""
    return sum(at >= due_at + after for after in STEPS)


def nonconformances(at: datetime) -> "QuerySet[Nonconformance]":
    """Nonconformances that nobody has taken on in time, with a step to take perhaps."""
    rows = Nonconformance.objects.filter(status=NonconformanceStatus.OPEN, due_at__lte=at)
    return rows.filter(escalations__lt=len(STEPS)).order_by(F("due_at").asc())


def tasks(at: datetime) -> "QuerySet[Inspection]":
    """Inspections that nobody has decided in time, with a step to take perhaps."""
    return inspections.overdue(at).filter(escalations__lt=len(STEPS)).order_by("due_at")
