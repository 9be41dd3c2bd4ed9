"""Inspection tasks: made once per trigger, measured sample by sample, decided by the numbers."""

import math
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms import statements
from qms.commands import series
from qms.commands.measuring import check_measures
from qms.commands.verdicts import NotMeasured, cause_of, decide
from qms.models import (
    ControlPlanLine,
    Gauge,
    Inspection,
    InspectionItem,
    InspectionKind,
    InspectionResult,
    InspectionStatus,
    Verdict,
)
from qms.queries import inspections as reading
from traceability.commands import holds
from traceability.models import MaterialLot, Source

__all__ = [
    "NotMeasured", "ResultRefused", "begin", "cause_of", "check_again", "check_open", "check_sample", "create",
    "decide", "record", "repeat",
]

DUE_WITHIN = timedelta(hours=1)


class ResultRefused(Refusal):
    """A result that can't be written."""

    code = "result-refused"


@command
def create(
    *, kind: str, lot: MaterialLot, trigger: str, lines: Iterable[ControlPlanLine], by: Person, at: datetime,
    job_order: str = "", operation: str = "", equipment: Equipment | None = None, blocking: bool = False,
    due_at: datetime | None = None,
) -> Inspection:
    """Ask for an inspection. The same trigger never makes two; limits and sampling plans of now are copied into it."""
    policies.check(by, "inspection.create")
    checks = list(lines)
    if not checks:
        raise ResultRefused(_("The control plan names nothing to inspect here. Add a line to it first."))
    task = Inspection(
        kind=kind, lot=lot, site_id=lot.site_id, trigger=trigger, job_order=job_order, operation=operation,
        equipment=equipment, blocking=blocking or any(line.blocking for line in checks),
        due_at=due_at or at + DUE_WITHIN, created_at=at,
    )
    return _ask(task, lambda: series.plan_items(lines=checks, lot=lot), by=by, at=at)


def _ask(task: Inspection, items: Callable[[], list[InspectionItem]], *, by: Person, at: datetime) -> Inspection:
    """Write a task with its items unless its trigger has one already, and let the lot wait where it blocks."""
    lot = lock(MaterialLot.objects.filter(pk=task.lot_id))[0]
    former = Inspection.objects.filter(trigger=task.trigger).first()
    if former is not None:
        return former
    task.number = numbering.next_number("inspection")
    task.save()
    rows = items()
    for row in rows:
        row.inspection = task
    InspectionItem.objects.bulk_create(rows)
    journal.record("inspection.created", subject=task, by=by, data={"lot": lot.number, "trigger": task.trigger})
    if task.blocking:
        holds.contain(lots=[lot], cause=cause_of(task), reason=statements.awaiting(task.number), by=by, at=at)
    news = {"number": task.number, "lot": lot.number, "kind": task.kind, "blocking": task.blocking}
    live.push("news", "inspection", news)
    return task


@command
def repeat(*, inspection: Inspection, reason: str, by: Person, at: datetime) -> Inspection:
    """Inspect a rejected lot once more, by the same plans; the first verdict stays, and so does what it held."""
    policies.check(by, "inspection.repeat", inspection=inspection.number)
    if not reason.strip():
        raise ResultRefused(_("Say why the lot is inspected again."), code="reason-needed", facts={"field": "reason"})
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    if task.verdict != Verdict.FAIL or task.repeated_by.exists():
        message = _("%(number)s can't be repeated: only the last inspection that a lot failed can.")
        raise ResultRefused(message % {"number": task.number})
    again = Inspection(
        kind=task.kind, lot=task.lot, site_id=task.site_id, trigger=f"again:{task.number}", job_order=task.job_order,
        operation=task.operation, equipment=task.equipment, due_at=at + DUE_WITHIN, created_at=at, repeats=task,
    )
    _ask(again, lambda: [_once_more(item) for item in task.items.all()], by=by, at=at)
    journal.record("inspection.repeated", subject=task, by=by, reason=reason.strip(), data={"again": again.number})
    return again


