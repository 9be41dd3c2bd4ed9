"""What lies on the quality engineer's desk: how old and how grave, what is repeated, what is one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from plant import scoping
from plant.models import Person
from qms.models import (
    CapaAction,
    CapaStatus,
    CorrectiveAction,
    Nonconformance,
    NonconformanceStatus,
    Severity,
)
from qms.queries import nonconformances

AGES = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
SOON = timedelta(days=7)
RUNNING = (CapaStatus.OPEN, CapaStatus.ACTIONS)


@dataclass(frozen=True)
class Line:
    """One severity with a number for each column."""

    severity: str
    label: Any
    counts: list[int]


def cases_by_age(person: Person, at: datetime) -> list[Line]:
    """Open nonconformances: severity by age (a day, a week, a month, older)."""
    rows = scoping.visible(Nonconformance.objects.filter(status__in=nonconformances.OPEN), person)
    edges = [at - age for age in AGES]
    columns = {
        "a": Q(opened_at__gte=edges[0]), "b": Q(opened_at__lt=edges[0], opened_at__gte=edges[1]),
        "c": Q(opened_at__lt=edges[1], opened_at__gte=edges[2]), "d": Q(opened_at__lt=edges[2]),
    }
    return _lines(rows, columns)


def capas_by_risk(person: Person, at: datetime) -> list[Line]:
    """CAPAs that are not closed: severity by overdue, due within a week, later, being watched."""
    rows = scoping.visible(CorrectiveAction.objects.exclude(status=CapaStatus.CLOSED), person)
    columns = {
        "a": Q(status__in=RUNNING, due_at__lt=at), "b": Q(status__in=RUNNING, due_at__gte=at, due_at__lt=at + SOON),
        "c": Q(status__in=RUNNING, due_at__gte=at + SOON), "d": Q(status=CapaStatus.EFFECTIVENESS),
    }
    return _lines(rows, columns)


def _lines(rows: Any, columns: dict[str, Q]) -> list[Line]:
    """One statement: a count for each severity and column, the gravest first."""
    counts = {name: Count("pk", filter=rule) for name, rule in columns.items()}
    found = {row["severity"]: row for row in rows.order_by().values("severity").annotate(**counts)}
    return [
        Line(value, label, [found.get(value, {}).get(name, 0) for name in columns])
        for value, label in reversed(Severity.choices)
    ]


def repeated(person: Person, at: datetime) -> list[Nonconformance]:
    """Those of the last month that were there before and have no CAPA yet, the most often repeated first."""
    rows = nonconformances.listing().filter(repeats__gte=1, opened_at__gte=at - AGES[2], capa_links__isnull=True)
    return list(scoping.visible(rows, person).order_by("-repeats", "-opened_at")[:8])


def oldest(person: Person) -> list[Nonconformance]:
    """The oldest that are still open."""
    rows = nonconformances.listing().exclude(status=NonconformanceStatus.CLOSED)
    return list(scoping.visible(rows, person).order_by("opened_at")[:8])


def actions(person: Person) -> list[CapaAction]:
    """What the person has to do for CAPAs, by due day."""
    rows = CapaAction.objects.filter(owner=person, done_at__isnull=True, capa__status__in=RUNNING)
    return list(scoping.visible(rows, person).select_related("capa", "place").order_by("due_at")[:12])
