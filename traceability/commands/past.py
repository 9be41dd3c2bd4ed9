"""Lots that another system made, taken over with their ledger, many at once."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from psycopg2.extras import DateTimeTZRange

from plant import policies
from plant.models import Equipment, MaterialDefinition, Person, Tracking
from plant.transactions import command
from traceability.models import ActualKind, Bucket, LotKind, MaterialActual, MaterialLot, Move, Visit


class PastVisit(NamedTuple):
    """Where the lot stood, from when to when."""

    equipment: Equipment
    during: DateTimeTZRange
    operation: str


class PastLot(NamedTuple):
    """A lot that came out of one operation: so many good, so many scrapped."""

    number: str
    material: MaterialDefinition
    job_order: str
    operation: str
    equipment: Equipment
    good: Decimal
    scrap: Decimal
    reason: str
    made_at: datetime
    ended_at: datetime
    visits: tuple[PastVisit, ...] = ()


@command
def take_over(*, lots: Sequence[PastLot], site: Equipment, by: Person) -> list[MaterialLot]:
    """Write the lots down: made, reported as good into stock, scrapped, and where they stood. In their order."""
    policies.check(by, "history.import")
    made = MaterialLot.objects.bulk_create(
        MaterialLot(
            number=one.number, kind=LotKind.SERIAL if one.material.tracking == Tracking.SERIAL else LotKind.LOT,
            material=one.material, site=site, job_order=one.job_order, created_at=one.made_at,
        )
        for one in lots
    )
    pairs = list(zip(made, lots, strict=True))
    Move.objects.bulk_create(_move(lot, one, Bucket.MADE, Bucket.WIP, one.good + one.scrap, by) for lot, one in pairs)
    produced = [(lot, one) for lot, one in pairs if one.good]
    moves = Move.objects.bulk_create(_move(lot, one, Bucket.WIP, Bucket.STOCK, one.good, by) for lot, one in produced)
    MaterialActual.objects.bulk_create(
        MaterialActual(
            kind=ActualKind.PRODUCED, lot=lot, quantity=one.good, move=move, job_order=one.job_order,
            operation=one.operation, equipment=one.equipment, person=by, at=one.ended_at,
        )
        for (lot, one), move in zip(produced, moves, strict=True)
    )
    Move.objects.bulk_create(
        _move(lot, one, Bucket.WIP, Bucket.SCRAP, one.scrap, by) for lot, one in pairs if one.scrap
    )
    Visit.objects.bulk_create(
        Visit(
            lot=lot, is_serial=lot.kind == LotKind.SERIAL, equipment=visit.equipment, during=visit.during, person=by,
            job_order=one.job_order, operation=visit.operation,
        )
        for lot, one in pairs for visit in one.visits
    )
    return made


def _move(lot: MaterialLot, one: PastLot, source: Bucket, to: Bucket, quantity: Decimal, by: Person) -> Move:
    """A line of the ledger; in process and scrapped pieces lie at the operation."""
    places = {Bucket.WIP: one.operation, Bucket.SCRAP: one.operation}
    fields: dict[str, Any] = {"reason": one.reason[:200]} if to == Bucket.SCRAP else {}
    return Move(
        lot=lot, from_bucket=source, from_place=places.get(source, ""), to_bucket=to, to_place=places.get(to, ""),
        quantity=quantity, job_order=one.job_order, operation=one.operation, equipment=one.equipment, person=by,
        at=one.made_at if source == Bucket.MADE else one.ended_at, **fields,
    )
