"""Which lots a nonconformance concerns, and how much of each is still to be decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Sum

from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from qms.models import Decision, Nonconformance, NonconformanceLot, NonconformanceStatus
from qms.queries import amounts
from qms.queries import nonconformances as reading
from traceability.commands import holds
from traceability.models import Hold, MaterialLot

STAYS = (Decision.USE_AS_IS, Decision.CONCESSION, Decision.SORTED)
BACK = (Decision.REWORK, Decision.REPAIR)


class ClosedMeanwhile(Exception):
    """The nonconformance was closed while lots were being added; the caller begins again."""


def hold(case: Nonconformance, lot_ids: Iterable[int], *, by: Person, at: datetime) -> list[Hold]:
    """Hold lots and everything made from them under this nonconformance."""
    lots = MaterialLot.objects.filter(pk__in=list(lot_ids))
    return holds.contain(lots=lots, cause=reading.cause_of(case), reason=case.title, by=by, at=at)


def enlist(
    case: Nonconformance, direct: set[int], *, by: Person, quantities: Mapping[int, Decimal] | None = None,
    reason: str = "",
) -> list[NonconformanceLot]:
    """Write a line for every lot that this nonconformance holds. Call it with those lots locked: they are counted."""
    fresh_case = lock(Nonconformance.objects.filter(pk=case.pk))[0]
    if fresh_case.status == NonconformanceStatus.CLOSED:
        raise ClosedMeanwhile
    held = {row.lot_id: None for row in reading.open_holds(case) if row.lot_id}
    there = amounts.present(held)
    known = set(case.lots.values_list("lot_id", flat=True))
    rows = NonconformanceLot.objects.bulk_create(
        NonconformanceLot(
            nonconformance=case, lot_id=pk, direct=pk in direct, quantity=(quantities or {}).get(pk, there[pk])
        )
        for pk in held
        if pk not in known
    )
    reopened = case.lots.filter(lot__in=direct & known, direct=False).update(direct=True)
    again = held_again(case, there)
    if rows or reopened or again:
        case.status = fresh_case.status
        note(case, [row.lot_id for row in rows], by=by, reason=reason)
    return rows


def held_again(case: Nonconformance, there: Mapping[int, Decimal]) -> int:
    """A lot that was decided and is suspect once more must be decided once more."""
    rows = case.lots.filter(lot__in=[pk for pk, amount in there.items() if amount], disposed=F("quantity"))
    return sum(_once_more(case, row, there[row.lot_id]) for row in rows.filter(quantity__gt=0))


def decide_again(case: Nonconformance, lot_id: int) -> None:
    """What is there of a lot is to be decided, whatever was decided about it before."""
    there = amounts.present([lot_id])[lot_id]
    row, _is_new = NonconformanceLot.objects.get_or_create(
        nonconformance=case, lot_id=lot_id, defaults={"quantity": 0, "direct": False}
    )
    _once_more(case, row, there)


def _once_more(case: Nonconformance, row: NonconformanceLot, there: Decimal) -> int:
    """Pieces that were decided and stayed are counted apart, so that nobody takes them for lost."""
    stayed = max(Decimal(0), row.disposed - removed(case).get(row.lot_id, Decimal(0)))
    again = row.again + min(stayed, there)
    return case.lots.filter(pk=row.pk).update(quantity=row.disposed + there, again=again)


def is_undecided(case: Nonconformance, lot_id: int) -> bool:
    """Whether something of this lot is still to be decided."""
    return case.lots.filter(lot=lot_id, disposed__lt=F("quantity")).exists()


def note(case: Nonconformance, added: list[int], *, by: Person, reason: str) -> None:
    """Journal that lots were added; a case that was decided goes back to review."""
    numbers = list(MaterialLot.objects.filter(pk__in=added).order_by("pk").values_list("number", flat=True))
    data = {"lots": numbers[:200], "count": len(added)}
    journal.record("nonconformance.lots-added", subject=case, by=by, reason=reason, data=data)
    if case.status == NonconformanceStatus.DISPOSED:
        journal.move(case, to=NonconformanceStatus.REVIEW, by=by)


def recount(case: Nonconformance, *, by: Person) -> None:
    """Take from the lines what left the plant by another way, such as scrap reported at the station."""
    rows = list(case.lots.select_related("lot"))
    there = amounts.present(row.lot_id for row in rows)
    gone = removed(case)
    for row in rows:
        missing = row.quantity - row.again - gone.get(row.lot_id, Decimal(0)) - there[row.lot_id]
        lost = min(missing, row.quantity - row.disposed)
        if lost > 0:
            NonconformanceLot.objects.filter(pk=row.pk).update(quantity=F("quantity") - lost)
            data = {"lot": row.lot.number, "missing": lost}
            journal.record("nonconformance.recounted", subject=case, by=by, data=data)


def removed(case: Nonconformance) -> dict[int, Decimal]:
    """By lot: how much of it this nonconformance has scrapped, returned or split off."""
    rows = case.dispositions.exclude(decision__in=STAYS)
    rows = rows.exclude(decision__in=BACK, rework_lot=F("lot"))
    return dict(rows.values_list("lot").annotate(total=Sum("quantity")))


def undecided(case: Nonconformance) -> list[NonconformanceLot]:
    """The lines on which something is still to be decided."""
    return list(case.lots.filter(disposed__lt=F("quantity")).select_related("lot").order_by("lot"))
