"""Carrying a decision out on a held lot: pieces leave it, go back into the routing, into another grade or to repair."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.commands import journal
from plant.locks import lock
from plant.models import MaterialDefinition, Person, Signature
from qms.models import Decision, Nonconformance, NonconformanceLot
from qms.policies import DispositionRefused, Line
from qms.queries import amounts
from qms.queries import nonconformances as reading
from traceability.commands import holds, lots, moves
from traceability.models import Bucket, Hold, MaterialLot
from traceability.spots import Spot

SINK = {Decision.SCRAP: Spot(Bucket.SCRAP), Decision.RETURN: Spot(Bucket.RETURNED)}


@dataclass(frozen=True)
class Act:
    """One signed disposition under way."""

    case: Nonconformance
    signature: Signature | None
    reason: str
    by: Person
    at: datetime


def leave(act: Act, line: Line) -> None:
    """Scrap, or back to the supplier: allowed while the lot is held, for it goes nowhere else."""
    draw(act, line.lot, line.quantity, SINK[Decision(line.decision)])
    kind = "lot.scrapped" if line.decision == Decision.SCRAP else "lot.returned"
    data = {"quantity": line.quantity, "nonconformance": act.case.number}
    journal.record(kind, subject=line.lot, by=act.by, reason=act.reason, data=data)


def send_back(act: Act, line: Line, *, is_decided: bool) -> MaterialLot:
    """Back into the routing: the lot itself when nothing else of it is left, else a lot split off for it."""
    lot, there = line.lot, Spot(Bucket.WIP, line.rework_operation)
    is_rest = is_decided and amounts.present([lot.pk])[lot.pk] == line.quantity
    released = let_go(act, lot)
    where: dict[str, Any] = {"job_order": lot.job_order, "operation": line.rework_operation}
    draw(act, lot, line.quantity, there, **where)
    target = lot
    if not is_rest:
        target = lots.split(
            lot=lot, quantity=line.quantity, source=there, to=there, reason=act.reason, by=act.by, at=act.at, **where
        )
    if released and not is_decided:
        hold_again(act, lot)
    data = {"quantity": line.quantity, "operation": line.rework_operation, "nonconformance": act.case.number}
    journal.record("lot.sent-to-rework", subject=target, by=act.by, reason=act.reason, data=data)
    return target


def repair(act: Act, line: Line, *, is_decided: bool) -> MaterialLot:
    """To be repaired where it lies, held until it was looked at again: the lot itself, or a lot split off for it."""
    lot = line.lot
    is_rest = is_decided and amounts.present([lot.pk])[lot.pk] == line.quantity
    target = lot if is_rest else part_off(act, lot, line.quantity, is_decided=is_decided)
    data = {"quantity": line.quantity, "nonconformance": act.case.number}
    journal.record("lot.sent-to-repair", subject=target, by=act.by, reason=act.reason, data=data)
    return target


def lies_at(lot: MaterialLot) -> str:
    """The operation where all pieces in production of a lot lie; nothing where they lie at none or at several."""
    places = {balance.place for balance in amounts.spots(lot.pk) if balance.bucket == Bucket.WIP}
    return places.pop() if len(places) == 1 else ""


def regrade(act: Act, line: Line, *, is_decided: bool) -> MaterialLot:
    """Into another material or grade: a lot of its own, linked to the one that it came from, in the store."""
    released = let_go(act, line.lot)
    spot = spot_with(line.lot, line.quantity)
    there = spot if spot.bucket == Bucket.STOCK else Spot(Bucket.STOCK)
    target = split(act, line.lot, line.quantity, spot, there, material=line.to_material)
    if released and not is_decided:
        hold_again(act, line.lot)
    data = {"quantity": line.quantity, "nonconformance": act.case.number, "into": target.number}
    data["material"] = target.material.code
    journal.record("lot.regraded", subject=line.lot, by=act.by, reason=act.reason, data=data)
    return target


def part_off(act: Act, lot: MaterialLot, quantity: Decimal, *, is_decided: bool) -> MaterialLot:
    """A lot of its own for some pieces, where they lie; it stays held, and listed with nothing to decide."""
    released = let_go(act, lot)
    spot = spot_with(lot, quantity)
    child = split(act, lot, quantity, spot, spot)
    if released:
        hold_again(act, child)
        if not is_decided:
            hold_again(act, lot)
    NonconformanceLot.objects.create(nonconformance=act.case, lot=child, quantity=0, direct=False)
    return child


def split(
    act: Act, lot: MaterialLot, quantity: Decimal, source: Spot, to: Spot, material: MaterialDefinition | None = None
) -> MaterialLot:
    return lots.split(
        lot=lot, quantity=quantity, source=source, to=to, reason=act.reason[:200], by=act.by, at=act.at,
        job_order=lot.job_order, operation=source.place if source.bucket == Bucket.WIP else "", material=material,
    )


def spot_with(lot: MaterialLot, quantity: Decimal) -> Spot:
    """Where so much of the lot lies together."""
    for balance in amounts.spots(lot.pk):
        if balance.quantity >= quantity:
            return Spot(Bucket(balance.bucket), balance.place)
    message = _("Nowhere lie %(quantity)s of lot %(lot)s together. Bring them together, or decide place by place.")
    words = {"quantity": reading.plain(quantity), "lot": lot.number}
    raise DispositionRefused(message % words, code="not-together", facts={"lot": lot.number})


def hold_again(act: Act, lot: MaterialLot) -> Hold:
    """Hold a lot once more for this case, after what had to be done to it."""
    fresh = lock(MaterialLot.objects.filter(pk=lot.pk))
    cause = reading.cause_of(act.case)
    return holds.hold_lots(fresh, {lot.pk: None}, cause, act.case.title, by=act.by, at=act.at)[lot.pk]


def draw(act: Act, lot: MaterialLot, quantity: Decimal, to: Spot, *, job_order: str = "", operation: str = "") -> None:
    """Move an amount of a lot from wherever it lies."""
    left = quantity
    for balance in amounts.spots(lot.pk):
        source = Spot(Bucket(balance.bucket), balance.place)
        part = min(left, balance.quantity)
        left -= part
        if part and source != to:
            moves.move(
                lot=lot, quantity=part, source=source, to=to, by=act.by, at=act.at, reason=act.reason[:200],
                job_order=job_order or lot.job_order, operation=operation,
            )
    if left:
        message = _("Lot %(lot)s has %(left)s less than you decided about. Reload the page and look at its quantities.")
        raise DispositionRefused(message % {"lot": lot.number, "left": reading.plain(left)}, code="not-enough")


def let_go(act: Act, lot: MaterialLot) -> list[Hold]:
    """Release what this nonconformance holds on the lot, and nothing else."""
    return holds.release_cause(
        lot=lot, cause=reading.cause_of(act.case), reason=act.reason, by=act.by, at=act.at, signature=act.signature
    )
