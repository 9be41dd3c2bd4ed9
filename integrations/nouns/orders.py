"""Production orders of an ERP, and what customers are to get."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, words
from integrations.erp.serializers import ShipmentIn, WorkRequestIn
from integrations.nouns.noun import Noun, Words
from mes.commands import shipments, work_requests
from mes.models import JobOrder, WorkRequest, WorkRequestStatus
from mes.queries import orders
from plant.models import Person
from traceability.models import Shipment
from traceability.queries import shipments as reading


def take_request(fields: Words, by: Person, at: datetime) -> tuple[WorkRequest, bool]:
    """Take a production order and, unless told otherwise, make work orders of it."""
    is_released = fields.pop("release")
    is_new = not WorkRequest.objects.filter(number=fields["number"]).exists()
    order = work_requests.receive(by=by, at=at, **fields)
    if is_released and order.status == WorkRequestStatus.OPEN:
        order = work_requests.release(work_request=order, by=by, at=at)
    return order, is_new


def tell_requests(rows: Sequence[WorkRequest]) -> list[Words]:
    """Production orders with their work orders and how far they are, in as many statements as for one."""
    jobs: dict[int, list[JobOrder]] = defaultdict(list)
    for job in JobOrder.objects.filter(work_request__in=rows).select_related("line").order_by("pk"):
        jobs[job.work_request_id].append(job)
    operations = orders.operations_of([job for some in jobs.values() for job in some])
    return [words.work_request(row, jobs[row.pk], operations) for row in rows]


def take_shipment(fields: Words, by: Person, at: datetime) -> tuple[Shipment, bool]:
    """Take a shipment; the same number again changes it while nothing is picked."""
    lines = [(row["line"], row["material"], row["quantity"]) for row in fields.pop("lines")]
    is_new = not Shipment.objects.filter(number=fields["number"]).exists()
    return shipments.plan(by=by, at=at, lines=lines, **fields), is_new


def tell_shipment(row: Any) -> Words:
    """A shipment with its lines, and every lot that is picked for it or left with it."""
    return words.shipment(row, reading.lines(row), reading.picks(row))


REQUESTS = Noun(
    code="work-requests", name=_("Production order"), key="number", model=WorkRequest,
    reads="orders:read", writes="orders:write", takes=WorkRequestIn, take=take_request,
    every=lambda: WorkRequest.objects.select_related("material", "customer"), tell=tell_requests,
    answer=answers.WorkRequest, sent=examples.WORK_REQUEST_IN, example=examples.WORK_REQUEST,
    filters={"status": "status", "material": "material__code", "customer": "customer__code", "site": "site__code"},
    orders={"number": "number", "due_at": "due_at", "priority": "priority"},
)
SHIPMENTS = Noun(
    code="shipments", name=_("Shipment"), key="number", model=Shipment,
    reads="shipments:read", writes="shipments:write", takes=ShipmentIn, take=take_shipment,
    every=reading.every, tell=lambda rows: [tell_shipment(row) for row in rows], answer=answers.Shipment,
    sent=examples.SHIPMENT_IN, example=examples.SHIPMENT,
    filters={"status": "status", "customer": "customer__code", "site": "site__code"},
    orders={"number": "number", "due_at": "due_at"},
)
NOUNS = (REQUESTS, SHIPMENTS)
