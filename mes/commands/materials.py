"""Materials at a station: loaded for what comes, or taken into the lot that is being worked on."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands.benches import Bench, NotHere, check_gate
from mes.queries import needs
from mes.queries.routings import BomLine, Step
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from traceability.commands import actuals, moves
from traceability.commands.moves import NotEnough, positive
from traceability.models import Bucket, LotBalance, MaterialLot, Visit
from traceability.spots import Spot

Spots = list[tuple[Spot, Decimal]]


class TooMuch(Refusal):
    """More than the work order needs."""

    code = "beyond-the-job"


class Expired(Refusal):
    """A lot past its shelf life."""

    code = "lot-expired"


def line_for(bench: Bench, lot: MaterialLot) -> tuple[Step, BomLine]:
    """The operation here that takes a lot's material, or a refusal that says what it does take."""
    for step in bench.steps:
        line = step.takes(lot.material_id)
        if line is not None:
            return step, line
    wanted = ", ".join(told_line(line) for step in bench.steps for line in step.bom) or _("no material")
    message = _("%(lot)s is %(material)s, but %(station)s takes %(wanted)s for %(job)s. Take the right one.")
    words = {
        "lot": lot.number, "material": lot.material.code, "station": bench.station.code, "wanted": wanted,
        "job": bench.job.number,
    }
    raise NotHere(message % words, code="wrong-material", facts={"lot": lot.number, "material": lot.material.code})


def told_line(line: BomLine) -> str:
    """The listed material and what may be taken instead."""
    if not line.replacements:
        return line.material
    instead = ", ".join(one.material for one in line.replacements)
    return str(_("%(material)s (or %(substitutes)s)") % {"material": line.material, "substitutes": instead})


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


def current_lot(bench: Bench, *, preferred: int | None) -> MaterialLot | None:
    """The lot that is being worked on here: the one scanned last, if it is still here."""
    rows = Visit.objects.filter(equipment=bench.station, job_order=bench.job.number, during__upper_inf=True)
    open_here = list(rows.select_related("lot__material").order_by("-pk"))
    chosen = next((visit for visit in open_here if visit.lot_id == preferred), open_here[0] if open_here else None)
    return chosen.lot if chosen else None


def check_usable(lot: MaterialLot, *, at: datetime) -> None:
    """Refuse a lot past its shelf life."""
    if lot.expires_at is not None and lot.expires_at <= at:
        message = _("Lot %(lot)s expired on %(day)s. Put it aside and take another one.")
        words = {"lot": lot.number, "day": f"{lot.expires_at:%Y-%m-%d}"}
        raise Expired(message % words, facts={"lot": lot.number, "expires_at": lot.expires_at.isoformat()})


def ready(lot: MaterialLot, station: str) -> Spots:
    """Where a lot can be taken from: what lies at the station first, then the store."""
    rows = LotBalance.objects.filter(lot=lot, bucket__in=[Bucket.ISSUED, Bucket.STOCK], quantity__gt=0)
    spots = [(Spot(Bucket(row.bucket), row.place), row.quantity) for row in rows.order_by("bucket", "place")]
    return [(spot, amount) for spot, amount in spots if spot.bucket == Bucket.STOCK or spot.place == station]


def take(
    bench: Bench, step: Step, lot: MaterialLot, into: MaterialLot, spots: Spots, *, quantity: Decimal, by: Person,
    at: datetime,
) -> None:
    """Take an amount of a lot into the lot that is being worked on; both are locked and free."""
    left = positive(quantity)
    for spot, amount in spots:
        part = min(left, amount)
        if part > 0:
            actuals.consume(
                lot=lot, into=into, quantity=part, source=spot, job_order=bench.job.number, operation=step.code,
                equipment=bench.station, by=by, at=at,
            )
            left -= part
    if left > 0:
        raise not_enough(lot, quantity, quantity - left)


def load(
    bench: Bench, step: Step, lot: MaterialLot, spots: Spots, *, quantity: Decimal, by: Person, at: datetime
) -> None:
    """Bring an amount of a lot from the store to the station."""
    left = positive(quantity)
    for spot, amount in spots:
        part = min(left, amount) if spot.bucket == Bucket.STOCK else Decimal(0)
        if part > 0:
            moves.move(
                lot=lot, quantity=part, source=spot, to=Spot(Bucket.ISSUED, bench.station.code), by=by, at=at,
                job_order=bench.job.number, operation=step.code, equipment=bench.station,
            )
            left -= part
    if left > 0:
        raise not_enough(lot, quantity, quantity - left)


