"""What the floor reports: work orders and how far they are, reports, consumption."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from integrations.erp import report_words as own
from integrations.nouns.noun import Noun, Words, each
from mes.models import JobOrder, JobResponse
from mes.queries import orders
from traceability.models import MaterialActual


def tell_jobs(rows: Sequence[JobOrder]) -> list[Words]:
    """Work orders with their operations, in as many statements as for one."""
    operations = orders.operations_of(rows)
    return [own.work_order(row, operations[row.pk]) for row in rows]


def by_id(key: str) -> Words:
    """The row of a number; what is no number is nothing's."""
    return {"pk": key if key.isascii() and key.isdigit() and len(key) < 19 else None}


JOBS = Noun(
    code="job-orders", name=_("Work order"), key="number", model=JobOrder, reads="orders:read",
    every=lambda: JobOrder.objects.select_related("work_request__material", "work_master", "line", "site"),
    tell=tell_jobs, answer=own.WorkOrder, example=own.WORK_ORDER,
    filters={
        "status": "status", "work_request": "work_request__number", "material": "work_request__material__code",
        "line": "line__code", "site": "site__code", "ended_from": "ended_at__gte", "ended_before": "ended_at__lt",
    },
    orders={"number": "number", "due_at": "due_at", "ended_at": "ended_at"},
)
RESPONSES = Noun(
    code="job-responses", name=_("Work report"), key="id", model=JobResponse, reads="orders:read",
    every=lambda: JobResponse.objects.select_related(
        "job_segment__segment", "job_segment__job_order__work_request__material", "lot", "station", "person", "reason"
    ),
    tell=each(own.report), answer=own.Report, example=own.REPORT, by_key=by_id,
    filters={
        "job_order": "job_segment__job_order__number", "operation": "job_segment__segment__code",
        "work_request": "job_segment__job_order__work_request__number", "station": "station__code",
        "lot": "lot__number", "at_from": "at__gte", "at_before": "at__lt",
    },
)
ACTUALS = Noun(
    code="material-actuals", name=_("Consumption or output"), key="id", model=MaterialActual, reads="lots:read",
    every=lambda: MaterialActual.objects.select_related("lot__material", "link__child", "equipment", "person"),
    tell=each(own.consumption), answer=own.Consumption, example=own.CONSUMPTION, by_key=by_id,
    filters={
        "kind": "kind", "job_order": "job_order", "operation": "operation", "lot": "lot__number",
        "material": "lot__material__code", "at_from": "at__gte", "at_before": "at__lt",
    },
)
NOUNS = (JOBS, RESPONSES, ACTUALS)