def _once_more(item: InspectionItem) -> InspectionItem:
    """The same check, outside the series: lots that are submitted again change nothing there (ISO 2859-1, 7.4)."""
    kept = ("characteristic", "plan_line", "gauge_type", "sample_size", "lower", "upper", "sampling", "lot_size",
            "standard", "level", "aql", "severity", "letter", "ac", "re")
    return InspectionItem(**{name: getattr(item, name) for name in kept})


@command
def check_again(*, item: InspectionItem, trigger: str, by: Person, at: datetime) -> Inspection:
    """Have one characteristic of a lot checked anew, and hold the lot meanwhile: what was measured is in doubt."""
    policies.check(by, "inspection.create")
    former = item.inspection
    task = Inspection(
        kind=InspectionKind.REINSPECTION, lot=former.lot, site_id=former.site_id, trigger=trigger,
        job_order=former.job_order, operation=former.operation, equipment=former.equipment, blocking=True,
        due_at=at + DUE_WITHIN, created_at=at,
    )
    row = _once_more(item)
    row.gauge_type = item.characteristic.gauge_type or item.gauge_type  # what it takes now
    return _ask(task, lambda: [row], by=by, at=at)


@command
def record(
    *, inspection: Inspection, item: InspectionItem, sample: int, value: float, by: Person, at: datetime,
    source: int = Source.MANUAL, supersedes_reason: str = "", gauge: Gauge | None = None,
) -> InspectionResult:
    """Write one measured sample. A correction keeps the old value beside it and says why."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    check_sample(task, item, sample, value)
    former = InspectionResult.objects.filter(item=item, sample=sample, superseded_by__isnull=True).first()
    if former is not None and former.value == value:
        return former
    if former is not None and not supersedes_reason.strip():
        message = _("Sample %(sample)s has the value %(value)s already. Say why you correct it.")
        words = {"sample": sample, "value": former.value}
        raise ResultRefused(message % words, code="reason-needed", facts={"field": "reason"})
    check_measures(item.gauge_type, gauge, characteristic=item.characteristic, by=by, at=at)
    result = InspectionResult.objects.create(
        item=item, sample=sample, value=value, passed=reading.is_within(item, value), source=source, gauge=gauge,
        supersedes=former, reason=supersedes_reason.strip(), by=by, at=at,
    )
    begin(task, by=by)
    code = item.characteristic.code
    data = {"characteristic": code, "sample": sample, "value": value, "passed": result.passed}
    data |= {"gauge": gauge.code} if gauge else {}
    kind = "inspection.corrected" if former else "inspection.measured"
    journal.record(kind, subject=task, by=by, reason=result.reason, data=data)
    live.push(f"inspection.{task.number}", "measured")
    return result


def begin(task: Inspection, *, by: Person) -> None:
    """With its first result a task is in somebody's hands."""
    if task.status == InspectionStatus.OPEN:
        journal.move(task, to=InspectionStatus.IN_PROGRESS, by=by, inspector=by)


def check_open(task: Inspection) -> None:
    """Refuse results of a task that is over."""
    if task.status not in reading.TO_DO:
        message = _("%(number)s is “%(status)s” and takes no more results.")
        raise ResultRefused(message % {"number": task.number, "status": task.get_status_display()})


def check_sample(task: Inspection, item: InspectionItem, sample: int, value: float) -> None:
    """Refuse a result for another task, an unknown sample, or something that is no number."""
    check_open(task)
    if item.inspection_id != task.pk or sample not in reading.samples_of(item):
        raise ResultRefused(_("This sample is not part of %(number)s. Reload the page.") % {"number": task.number})
    if not math.isfinite(value) or abs(value) >= 1e300:
        raise ResultRefused(_("This is not a number that can be measured. Enter the value from the instrument."))
