"""Finished goods into the store: the order's received quantity grows, and the order ends when all of it is in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.commands import job_orders
from mes.models import JobOrder, JobOrderStatus, JobSegment
from mes.queries import units, wip
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import persons
from plant.transactions import command
from traceability.commands import holds, labels, moves
from traceability.models import Bucket, HandlingUnit, LotBalance, MaterialLot, UnitStatus
from traceability.queries import packing
from traceability.spots import Spot


class NotReceived(Refusal):
    """Goods that the store can't take in."""

    code = "not-received"


@command
def receive(*, code: str, store: Equipment, by: Person, at: datetime) -> Decimal:
    """Take a closed carton or pallet, or a loose lot, from the end of the line into a store; how much came in."""
    policies.check(by, "goods.receive", on=store)
    thing = units.found(code, at)
    if isinstance(thing, HandlingUnit):
        return of_unit(thing, store, by=by, at=at)
    lying = packing.around(thing)
    if lying is not None:
        words = {"lot": thing.number, "carton": lying.unit.number}
        message = _("Lot %(lot)s lies in carton %(carton)s. Scan the carton's label.")
        raise NotReceived(message % words, code="lot-packed", facts=words)
    return take_in([thing], store, by=by, at=at)


def of_unit(unit: HandlingUnit, store: Equipment, *, by: Person, at: datetime) -> Decimal:
    """A closed unit with all that lies in it; the cartons on a pallet go with it."""
    found = lock(HandlingUnit.objects.filter(pk=unit.pk))[0]
    words = {"unit": found.number}
    if found.status != UnitStatus.CLOSED:
        raise NotReceived(_("%(unit)s is not closed. Close it, then scan it again.") % words, facts=words)
    if found.pallet_id is not None:
        raise NotReceived(_("%(unit)s stands on a pallet. Scan the pallet's label.") % words, facts=words)
    labels.check_labelled(found)
    total = take_in([row.lot for row in packing.lying([found])], store, by=by, at=at, unit=found.number)
    HandlingUnit.objects.filter(pk__in=[found.pk, *found.cartons.values_list("pk", flat=True)]).update(place=store.code)
    return total


def take_in(lots: Sequence[MaterialLot], store: Equipment, *, by: Person, at: datetime, unit: str = "") -> Decimal:
    """Move what lies at the end of the line into the store, tell each order, and end those that are whole."""
    numbers = {lot.job_order for lot in lots if lot.job_order}
    jobs = {job.number: job for job in lock(JobOrder.objects.filter(number__in=numbers))}
    lock(JobSegment.objects.filter(job_order__in=list(jobs.values())))
    locked = lock(MaterialLot.objects.filter(pk__in=[lot.pk for lot in lots]))
    holds.check_free(lots=locked)
    came: dict[str, Decimal] = defaultdict(Decimal)
    for row in LotBalance.objects.filter(lot__in=locked, bucket=Bucket.STOCK, place="", quantity__gt=0).order_by("lot"):
        lot = next(one for one in locked if one.pk == row.lot_id)
        moves.move(
            lot=lot, quantity=row.quantity, source=Spot(Bucket.STOCK), to=Spot(Bucket.STOCK, store.code), by=by, at=at,
            job_order=lot.job_order, reason=unit,
        )
        journal.record("lot.stored", subject=lot, by=by, data={"place": store.code, "quantity": row.quantity})
        came[lot.job_order] += row.quantity
    if not came:
        raise NotReceived(_("All of it is in a store already. Nothing was received."), code="received-already")
    for number in sorted(came.keys() & jobs.keys()):
        tell(jobs[number], came[number], store, unit, by=by, at=at)
    return sum(came.values(), Decimal(0))


def tell(job: JobOrder, came: Decimal, store: Equipment, unit: str, *, by: Person, at: datetime) -> None:
    """Journal what an order got, for the ERP too, and end it when nothing is in process and all good pieces are in."""
    order, now = job.work_request, units.received([job.number])
    data = {
        "job_order": job.number, "material": order.material.code, "quantity": came, "received": now,
        "ordered": job.quantity, "place": store.code, "unit": unit,
    }
    journal.record("workrequest.goods-received", subject=order, by=by, data=data)
    rows = MaterialLot.objects.filter(job_order=job.number)
    waiting = LotBalance.objects.filter(lot__in=rows, bucket=Bucket.STOCK, place="", quantity__gt=0).exists()
    is_over = job.status in (JobOrderStatus.RUNNING, JobOrderStatus.PAUSED) and not wip.of_job(job.number)
    if is_over and not waiting and not rows.filter(open_holds__gt=0).exists():
        job_orders.complete(job_order=job, by=persons.system("mes"), at=at, reason=str(store))
