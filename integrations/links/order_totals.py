"""Totals so far of production orders whose books moved, for systems that are brought to a state."""

from collections.abc import Iterable
from typing import Any

from integrations.links.outgoing import News
from mes.amounts import plain
from mes.models import JobOrder, WorkRequest
from mes.queries import order_totals
from mes.queries.order_totals import Amount
from plant.models import JournalEntry
from traceability.models import Link, MaterialLot

NOUN = "order-totals"
OF_LOT = frozenset({"lot.scrapped", "lot.sent-to-rework", "lot.regraded"})
OF_ORDER = frozenset({"workrequest.completed", "workrequest.cancelled"})
OF_JOB = frozenset({"joborder.completed"})
KINDS = OF_LOT | OF_ORDER | OF_JOB | {"lot.reported", "consumption.undone"}


def order_of(entry: JournalEntry) -> str:
    """The number of the production order whose totals an entry may have moved; empty where it moved none."""
    if entry.kind == "lot.reported":
        return str(entry.data.get("work_request", ""))
    if entry.kind in OF_ORDER:
        return str(WorkRequest.objects.filter(pk=entry.subject_id).values_list("number", flat=True).first() or "")
    return _request(_job(entry))


def _job(entry: JournalEntry) -> str:
    if entry.kind in OF_JOB:
        return str(JobOrder.objects.filter(pk=entry.subject_id).values_list("number", flat=True).first() or "")
    if entry.kind in OF_LOT:
        return str(MaterialLot.objects.filter(pk=entry.subject_id).values_list("job_order", flat=True).first() or "")
    if entry.kind == "consumption.undone":
        rows = Link.objects.filter(pk=entry.data.get("link"))
        return str(rows.values_list("job_order", flat=True).first() or "")
    return ""


def _request(job: str) -> str:
    rows = JobOrder.objects.filter(number=job) if job else JobOrder.objects.none()
    return str(rows.values_list("work_request__number", flat=True).first() or "")


def news(touched: dict[str, JournalEntry]) -> Iterable[tuple[JournalEntry, News]]:
    """One message for each order, with its totals as they are now, however many entries moved them."""
    for order in WorkRequest.objects.filter(number__in=touched).select_related("material").order_by("number"):
        entry = touched[order.number]
        yield entry, News(NOUN, order.number, f"{NOUN}:{order.number}:{entry.pk}", words(order))


def words(order: WorkRequest) -> dict[str, Any]:
    """The totals of a production order."""
    found = order_totals.of_order(order)
    return {
        "order": order.number, "material": order.material.code, "unit": order.material.unit_id,
        "quantity": plain(order.quantity), "good": plain(found.good), "scrap": plain(found.scrap),
        "finished": found.is_finished, "produced": [_amount(one) for one in found.produced],
        "scrapped": [_amount(one) for one in found.scrapped], "consumed": [_amount(one) for one in found.consumed],
        "operations": [
            {"operation": one.code, "name": one.name, "good": plain(one.good), "scrap": plain(one.scrap),
             "finished": one.is_finished}
            for one in found.operations
        ],
    }  # fmt: skip


def _amount(one: Amount) -> dict[str, str]:
    return {"material": one.material, "lot": one.lot, "quantity": plain(one.quantity), "unit": one.unit}
