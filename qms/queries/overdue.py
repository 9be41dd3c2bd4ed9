"""What should have been answered by now, and how far up it has been told."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from plant.models import Person, Role
from qms.models import (
    DELIVERED,
    ApqpDeliverable,
    CapaAction,
    CapaStatus,
    Complaint,
    CorrectiveAction,
    Document,
    FmeaAction,
    FmeaActionStatus,
    Inspection,
    Nonconformance,
    NonconformanceStatus,
    SupplierPaper,
    SupplierRequest,
)
from qms.queries import complaints, documents, inspections, supplier_requests, suppliers

Planned = FmeaAction | ApqpDeliverable
# What has an owner who is told first, and days instead of hours.
Owned = CorrectiveAction | CapaAction | Document | SupplierRequest | SupplierPaper | Complaint | Planned
Subject = Nonconformance | Inspection | Owned
# How long after it was due a step is taken: the first to the role that it goes to, the next ones further up.
STEPS = (timedelta(0), timedelta(hours=1), timedelta(hours=8))
# A CAPA has days, not hours: first its owner is told, a day later the quality manager.
CAPA_STEPS = (timedelta(0), timedelta(days=1))
MANAGER_STEP = 2
CHECK_WITHIN = timedelta(days=7)  # after the day from which the effectiveness may be judged
RUNNING = (CapaStatus.OPEN, CapaStatus.ACTIONS)


def due_of(subject: Subject) -> datetime | None:
    """Until when it must be done: for a CAPA its actions, then its check."""
    if isinstance(subject, CorrectiveAction) and subject.status == CapaStatus.EFFECTIVENESS:
        return subject.check_due_at + CHECK_WITHIN
    return subject.due_at


def step_of(subject: Subject, at: datetime) -> int:
    """How many steps should have been taken by now."""
    due = due_of(subject)
    steps = CAPA_STEPS if isinstance(subject, Owned) else STEPS
    return sum(at >= due + after for after in steps) if due else 0


def nonconformances(at: datetime) -> "QuerySet[Nonconformance]":
    """Nonconformances that nobody has taken on in time, with a step to take perhaps."""
    rows = Nonconformance.objects.filter(status=NonconformanceStatus.OPEN, due_at__lte=at)
    return rows.filter(escalations__lt=len(STEPS)).order_by(F("due_at").asc())


def tasks(at: datetime) -> "QuerySet[Inspection]":
    """Inspections that nobody has decided in time, with a step to take perhaps."""
    return inspections.overdue(at).filter(escalations__lt=len(STEPS)).order_by("due_at")


def capas(at: datetime) -> "QuerySet[CorrectiveAction]":
    """CAPAs whose actions should be done, or whose check should be made, with a step to take perhaps."""
    late = Q(status__in=RUNNING, due_at__lte=at) | (
        Q(status=CapaStatus.EFFECTIVENESS, check_due_at__lte=at - CHECK_WITHIN) & ~Q(effective=True)
    )
    rows = CorrectiveAction.objects.filter(late, escalations__lt=len(CAPA_STEPS))
    return rows.select_related("owner").order_by("due_at")


def actions(at: datetime) -> "QuerySet[CapaAction]":
    """Actions of running CAPAs that should be done, with a step to take perhaps."""
    rows = CapaAction.objects.filter(done_at__isnull=True, due_at__lte=at, capa__status__in=RUNNING)
    return rows.filter(escalations__lt=len(CAPA_STEPS)).select_related("owner", "capa").order_by("due_at")


def fmea_actions(at: datetime) -> "QuerySet[FmeaAction]":
    """Actions of FMEAs that should be done, with a step to take perhaps."""
    rows = FmeaAction.objects.filter(
        status__in=(FmeaActionStatus.OPEN, FmeaActionStatus.IN_PROGRESS), due_at__lte=at,
        escalations__lt=len(CAPA_STEPS),
    )
    return rows.select_related("owner", "line__fmea").order_by("due_at")


def deliverables(at: datetime) -> "QuerySet[ApqpDeliverable]":
    """What running APQP projects should have delivered, with a step to take perhaps."""
    rows = ApqpDeliverable.objects.filter(
        phase__project__status="RUNNING", owner__isnull=False, due_at__lte=at, escalations__lt=len(CAPA_STEPS)
    ).exclude(status__in=DELIVERED)
    return rows.select_related("owner", "phase__project").order_by("due_at")


def all_of(at: datetime) -> list[Subject]:
    """Everything that waits too long."""
    owned = (documents.overdue(at), supplier_requests.overdue(at), suppliers.expired(at), complaints.overdue(at))
    late = [one for rows in owned for one in rows.filter(escalations__lt=len(CAPA_STEPS))]
    planned: list[Subject] = [*fmea_actions(at), *deliverables(at)]
    return [*nonconformances(at), *tasks(at), *capas(at), *actions(at), *late, *planned]


def owner_of(subject: Owned) -> Any:
    """Who is told first; what has no owner is never late."""
    return subject.owner


def told_to(subject: Subject, step: int) -> Any:
    """Who hears of a step: for a CAPA its owner, then the manager; else the role that it goes to."""
    if isinstance(subject, Owned):
        return owner_of(subject).number if step < MANAGER_STEP else Role.QUALITY_MANAGER
    return subject.owner_role if isinstance(subject, Nonconformance) else Role.INSPECTOR


def concerns(person: Person) -> Q:
    """What is a person's own; for a quality manager also what its owner has let lie."""
    own = Q(owner=person)
    return own | Q(escalations__gte=MANAGER_STEP) if Role.QUALITY_MANAGER in person.roles else own
