"""Taking material that lies ready into a piece: when work on it starts, or when pieces are reported."""

from datetime import datetime
from decimal import Decimal

from mes.commands.benches import Bench
from mes.queries import feeding, needs
from mes.queries.feeding import Feed
from mes.queries.routings import BomLine, Step
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from traceability.commands import actuals
from traceability.models import Bucket, Certainty, MaterialLot, Visit
from traceability.spots import Spot

ZERO = Decimal(0)


def lock_with_ready(bench: Bench, lot: MaterialLot) -> MaterialLot:
    """Lock a lot together with what lies ready for it at the station, lower ids first; the lot as it is once locked."""
    wanted = [pk for step in bench.steps for line in step.bom for pk in line.material_ids]
    rows = feeding.issued(bench.station).filter(lot__material__in=wanted)
    ready = list(rows.values_list("lot_id", flat=True)) if wanted else []
    locked = lock(MaterialLot.objects.select_related("material").filter(pk__in=[lot.pk, *ready]))
    return next(row for row in locked if row.pk == lot.pk)


def at_start(bench: Bench, step: Step, into: MaterialLot, *, by: Person, at: datetime) -> dict[int, Decimal]:
    """Take what lies ready at the station into a lot whose work starts; what is missing afterwards.

    What is taken with the report stays where it is until then.
    """
    missing = needs.of_lot(into, step)
    left: dict[int, Decimal] = {}
    lines = [line for line in step.bom if line.material_id in missing and not line.is_backflushed]
    there = feeding.lying(step, lines, bench.station)
    for line in lines:
        feed = feeding.of_line(step, line, bench.station, there, at)
        left[line.material_id] = take(bench, step, line, into, feed, missing[line.material_id], by=by, at=at)
    return {material: amount for material, amount in left.items() if amount > 0}


def with_report(bench: Bench, step: Step, into: MaterialLot, *, pieces: Decimal, by: Person, at: datetime) -> None:
    """Take what so many reported pieces took, by the book, from what fed the station while they were worked on."""
    lines = [line for line in step.bom if line.is_backflushed]
    visit = Visit.objects.filter(lot=into, equipment=bench.station, during__upper_inf=True).first() if lines else None
    if visit is None:
        return
    missing = needs.of_lot(into, step, pieces=pieces)
    lines = [line for line in lines if line.material_id in missing]
    there = feeding.lying(step, lines, bench.station)
    for line in lines:
        feed = feeding.of_line(step, line, bench.station, there, at, visit.during.lower)
        take(bench, step, line, into, feed, missing[line.material_id], by=by, at=at)


def take(
    bench: Bench, step: Step, line: BomLine, into: MaterialLot, feed: Feed, wanted: Decimal, *, by: Person, at: datetime
) -> Decimal:
    """Take an amount of the listed material from what feeds it; how much of it is missing afterwards.

    Where several lots fed the piece each of them is linked as possible, also one that the books took nothing of.
    """
    left, taken = wanted, set()
    certainty = Certainty.EXACT if feed.is_certain else Certainty.POSSIBLE
    for row in feed.rows:
        part = min(needs.in_units_of(line, row.lot.material_id, left), row.quantity)
        if part <= 0:
            continue
        actuals.consume(
            lot=row.lot, into=into, quantity=part, source=Spot(Bucket.ISSUED, row.place), job_order=bench.job.number,
            operation=step.code, equipment=bench.station, by=by, at=at, certainty=certainty,
        )
        note_substitute(bench, step, row.lot, part, by=by)
        taken.add(row.lot_id)
        row.quantity -= part  # another line may take what is left of it
        left -= needs.as_listed(line, row.lot.material_id, part)
    rest = [pk for pk in feed.maybe if pk not in taken] if taken else []
    for lot in MaterialLot.objects.filter(pk__in=rest).order_by("pk"):
        actuals.may_hold(parent=lot, child=into, job_order=bench.job.number, operation=step.code, at=at)
    return round(left, 6)


def note_substitute(bench: Bench, step: Step, lot: MaterialLot, quantity: Decimal, *, by: Person) -> str:
    """A substitute is written down as one in the work order's history; what it stands for, or nothing."""
    line = step.takes(lot.material_id)
    if line is None or line.material_id == lot.material_id:
        return ""
    data = {
        "lot": lot.number, "material": lot.material.code, "instead of": line.material, "quantity": quantity,
        "operation": step.code, "station": bench.station.code,
    }
    journal.record("joborder.substituted", subject=bench.job, by=by, data=data)
    return line.material
