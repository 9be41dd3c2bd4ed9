"""Alarms of whatever kind, as they wait: for whom, how late, and whether they rest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q
from django.db.models.functions import Now

from plant.models import Person

OPEN, ACKNOWLEDGED = "OPEN", "ACKNOWLEDGED"
ALIVE = (OPEN, ACKNOWLEDGED)
AlarmT = TypeVar("AlarmT")


def waiting_for(person: Person) -> Q:
    """What asks a person: alarms of their roles that nobody answered and that were not put off, those given to them,
    and those of theirs that are not settled in time."""
    mine = Q(owner_role__in=list(person.roles)) | Q(owner=person)
    asks = Q(status=OPEN) & (Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=Now()))
    return (mine & asks) | Q(status=ACKNOWLEDGED, owner=person, respond_by__lt=Now())


def marked_late(rows: Iterable[AlarmT], at: datetime) -> list[AlarmT]:
    """The rows, each with whether it waits too long as `is_late`, and whether it was put off as `is_resting`."""
    found: list[Any] = list(rows)
    for row in found:
        is_open = row.status == OPEN
        passed = row.status in ALIVE and row.respond_by < at
        row.is_late = passed or (is_open and row.escalations > 0)
        row.is_resting = is_open and row.snoozed_until is not None and row.snoozed_until > at
    return found
