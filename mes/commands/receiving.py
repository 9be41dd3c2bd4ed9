"""Many production orders at once, in as many statements as for a few: the same rows as one by one."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from mes.commands import plans, requirements, work_requests
from mes.commands.plans import NoRouting
from mes.models import JobOrder, WorkMaster, WorkRequest, WorkRequestStatus
from mes.queries import bills
from plant import policies
from plant.commands import journal_many, numbering
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands.moves import positive


class Ordered(NamedTuple):
    """A production order as it comes in."""

    number: str
    material: MaterialDefinition
    quantity: Decimal
    due_at: datetime
    priority: int = 50
    customer: Partner | None = None
    site: Equipment | None = None
    release: bool = True


@command
def receive_many(*, orders: Sequence[Ordered], by: Person, at: datetime) -> list[WorkRequest | Refusal | None]:
    """Take those that are not here yet, and make work orders of those that are to be released.

    An order that nobody can make is refused by itself. One that is here with the same words comes back as it is; one
    that is here with others is left to whoever takes it alone, and told as nothing.
    """
    policies.check(by, "order.receive")
    policies.check(by, "order.release")
    policies.check(by, "job.plan")
    home = places.home(by)
    here = {row.number: row for row in WorkRequest.objects.filter(number__in=[one.number for one in orders])}
    told: list[WorkRequest | Refusal | None] = []
    masters: dict[int, WorkMaster | Refusal] = {}
    new: list[tuple[int, Ordered]] = []
    for place, one in enumerate(orders):
        known = here.get(one.number)
        told.append(known if known is not None and _is_same(known, one, home) else None)
        if known is None:
            refusal = _master(one, masters, at) if one.release else None
            told[place] = refusal if isinstance(refusal, Refusal) else None
            if told[place] is None:
                new.append((place, one))
    made = _create([one for _place, one in new], home, by=by, at=at)
    _plan([(row, masters[row.material_id]) for row, (_place, one) in zip(made, new, strict=True) if one.release],
          by=by, at=at)
    for row, (place, _one) in zip(made, new, strict=True):
        told[place] = row
    return told


def _is_same(row: WorkRequest, one: Ordered, home: Equipment) -> bool:
    """Whether an order that is here says the same, and nothing is left to do for it."""
    said = (one.material.pk, one.quantity, one.due_at, one.priority, one.customer and one.customer.pk,
            (one.site or home).pk)  # fmt: skip
    kept = (row.material_id, row.quantity, row.due_at, row.priority, row.customer_id, row.site_id)
    return said == kept and not (one.release and row.status == WorkRequestStatus.OPEN)


def _master(one: Ordered, masters: dict[int, WorkMaster | Refusal], at: datetime) -> WorkMaster | Refusal:
    """The routing by which an order is made, looked up once for each material."""
    if one.material.pk not in masters:
        try:
            masters[one.material.pk] = plans.routing_for(WorkRequest(material=one.material), at)
        except NoRouting as refusal:
            masters[one.material.pk] = refusal
    return masters[one.material.pk]


def _create(orders: Sequence[Ordered], home: Equipment, *, by: Person, at: datetime) -> list[WorkRequest]:
    rows = WorkRequest.objects.bulk_create(
        WorkRequest(
            number=one.number, material=one.material, quantity=positive(one.quantity), due_at=one.due_at,
            priority=one.priority, customer=one.customer, site=one.site or home, created_at=at,
            status=WorkRequestStatus.RELEASED if one.release else WorkRequestStatus.OPEN,
        )
        for one in orders
    )
    moved = {"from": WorkRequestStatus.OPEN, "to": WorkRequestStatus.RELEASED}
    received = [Entry("workrequest.received", row, work_requests.told(row)) for row in rows]
    released = [
        Entry("workrequest.released", row, moved) for row in rows if row.status == WorkRequestStatus.RELEASED
    ]
    journal_many.record([*received, *released], by=by)
    return rows


def _plan(pairs: Sequence[tuple[WorkRequest, Any]], *, by: Person, at: datetime) -> None:
    """A work order for the whole of each."""
    jobs = JobOrder.objects.bulk_create(
        JobOrder(
            number=number, work_request=order, work_master=master, quantity=order.quantity, site=order.site,
            planned_at=at, due_at=order.due_at,
        )
        for number, (order, master) in zip(numbering.next_numbers("job_order", len(pairs)), pairs, strict=True)
    )
    by_master: dict[int, list[JobOrder]] = {}
    for job in jobs:
        by_master.setdefault(job.work_master_id, []).append(job)
    masters = {master.pk: master for _order, master in pairs}
    for pk, some in by_master.items():
        requirements.copy(some, bills.of_master(masters[pk], at))
    journal_many.record(
        [
            Entry("joborder.planned", job, {
                "work_request": job.work_request.number, "quantity": job.quantity, "routing": str(job.work_master),
            })
            for job in jobs
        ],
        by=by,
    )  # fmt: skip