def not_enough(lot: MaterialLot, wanted: Decimal, there: Decimal) -> NotEnough:
    message = _("Lot %(lot)s has only %(there)s left, not %(wanted)s. Check the quantity, or take another lot.")
    words = {"lot": lot.number, "there": plain(there), "wanted": plain(wanted)}
    return NotEnough(message % words, facts={"lot": lot.number, "available": plain(there)})


def consume_loaded(bench: Bench, step: Step, into: MaterialLot, *, by: Person, at: datetime) -> dict[int, Decimal]:
    """Take what lies ready at the station into a lot, substitutes last, oldest first; what is missing afterwards."""
    missing = needs.of_lot(into, step)
    lines = {pk: line for line in step.bom if line.material_id in missing for pk in line.material_ids}
    rows = loaded(bench.station.code, list(lines)) if missing else []
    for row in sorted(rows, key=lambda row: row.lot.material_id not in missing):
        line = lines[row.lot.material_id]
        wanted = needs.in_units_of(line, row.lot.material_id, missing[line.material_id])
        part = min(wanted, row.quantity)
        if part <= 0 or row.lot.open_holds or (row.lot.expires_at and row.lot.expires_at <= at):
            continue
        actuals.consume(
            lot=row.lot, into=into, quantity=part, source=Spot(Bucket.ISSUED, row.place), job_order=bench.job.number,
            operation=step.code, equipment=bench.station, by=by, at=at,
        )
        note_substitute(bench, step, row.lot, part, by=by)
        missing[line.material_id] -= needs.as_listed(line, row.lot.material_id, part)
    return {material: round(amount, 6) for material, amount in missing.items() if round(amount, 6) > 0}


def loaded(station: str, materials: list[int]) -> list[LotBalance]:
    """What lies ready at a station of these materials, what expires first before the rest."""
    rows = LotBalance.objects.filter(bucket=Bucket.ISSUED, place=station, quantity__gt=0, lot__material__in=materials)
    return list(rows.select_related("lot__material").order_by("lot__expires_at", "lot_id"))


class Put(NamedTuple):
    """What was done with a material: the word for it, into which lot, how much, and what it stands in for."""

    done: str
    into: MaterialLot | None
    amount: Decimal
    instead_of: str


def scan_component(
    bench: Bench, lot: MaterialLot, *, preferred: int | None, quantity: Decimal | None, by: Person, at: datetime
) -> Put:
    """A material goes into the current lot if that still needs it, else it is loaded."""
    step, line = line_for(bench, lot)
    check_usable(lot, at=at)
    current = current_lot(bench, preferred=preferred)
    ids = [lot.pk] + ([current.pk] if current else [])
    locked = {row.pk: row for row in lock(MaterialLot.objects.filter(pk__in=ids))}
    check_gate(bench, locked.values())
    need = needs.of_lot(current, step).get(line.material_id, Decimal(0)) if current else Decimal(0)
    need = needs.in_units_of(line, lot.material_id, need)
    spots = ready(lot, bench.station.code)
    there = sum((amount for _spot, amount in spots), Decimal(0))
    if current is not None and need > 0:
        amount = wanted(lot, quantity, need=need, there=there)
        take(bench, step, lot, current, spots, quantity=amount, by=by, at=at)
        return Put("consumed", current, amount, note_substitute(bench, step, lot, amount, by=by))
    need = needs.of_job(
        job=bench.job.number, quantity=bench.job.quantity + bench.row(step).rework, station=bench.station.code,
        operation=step.code, line=line,
    )
    need = needs.in_units_of(line, lot.material_id, need)
    amount = wanted(lot, quantity, need=need, there=there)
    load(bench, step, lot, spots, quantity=amount, by=by, at=at)
    return Put("loaded", None, amount, line.material if line.material_id != lot.material_id else "")


def wanted(lot: MaterialLot, quantity: Decimal | None, *, need: Decimal, there: Decimal) -> Decimal:
    """The amount to take: what was said, within what is needed; else what is needed, within what there is."""
    if (quantity is not None and positive(quantity) > need) or need == 0:
        message = _("The work order needs %(need)s %(unit)s of %(material)s here, not %(wanted)s. Check the quantity.")
        words = {
            "need": plain(need), "unit": lot.material.unit.symbol, "material": lot.material.code,
            "wanted": plain(quantity) if quantity is not None else _("more"),
        }
        raise TooMuch(message % words, facts={"lot": lot.number, "need": plain(need)})
    if there == 0:
        raise not_enough(lot, quantity or need, there)
    return quantity if quantity is not None else min(need, there)
