"""What quality found, decided and holds."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, words
from integrations.erp import quality_words as own
from integrations.erp import report_words as floor
from integrations.erp.serializers import HoldIn
from integrations.nouns.floor import by_id
from integrations.nouns.noun import Noun, Words, each
from mes.models import JobOrder
from mes.queries import orders
from plant.models import Person
from plant.queries import places
from qms.models import Inspection, InspectionResult, Nonconformance
from qms.queries import inspections
from spc.models import Violation
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold
from traceability.queries import lots

LONGEST: int = Hold._meta.get_field("cause_id").max_length or 0


def take_hold(fields: Words, by: Person, at: datetime) -> tuple[Hold, bool]:
    """Stop a lot (and what was made of it), a place or a work order; the same cause again is the same hold."""
    said = f"{by.number} {fields['reference']}".strip()
    cause = Cause(CauseKind.API, said if len(said) <= LONGEST else f"{by.pk} {fields['reference']}")
    hold = holds.place(target=target_of(fields), cause=cause, reason=fields["reason"], by=by, at=at)
    return hold, hold.placed_at == at


def target_of(fields: Words) -> Target:
    """What was named."""
    if "lot" in fields:
        return Target.lot(lots.by_number(fields["lot"]))
    if "equipment" in fields:
        return Target.equipment(fields["equipment"], places.site_of(fields["equipment"]))
    job: JobOrder = orders.job_by_number(fields["job_order"])
    return Target.job_order(job.number, job.site)


def is_to_do(is_open: bool) -> Q:
    """Inspections that wait for somebody, or those that are over."""
    todo = Q(status__in=inspections.TO_DO)
    return todo if is_open else ~todo


def every_nonconformance() -> "QuerySet[Nonconformance]":
    """Nonconformances with their lots and what was decided of them."""
    rows = Nonconformance.objects.select_related("equipment")
    return rows.prefetch_related("lots__lot", "dispositions__lot", "dispositions__by")


HOLDS = Noun(
    code="holds", name=_("Hold"), key="id", model=Hold, reads="holds:read", writes="holds:write", takes=HoldIn,
    take=take_hold, every=lambda: Hold.objects.select_related("placed_by"), tell=each(words.hold),
    answer=answers.Hold, sent=examples.HOLD_IN, example=examples.HOLD, by_key=by_id,
    filters={
        "open": "released_at__isnull", "lot": "lot__number", "target_kind": "target_kind", "target": "target_id",
        "cause_kind": "cause_kind",
    },
    key_of_row=lambda row: str(row.pk),
)
INSPECTIONS = Noun(
    code="inspections", name=_("Inspection"), key="number", model=Inspection, reads="quality:read",
    every=lambda: Inspection.objects.select_related("lot__material", "equipment", "inspector"),
    tell=each(own.inspection), tell_whole=lambda row: own.whole(row, inspections.items(row)),
    answer=own.Inspection, whole=own.Whole, example=own.LINE, example_whole=own.WHOLE,
    filters={
        "open": is_to_do, "lot": "lot__number", "material": "lot__material__code", "kind": "kind",
        "status": "status", "verdict": "verdict", "job_order": "job_order",
    },
    orders={"number": "number", "due_at": "due_at", "decided_at": "decided_at"},
)
RESULTS = Noun(
    code="inspection-results", name=_("Measured value"), key="id", model=InspectionResult, reads="quality:read",
    every=lambda: InspectionResult.objects.select_related(
        "item__inspection__lot", "item__characteristic", "gauge", "by", "superseded_by"
    ),
    tell=each(floor.measured), answer=floor.MeasuredValue, example=floor.MEASURED, by_key=by_id,
    filters={
        "inspection": "item__inspection__number", "characteristic": "item__characteristic__code",
        "lot": "item__inspection__lot__number", "passed": "passed", "at_from": "at__gte", "at_before": "at__lt",
    },
)
NONCONFORMANCES = Noun(
    code="nonconformances", name=_("Nonconformance"), key="number", model=Nonconformance, reads="quality:read",
    every=every_nonconformance, tell=each(words.nonconformance), answer=answers.Nonconformance,
    example=examples.NONCONFORMANCE,
    filters={
        "open": "closed_at__isnull", "status": "status", "severity": "severity", "lot": "lots__lot__number",
        "opened_from": "opened_at__gte", "opened_before": "opened_at__lt",
    },
    orders={"number": "number", "opened_at": "opened_at"},
)
VIOLATIONS = Noun(
    code="violations", name=_("Violation"), key="id", model=Violation, reads="quality:read",
    every=lambda: Violation.objects.select_related("chart", "nonconformance", "cause"), tell=each(words.violation),
    answer=answers.Violation, example=examples.VIOLATION, by_key=by_id,
    filters={"open": "closed_at__isnull", "chart": "chart__code", "status": "status", "rule": "rule"},
)
NOUNS = (HOLDS, INSPECTIONS, RESULTS, NONCONFORMANCES, VIOLATIONS)
