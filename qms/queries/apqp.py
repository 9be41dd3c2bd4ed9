"""APQP projects read: how far each is, what its next gate waits for, and what a PPAP submission holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plant.models import Person
from qms import apqp_template
from qms.models import (
    DELIVERED,
    ApqpDeliverable,
    ApqpPhase,
    ApqpProject,
    PhaseStatus,
    ProjectStatus,
    ReportResult,
    ValidationReport,
)

SHOWN = 5
REPORTS = 3  # of a deliverable, named in a refusal


def listing() -> QuerySet[ApqpProject]:
    """Every project: the phase it is in, how much is delivered of what gates wait for."""
    wanted = ApqpDeliverable.objects.filter(phase__project=OuterRef("pk"), is_required=True).order_by()
    now = ApqpPhase.objects.filter(project=OuterRef("pk"), status=PhaseStatus.OPEN).order_by().values("project")
    return ApqpProject.objects.select_related("material", "customer", "owner").annotate(
        wanted=_count(wanted), done=_count(wanted.filter(status__in=DELIVERED)),
        phase_now=Coalesce(Subquery(now.annotate(n=Min("number")).values("n"), output_field=IntegerField()), 0),
    )


def _count(rows: "QuerySet[ApqpDeliverable]") -> Coalesce:
    counted = rows.values("phase__project").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def deliverables() -> QuerySet[ApqpDeliverable]:
    """What running projects deliver."""
    rows = ApqpDeliverable.objects.filter(phase__project__status=ProjectStatus.RUNNING)
    return rows.select_related("phase__project__material", "owner")


def marked_late(rows: Sequence[Any], at: datetime) -> Sequence[Any]:
    """The rows, each with whether it should be delivered by now as `is_late`."""
    for row in rows:
        row.is_late = row.status not in (*DELIVERED, ProjectStatus.CLOSED, ProjectStatus.CANCELLED) and row.due_at < at
    return rows


def phases_of(project: ApqpProject) -> list[ApqpPhase]:
    """The phases with their deliverables."""
    rows = project.phases.select_related("passed_by", "project").prefetch_related(
        "deliverables__owner", "deliverables__ended_by", "deliverables__reports"
    )
    return list(rows.order_by("number"))


def waiting_for(phase: ApqpPhase) -> list[ApqpDeliverable]:
    """What the gate of a phase waits for."""
    rows = ApqpDeliverable.objects.filter(phase=phase, is_required=True).exclude(status__in=DELIVERED)
    return list(rows.order_by("position", "pk"))


def why_not_pass(phase: ApqpPhase, by: Person) -> str:
    """Why this person can't sign a gate now, or nothing."""
    if phase.status == PhaseStatus.PASSED:
        return _("This gate is passed already.")
    if ApqpPhase.objects.filter(project=phase.project_id, number__lt=phase.number).exclude(
        status=PhaseStatus.PASSED
    ).exists():
        return _("The gates are passed in their order. Sign the one before first.")
    if left := waiting_for(phase):
        names = ", ".join(one.title for one in left[:SHOWN]) + (" …" if len(left) > SHOWN else "")
        return _("The gate waits for %(count)s deliverables: %(names)s.") % {"count": len(left), "names": names}
    if by.pk == phase.project.owner_id:
        return _("You lead this project. Another person signs its gates.")
    return ""


def why_not_proved(deliverable: ApqpDeliverable) -> str:
    """Why the reports of a deliverable do not prove it yet, or nothing."""
    standing = list(deliverable.reports.filter(replaced_by__isnull=True))
    if not standing:
        return _("It is proved by reports, and there is none yet. Add one.")
    failed = [one.number for one in standing if one.result == ReportResult.FAIL]
    if failed:
        message = _("Reports that failed are not replaced yet: %(numbers)s.")
        return message % {"numbers": ", ".join(failed[:REPORTS])}
    return ""


def seen(phase: ApqpPhase) -> dict[str, Any]:
    """What a person sees and signs at a gate."""
    rows = ApqpDeliverable.objects.filter(phase=phase).prefetch_related("reports").order_by("position", "pk")
    return {
        "project": phase.project.number, "phase": phase.number, "level": phase.project.level,
        "deliverables": [
            [one.name, one.is_required, one.status, one.evidence, [[it.number, it.result] for it in one.reports.all()]]
            for one in rows
        ],
    }


@dataclass(frozen=True, slots=True)
class Submitted:
    """A requirement of PPAP in a project: what its level asks, and how it stands."""

    number: int
    title: str
    asks: str
    deliverables: list[ApqpDeliverable]

    @property
    def is_there(self) -> bool:
        """Everything that answers to it is delivered."""
        return bool(self.deliverables) and all(one.status in DELIVERED for one in self.deliverables)


def submission(project: ApqpProject) -> list[Submitted]:
    """The 18 requirements of PPAP at the project's level."""
    is_chinese = (get_language() or "").startswith("zh")
    rows = ApqpDeliverable.objects.filter(phase__project=project, element__gt=0).order_by("position", "pk")
    found: dict[int, list[ApqpDeliverable]] = {}
    for row in rows.select_related("phase"):
        found.setdefault(row.element, []).append(row)
    return [
        Submitted(one.number, one.name_zh if is_chinese else one.name, apqp_template.asks(one.number, project.level),
                  found.get(one.number, []))
        for one in apqp_template.ELEMENTS
    ]


def reports_of(deliverable: ApqpDeliverable) -> list[ValidationReport]:
    """Its reports with what replaced them."""
    return list(deliverable.reports.select_related("by", "replaces", "replaced_by").order_by("pk"))


def mine(person: Person) -> Q:
    """What is asked of a person."""
    return Q(owner=person)
