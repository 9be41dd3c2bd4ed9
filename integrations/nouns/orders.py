"""Production orders of an ERP, and what customers are to get."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, report_words, words
from integrations.erp.finished_words import FINISHED_IN, FinishedOrderIn
from integrations.erp.serializers import ShipmentIn, WorkRequestIn
from integrations.nouns import floor
from integrations.nouns.noun import Noun, Taken, Words
from mes.commands import history, receiving, shipments, work_requests
from mes.commands.history import PastOperation, PastOrder
from mes.commands.receiving import Ordered
from mes.models import JobOrder, JobOrderStatus, WorkRequest, WorkRequestStatus
from mes.queries import orders
from plant.errors import Refusal
from plant.models import Person
from plant.queries import places
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


def take_requests(rows: Sequence[Words], by: Person, at: datetime) -> list[Taken]:
    """Many of them at once."""
    before = WorkRequest.objects.filter(number__in=[fields["number"] for fields in rows])
    here = set(before.values_list("number", flat=True))
    told = receiving.receive_many(orders=[Ordered(**fields) for fields in rows], by=by, at=at)
    return [
        (row, "unchanged" if row.number in here else "created") if isinstance(row, WorkRequest) else row
        for row in told
    ]


def take_finished(fields: Words, by: Person, at: datetime) -> tuple[JobOrder, bool]:
    """Write one finished work order down."""
    taken = take_all_finished([fields], by, at)[0]
    if isinstance(taken, Refusal) or taken is None:
        raise taken or Refusal(fields["number"])
    row: Any = taken[0]
    return row, taken[1] == "created"


def take_all_finished(rows: Sequence[Words], by: Person, at: datetime) -> list[Taken]:
    """Write finished work orders down, many at once; each that is here with the same figures stays as it is."""
    before = set(JobOrder.objects.filter(number__in=[one["number"] for one in rows]).values_list("number", flat=True))
    lines: dict[int, list[Words]] = defaultdict(list)
    for one in rows:
        lines[one["line"].pk].append(one)
    refused: dict[str, str] = {}
    for some in lines.values():
        line = some[0]["line"]
        past = [past_order(one) for one in some]
        refused |= history.take_over(orders=past, line=line, site=places.site_of(line), by=by, at=at).refused
    here = {row.number: row for row in floor.JOBS.every().filter(number__in=[one["number"] for one in rows])}
    return [
        Refusal(refused[number], code="order-refused") if (number := one["number"]) in refused
        else (here[number], "unchanged" if number in before else "created")
        for one in rows
    ]


def past_order(fields: Words) -> PastOrder:
    """The words as the room of production takes them."""
    operations = tuple(PastOperation(**step) for step in fields["operations"])
    told = {name: value for name, value in fields.items() if name not in {"line", "operations"}}
    return PastOrder(**told, operations=operations)


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
    take_many=take_requests,
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
FINISHED = Noun(
    code="finished-orders", name=_("Finished work order"), key="number", model=JobOrder, reads="orders:read",
    writes="history:write", takes=FinishedOrderIn, take=take_finished, take_many=take_all_finished,
    every=lambda: floor.JOBS.every().filter(status=JobOrderStatus.COMPLETED), tell=floor.tell_jobs,
    answer=report_words.WorkOrder, sent=FINISHED_IN, example=report_words.WORK_ORDER,
    filters=floor.JOBS.filters, orders=floor.JOBS.orders,
)
NOUNS = (REQUESTS, SHIPMENTS, FINISHED)
