"""Inspection tasks: made once per trigger, measured sample by sample, decided by the numbers."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms import statements
from qms.commands import nonconformances
from qms.models import (
    ControlPlanLine,
    Inspection,
    InspectionItem,
    InspectionResult,
    InspectionStatus,
    NonconformanceSource,
    Verdict,
)
from qms.queries import inspections as reading
from traceability.commands import holds
from traceability.gate import Cause
from traceability.models import CauseKind, Hold, MaterialLot, Source

DUE_WITHIN = timedelta(hours=1)


class ResultRefused(Refusal):
    """A result that can't be written."""

    code = "result-refused"


class NotMeasured(Refusal):
    """A verdict asked for before everything was measured."""

    code = "not-measured"


def cause_of(inspection: Inspection) -> Cause:
    """The cause of the hold that waits for this inspection."""
    return Cause(CauseKind.INSPECTION, inspection.number)


@command
def create(
    *, kind: str, lot: MaterialLot, trigger: str, lines: Iterable[ControlPlanLine], by: Person, at: datetime,
    job_order: str = "", operation: str = "", equipment: Equipment | None = None, blocking: bool = False,
    due_at: datetime | None = None,
) -> Inspection:
    """Ask for an inspection. The same trigger never makes two; the limits of now are copied into it."""
    policies.check(by, "inspection.create")
    checks = list(lines)
    if not checks:
        raise ResultRefused(_("The control plan names nothing to inspect here. Add a line to it first."))
    is_blocking = blocking or any(line.blocking for line in checks)
    defaults: dict[str, Any] = {
        "number": lambda: numbering.next_number("inspection"), "kind": kind, "lot": lot, "site_id": lot.site_id,
        "job_order": job_order, "operation": operation, "equipment": equipment, "blocking": is_blocking,
        "due_at": due_at or at + DUE_WITHIN, "created_at": at,
    }
    task, is_new = Inspection.objects.get_or_create(trigger=trigger, defaults=defaults)
    if not is_new:
        return task
    InspectionItem.objects.bulk_create(
        InspectionItem(
            inspection=task, characteristic=line.characteristic, sample_size=line.sample_size,
            lower=line.characteristic.lower, upper=line.characteristic.upper,
        )
        for line in checks
    )
    journal.record("inspection.created", subject=task, by=by, data={"lot": lot.number, "trigger": trigger})
    if is_blocking:
        reason = statements.awaiting(task.number)
        holds.contain(lots=[lot], cause=cause_of(task), reason=reason, by=by, at=at)
    live.push("news", "inspection", {"number": task.number, "lot": lot.number, "kind": kind, "blocking": is_blocking})
    return task


@command
def record(
    *, inspection: Inspection, item: InspectionItem, sample: int, value: float, by: Person, at: datetime,
    source: int = Source.MANUAL, supersedes_reason: str = "",
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
    result = InspectionResult.objects.create(
        item=item, sample=sample, value=value, passed=reading.is_within(item, value), source=source,
        supersedes=former, reason=supersedes_reason.strip(), by=by, at=at,
    )
    if task.status == InspectionStatus.OPEN:
        journal.move(task, to=InspectionStatus.IN_PROGRESS, by=by, inspector=by)
    code = item.characteristic.code
    data = {"characteristic": code, "sample": sample, "value": value, "passed": result.passed}
    kind = "inspection.corrected" if former else "inspection.measured"
    journal.record(kind, subject=task, by=by, reason=result.reason, data=data)
    return result


def check_sample(task: Inspection, item: InspectionItem, sample: int, value: float) -> None:
    """Refuse a result for another task, an unknown sample, or something that is no number."""
    if task.status not in reading.TO_DO:
        message = _("%(number)s is “%(status)s” and takes no more results.")
        raise ResultRefused(message % {"number": task.number, "status": task.get_status_display()})
    if item.inspection_id != task.pk or not 1 <= sample <= item.sample_size:
        raise ResultRefused(_("This sample is not part of %(number)s. Reload the page.") % {"number": task.number})
    if not math.isfinite(value) or abs(value) >= 1e300:
        raise ResultRefused(_("This is not a number that can be measured. Enter the value from the instrument."))


@command
def decide(*, inspection: Inspection, by: Person, at: datetime) -> Inspection:
    """Decide by the results: passed frees the lot from this inspection, failed opens a nonconformance that holds it."""
    policies.check(by, "inspection.decide", inspection=inspection.number)
    lot = lock(MaterialLot.objects.filter(pk=inspection.lot_id))[0]
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    states = reading.items(task)
    missing = [state.item.characteristic.name for state in states if not state.is_complete]
    if missing:
        message = _("%(number)s can't be decided yet: %(missing)s is not measured.")
        raise NotMeasured(message % {"number": task.number, "missing": ", ".join(missing)})
    verdict = Verdict.PASS if all(state.passed for state in states) else Verdict.FAIL
    fields: dict[str, Any] = {"verdict": verdict, "decided_at": at, "inspector": by}
    journal.move(task, to=InspectionStatus.DECIDED, by=by, data={"verdict": verdict, "lot": lot.number}, **fields)
    if verdict == Verdict.FAIL:
        reject(task, lot, [state for state in states if not state.passed], by=by, at=at)
    let_go(task, statements.decided(task.number, verdict), by=by, at=at)
    live.push("news", "inspection-decided", {"number": task.number, "lot": lot.number, "verdict": str(verdict)})
    return task


def reject(
    task: Inspection, lot: MaterialLot, failed: list[reading.ItemState], *, by: Person, at: datetime
) -> None:
    """A failed inspection is a nonconformance, which holds the lot before the inspection lets it go."""
    characteristics = [state.item.characteristic for state in failed]
    nonconformances.open(
        title=statements.failed(task.number, characteristics), lots=[lot],
        source_kind=NonconformanceSource.INSPECTION, source_id=task.number, equipment=task.equipment,
        characteristic=characteristics[0], by=by, at=at,
    )


def let_go(task: Inspection, reason: str, *, by: Person, at: datetime) -> None:
    """Release what waited for this inspection, and nothing else."""
    cause = cause_of(task)
    waiting = Hold.objects.filter(cause_kind=cause.kind, cause_id=cause.id, released_at__isnull=True)
    for lot in MaterialLot.objects.filter(holds__in=waiting).order_by("pk"):
        holds.release_cause(lot=lot, cause=cause, reason=reason, by=by, at=at)
