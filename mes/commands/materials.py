"""Materials at a station: loaded for what comes, or taken into the lot that is being worked on."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands.benches import Bench, NotHere, check_gate
from mes.commands.feeding import note_substitute
from mes.queries import needs
from mes.queries.routings import BomLine, Step
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands import actuals, calls, moves, picking, stock
from traceability.commands.moves import NotEnough, positive
from traceability.models import Bucket, LotBalance, MaterialLot, Visit
from traceability.queries import picking as in_store
from traceability.spots import Spot


class Ready(NamedTuple):
    """Where a lot can be taken from, and whether the store has a say in that."""

    spots: list[tuple[Spot, Decimal]]
    asks_store: bool


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


def ready(lot: MaterialLot, station: Equipment) -> Ready:
    """Where a lot can be taken from: what lies at the station first, then the store."""
    rows = LotBalance.objects.filter(lot=lot, bucket__in=[Bucket.ISSUED, Bucket.STOCK], quantity__gt=0)
    rows = rows.annotate(asked=in_store.has_a_say(station)).order_by("bucket", "place")
    found = [row for row in rows if row.bucket == Bucket.STOCK or row.place == station.code]
    spots = [(Spot(Bucket(row.bucket), row.place), row.quantity) for row in found]
    return Ready(spots, any(row.asked for row in found))


def take(
    bench: Bench, step: Step, lot: MaterialLot, into: MaterialLot, found: Ready, *, quantity: Decimal, by: Person,
    at: datetime,
) -> None:
    """Take an amount of a lot into the lot that is being worked on; both are locked and free."""
    left = positive(quantity)
    for spot, amount in found.spots:
        part = min(left, amount)
        if part > 0:
            if found.asks_store:
                from_store(bench, lot, spot, part, by=by, at=at)
            actuals.consume(
                lot=lot, into=into, quantity=part, source=spot, job_order=bench.job.number, operation=step.code,
                equipment=bench.station, by=by, at=at,
            )
            left -= part
    if left > 0:
        raise not_enough(lot, quantity, quantity - left)


def load(
    bench: Bench, step: Step, lot: MaterialLot, found: Ready, *, quantity: Decimal, by: Person, at: datetime
) -> None:
    """Bring an amount of a lot from the store to the station."""
    left = positive(quantity)
    for spot, amount in found.spots:
        part = min(left, amount) if spot.bucket == Bucket.STOCK else Decimal(0)
        if part > 0:
            if found.asks_store:
                from_store(bench, lot, spot, part, by=by, at=at)
            moves.move(
                lot=lot, quantity=part, source=spot, to=Spot(Bucket.ISSUED, bench.station.code), by=by, at=at,
                job_order=bench.job.number, operation=step.code, equipment=bench.station,
            )
            left -= part
    if left > 0:
        raise not_enough(lot, quantity, quantity - left)


def from_store(bench: Bench, lot: MaterialLot, spot: Spot, quantity: Decimal, *, by: Person, at: datetime) -> None:
    """What a station takes out of the store has its turn by the picking rule, and answers what the station called."""
    if spot.bucket == Bucket.STOCK:
        picking.check_turn(lot, "", at)
        calls.answer(lot, bench.station, quantity, by, at)


@command
def bring(*, lot: MaterialLot, station: Equipment, reason: str = "", by: Person, at: datetime) -> None:
    """Bring all of a lot that lies in the store to a station; it stays there where it already lies.

    NotItsTurn: another lot comes before it and nobody said why. NotEnough: nothing of it lies anywhere.
    """
    rows = list(LotBalance.objects.filter(lot=lot, bucket__in=[Bucket.ISSUED, Bucket.STOCK], quantity__gt=0))
    if any(row.bucket == Bucket.ISSUED and row.place == station.code for row in rows):
        return
    for row in rows:
        stock.relocate(lot=lot, source=Spot(Bucket(row.bucket), row.place), to=station, by=by, at=at, reason=reason)
    if not rows:
        message = _("Nothing of lot %(lot)s lies in the store or at the line. Check the label, or take another lot.")
        raise NotEnough(message % {"lot": lot.number}, facts={"field": "lot"})


def not_enough(lot: MaterialLot, wanted: Decimal, there: Decimal) -> NotEnough:
    message = _("Lot %(lot)s has only %(there)s left, not %(wanted)s. Check the quantity, or take another lot.")
    words = {"lot": lot.number, "there": plain(there), "wanted": plain(wanted)}
    return NotEnough(message % words, facts={"lot": lot.number, "available": plain(there)})


class Put(NamedTuple):
    """What was done with a material: the word for it, into which lot, how much, and what it stands in for."""

    done: str
    into: MaterialLot | None
    amount: Decimal
    instead_of: str
    has_place: bool = False  # the bill names where its parts sit


def scan_component(
    bench: Bench, lot: MaterialLot, *, preferred: int | None, quantity: Decimal | None, by: Person, at: datetime
) -> Put:
    """A material goes into the current lot if that still needs it, else it is loaded.

    What pieces take with their report is only loaded; what positions feed is mounted there instead.
    """
    step, line = line_for(bench, lot)
    if line.material_id in step.fed_at(bench.station.pk):
        message = _("%(material)s comes from a position of %(station)s. Scan the position first, then %(lot)s.")
        words = {"material": line.material, "station": bench.station.code, "lot": lot.number}
        raise NotHere(message % words, code="position-first", facts={"lot": lot.number})
    check_usable(lot, at=at)
    current = current_lot(bench, preferred=preferred)
    ids = [lot.pk] + ([current.pk] if current else [])
    locked = {row.pk: row for row in lock(MaterialLot.objects.filter(pk__in=ids))}
    check_gate(bench, locked.values(), step)
    goes_in = current is not None and not line.is_backflushed
    need = needs.of_lot(current, step).get(line.material_id, Decimal(0)) if current and goes_in else Decimal(0)
    need = needs.in_units_of(line, lot.material_id, need)
    found = ready(lot, bench.station)
    there = sum((amount for _spot, amount in found.spots), Decimal(0))
    if current is not None and need > 0:
        amount = wanted(lot, quantity, need=need, there=there)
        take(bench, step, lot, current, found, quantity=amount, by=by, at=at)
        return Put("consumed", current, amount, note_substitute(bench, step, lot, amount, by=by),
                   bool(line.positions))
    need = needs.of_job(
        job=bench.job.number, quantity=bench.job.quantity + bench.row(step).rework, station=bench.station.code,
        operation=step.code, line=line,
    )
    need = needs.in_units_of(line, lot.material_id, need)
    amount = wanted(lot, quantity, need=need, there=there)
    load(bench, step, lot, found, quantity=amount, by=by, at=at)
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
