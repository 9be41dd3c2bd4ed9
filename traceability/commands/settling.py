"""Approving a count: what differs is written to the ledger as found or missing; what moved meanwhile is left alone."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability.commands import moves
from traceability.commands.counts import CountRefused, reopen
from traceability.models import (
    Bucket,
    CountLine,
    CountState,
    CountStatus,
    LotBalance,
    LotKind,
    MaterialLot,
    StockCount,
)
from traceability.queries import stock
from traceability.spots import Spot


@command
def settle(*, count: StockCount, reason: str, by: Person, at: datetime) -> StockCount:
    """Correct the books by what was counted. Lines whose lot moved since are stale: the count goes back for them.

    Nobody approves what they counted themselves.
    """
    policies.check(by, "count.settle", on=count.place)
    lots = {lot.pk: lot for lot in lock(MaterialLot.objects.filter(pk__in=count.lines.values("lot")))}
    task = lock(StockCount.objects.select_related("place").filter(pk=count.pk))[0]
    check(task, reason, by)
    stale = 0
    for line in CountLine.objects.filter(count=task, lot__in=lots).exclude(state=CountState.SETTLED):
        if is_stale(line, task):
            line.state, stale = CountState.STALE, stale + 1
        else:
            correct(line, lots[line.lot_id or 0], task, reason, by=by, at=at)
            line.state = CountState.SETTLED
        line.save(update_fields=["state"])
    if stale:
        reopen(task, reason, by)
    else:
        journal.move(task, to=CountStatus.CLOSED, by=by, reason=reason, why=reason, settled_by=by, settled_at=at)
    return task


def check(task: StockCount, reason: str, by: Person) -> None:
    """Refuse an approval without a reason, before the count is finished, or by somebody who counted."""
    if not reason.strip():
        raise CountRefused(_("Say in a few words why the books were wrong."), facts={"field": "reason"})
    if task.status != CountStatus.REVIEW:
        message = _("Count %(number)s is “%(status)s”. Only a finished count can be approved.")
        raise CountRefused(message % {"number": task.number, "status": task.get_status_display()})
    if by.pk == task.counted_by_id or task.lines.filter(by=by).exists():
        raise CountRefused(_("You counted here yourself. Ask somebody else to approve the differences."))


def is_stale(line: CountLine, task: StockCount) -> bool:
    """Did the lot move to or from the place since it was counted? What agrees needs no look."""
    if line.lot is None or (line.counted == line.expected and line.state != CountState.STALE):
        return False
    return line.state == CountState.STALE or stock.last_move(line.lot, task.place.code) != line.last_move


def correct(line: CountLine, lot: MaterialLot, task: StockCount, reason: str, *, by: Person, at: datetime) -> None:
    """Bring the books of one lot to what was counted: missing goes to LOST; found is taken from elsewhere first."""
    difference, here = line.counted - line.expected, Spot(Bucket.STOCK, task.place.code)
    if difference == 0:
        return
    said = f"{task.number}: {reason}"[:200]

    def move(quantity: Decimal, source: Spot, to: Spot) -> None:
        moves.move(lot=lot, quantity=quantity, source=source, to=to, by=by, at=at, reason=said)

    if difference < 0:
        move(-difference, here, Spot(Bucket.LOST))
    else:
        for spot, amount in taken_from(lot, difference, here):
            move(amount, spot, Spot(Bucket.LOST))
        known = min(difference, stock.there(lot, Bucket.LOST, ""))
        if known:
            move(known, Spot(Bucket.LOST), here)
        if difference > known:
            check_new(lot)
            move(difference - known, Spot(Bucket.FOUND), here)
    data = {"count": task.number, "place": here.place, "expected": line.expected, "counted": line.counted}
    journal.record("lot.counted", subject=lot, by=by, reason=reason, data=data)


def taken_from(lot: MaterialLot, quantity: Decimal, here: Spot) -> list[tuple[Spot, Decimal]]:
    """Where the books have what turned up here: other stores first, then stations."""
    rows = LotBalance.objects.filter(lot=lot, bucket__in=stock.HERE, quantity__gt=0)
    found, left = [], quantity
    for row in sorted(rows, key=lambda row: (row.bucket != Bucket.STOCK, row.place)):
        spot = Spot(Bucket(row.bucket), row.place)
        part = min(left, row.quantity) if spot != here else Decimal(0)
        if part > 0:
            found.append((spot, part))
            left -= part
    return found


def check_new(lot: MaterialLot) -> None:
    """Refuse to book as found what the books have in production, or a serial that they have anywhere."""
    rows = LotBalance.objects.filter(lot=lot, quantity__gt=0)
    if lot.kind != LotKind.SERIAL:
        rows = rows.filter(bucket__in=[Bucket.WIP, Bucket.REWORK])
    if row := rows.first():
        message = _("%(lot)s is booked “%(where)s” %(place)s. Report it there first, then send the count back.")
        words = {"lot": lot.number, "where": row.get_bucket_display(), "place": row.place}
        raise CountRefused(message % words, facts={"lot": lot.number})
