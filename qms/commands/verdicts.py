"""The verdict of an inspection: by its numbers, or otherwise by somebody with the authority, who signs why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms import statements
from qms.commands import nonconformances, series
from qms.models import (
    Inspection,
    InspectionItem,
    InspectionStatus,
    NonconformanceSource,
    SamplingSeries,
    SeriesStage,
    Verdict,
)
from qms.queries import inspections as reading
from qms.queries.series import Judged
from traceability.commands import holds
from traceability.gate import Cause
from traceability.models import CauseKind, Hold, MaterialLot


class NotMeasured(Refusal):
    """A verdict asked for before everything was measured."""

    code = "not-measured"


class NotOverridden(Refusal):
    """A verdict against the numbers that can't be given."""

    code = "not-overridden"


def cause_of(inspection: Inspection) -> Cause:
    """The cause of the hold that waits for this inspection."""
    return Cause(CauseKind.INSPECTION, inspection.number)


@command
def decide(*, inspection: Inspection, by: Person, at: datetime) -> Inspection:
    """Decide by the results: passed frees the lot from this inspection, failed opens a nonconformance that holds it."""
    policies.check(by, "inspection.decide", inspection=inspection.number)
    task, lot, states = _ready(inspection)
    return _settle(task, lot, states, reading.computed(states), by=by, at=at)


@command
def override(
    *, inspection: Inspection, verdict: str, reason: str, password: str, seen_hash: str, by: Person, at: datetime,
    restrictions: str = "",
) -> Inspection:
    """Decide otherwise than the numbers, or with restrictions, under a signature; what they said is kept beside it.

    Nobody overrides what they measured themselves.
    """
    policies.check(by, "inspection.override", inspection=inspection.number)
    task, lot, states = _ready(inspection)
    if verdict not in Verdict.values:
        raise NotOverridden(_("Choose the verdict."), facts={"field": "verdict"})
    if verdict == reading.computed(states):
        message = _("That is what the results say. Decide by the results, without a signature.")
        raise NotOverridden(message, facts={"field": "verdict"})
    if (verdict == Verdict.CONDITIONAL) != bool(restrictions.strip()):
        message = _("Say which restrictions the lot is accepted with; a plain verdict has none.")
        raise NotOverridden(message, facts={"field": "restrictions"})
    if by.pk in reading.recorders(task):
        message = _("You measured for %(number)s yourself. Somebody else must decide otherwise than the results.")
        raise NotOverridden(message % {"number": task.number}, code="own-results")
    signature = signatures.sign(
        subject=task, meaning=Meaning.APPROVED, content=reading.seen(task), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    fields = {"signature": signature, "restrictions": restrictions.strip(), "verdict_reason": reason.strip()}
    return _settle(task, lot, states, verdict, by=by, at=at, **fields)


def _ready(inspection: Inspection) -> tuple[Inspection, MaterialLot, list[reading.ItemState]]:
    """The task and its lot, locked, with everything measured."""
    lot = lock(MaterialLot.objects.filter(pk=inspection.lot_id))[0]
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    states = reading.items(task)
    missing = [state.item.characteristic.name for state in states if not state.is_complete]
    if missing:
        message = _("%(number)s can't be decided yet: %(missing)s is not measured.")
        raise NotMeasured(message % {"number": task.number, "missing": ", ".join(missing)})
    return task, lot, states


def _settle(
    task: Inspection, lot: MaterialLot, states: list[reading.ItemState], verdict: str, *, by: Person, at: datetime,
    **signed: Any,
) -> Inspection:
    """Write the verdict, and let it act at once: on the lot, its holds, its series."""
    if verdict != Verdict.FAIL:
        check_accepting(states)
    for state in states:
        InspectionItem.objects.filter(pk=state.item.pk).update(found=state.found, accepted=state.passed)
    numbers = reading.computed(states)
    data = {"verdict": verdict, "lot": lot.number, **({"computed": numbers} if numbers != verdict else {})}
    fields: dict[str, Any] = {"verdict": verdict, "computed": numbers, "decided_at": at, "inspector": by, **signed}
    reason = signed.get("verdict_reason", "")
    journal.move(task, to=InspectionStatus.DECIDED, by=by, reason=reason, data=data, **fields)
    series.note(judged=[Judged(state.item, state.found) for state in states], by=by, at=at)
    if verdict == Verdict.FAIL:
        reject(task, lot, [state for state in states if not state.passed] or states, by=by, at=at)
    if verdict == Verdict.CONDITIONAL:
        data = {"inspection": task.number, "restrictions": task.restrictions}
        journal.record("lot.restricted", subject=lot, by=by, reason=task.restrictions, data=data)
    let_go(task, statements.decided(task.number, verdict), by=by, at=at)
    live.push("news", "inspection-decided", {"number": task.number, "lot": lot.number, "verdict": str(verdict)})
    return task


def check_accepting(states: Iterable[reading.ItemState]) -> None:
    """Nothing of a series whose acceptance is stopped gets in, good as it may look."""
    stopped = [state.item.series for state in states if state.item.series_id]
    for one in stopped:
        if one and SamplingSeries.objects.filter(pk=one.pk, stage=SeriesStage.DISCONTINUED).exists():
            message = _("Acceptance of %(series)s is stopped: five lots were rejected in tightened inspection. "
                        "Let a quality engineer take lots again once the supplier has mended the cause.")
            raise NotMeasured(message % {"series": one}, code="acceptance-stopped", facts={"series": one.pk})


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
