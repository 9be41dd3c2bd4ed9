"""Counting a place blind: what was seen there, finished by the counter, then approved in settling.py."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command, undoable
from traceability.commands import replays
from traceability.commands.moves import BadQuantity
from traceability.models import Bucket, CountLine, CountState, CountStatus, LotBalance, MaterialLot, StockCount
from traceability.queries import scanned, stock

LARGEST = Decimal(10) ** 12


class CountRefused(Refusal):
    """A count that can't go on like this."""

    code = "count-refused"


@command
def ask(*, place: Equipment, by: Person, at: datetime) -> StockCount:
    """Ask for a place to be counted; a place is in one open count at a time."""
    policies.check(by, "count.ask", on=place)
    if not place.stores_material:
        message = _("%(place)s stores no material. Choose a storage place.")
        raise CountRefused(message % {"place": place.code}, facts={"field": "place"})
    try:
        with undoable():
            count = StockCount.objects.create(
                number=numbering.next_number("stock_count"), place=place, asked_by=by, asked_at=at,
                first_move=stock.newest_move(),
            )
    except IntegrityError as error:
        message = _("%(place)s is in an open count already. Finish that one first.")
        raise CountRefused(message % {"place": place.code}, facts={"field": "place"}) from error
    journal.record("stockcount.asked", subject=count, by=by, data={"place": place.code})
    return count


@command
def record(
    *, count: StockCount, code: str, quantity: Decimal, by: Person, at: datetime, adds: bool = False, key: str = ""
) -> CountLine:
    """Write down what lies there of one lot, or that a code stands there that no lot carries.

    The same lot again replaces what was counted, or adds to it (another box); the same key again changes nothing.
    """
    policies.check(by, "count.record", on=count.place)
    told = replays.once(
        client=f"count:{by.number}", key=key, request=[count.number, code, quantity, adds],
        act=lambda: {"line": _record(count, code, quantity, adds, by, at).pk},
    )
    return CountLine.objects.select_related("lot").get(pk=told["line"])


def _record(count: StockCount, code: str, quantity: Decimal, adds: bool, by: Person, at: datetime) -> CountLine:
    counted = amount(quantity)
    found = scanned.lot(code, by)
    lot = lock(MaterialLot.objects.filter(pk=found.pk))[0] if found else None
    task = counting(count)
    name = lot.number if lot else scanned.number(code)[:80]
    if not name:
        raise CountRefused(_("Scan the label of the lot first."), facts={"field": "code"})
    line = CountLine.objects.filter(count=task, code=name).first() or CountLine(count=task, code=name, lot=lot)
    line.counted = counted + (line.counted if adds and line.pk else 0)
    books(line, task)
    line.by, line.at = by, at
    line.save()
    data = {"code": name, "counted": line.counted, "known": lot is not None}
    journal.record("stockcount.line-counted", subject=task, by=by, data=data)
    return line


def amount(quantity: Decimal) -> Decimal:
    """A count, which may be zero."""
    if not quantity.is_finite() or not 0 <= quantity < LARGEST or quantity != round(quantity, 6):
        raise BadQuantity(_("“%(quantity)s” is not a count. Enter zero or more.") % {"quantity": quantity})
    return quantity


def counting(count: StockCount) -> StockCount:
    """The count, locked, as long as it is being counted."""
    task = lock(StockCount.objects.select_related("place").filter(pk=count.pk))[0]
    if task.status != CountStatus.COUNTING:
        message = _("Count %(number)s is “%(status)s” and takes no more lots. Ask for a new count.")
        raise CountRefused(message % {"number": task.number, "status": task.get_status_display()})
    return task


def books(line: CountLine, task: StockCount) -> None:
    """Keep with a line what the books say at this moment, and the last move that they know."""
    line.state, code = CountState.COUNTED, task.place.code
    if line.lot is not None:
        line.expected = stock.there(line.lot, Bucket.STOCK, code)
        line.last_move = stock.last_move(line.lot, code)


@command
def finish(*, count: StockCount, by: Person, at: datetime) -> StockCount:
    """Say that all is counted: what the books know there and nobody saw counts as missing.

    A lot that came here after the count began is no missing one: its line is stale and is counted again.
    """
    policies.check(by, "count.record", on=count.place)
    there = LotBalance.objects.filter(bucket=Bucket.STOCK, place=count.place.code, quantity__gt=0)
    lots = lock(MaterialLot.objects.filter(pk__in=there.values("lot")))
    task = counting(count)
    seen = set(CountLine.objects.filter(count=task, lot__isnull=False).values_list("lot", flat=True))
    for lot in lots:
        line = CountLine(count=task, code=lot.number, lot=lot, counted=Decimal(0), by=by, at=at)
        books(line, task)
        if lot.pk not in seen and line.expected > 0:
            line.state = CountState.STALE if line.last_move > task.first_move else CountState.COUNTED
            line.save()
    journal.move(task, to=CountStatus.REVIEW, by=by, counted_by=by, counted_at=at)
    return task


@command
def again(*, count: StockCount, reason: str, by: Person) -> StockCount:
    """Send a count back: missing and stale lines are forgotten, so that they are looked for anew."""
    policies.check(by, "count.settle", on=count.place)
    task = lock(StockCount.objects.filter(pk=count.pk))[0]
    CountLine.objects.filter(count=task, counted=0, state=CountState.COUNTED).delete()
    reopen(task, reason, by)
    return task


def reopen(task: StockCount, reason: str, by: Person) -> None:
    """Back to counting; what moves from now on is told from what moved before."""
    CountLine.objects.filter(count=task, state=CountState.STALE).delete()
    journal.move(task, to=CountStatus.COUNTING, by=by, reason=reason, first_move=stock.newest_move())


@command
def cancel(*, count: StockCount, reason: str, by: Person) -> StockCount:
    """Give a count up; the books stay as they are."""
    policies.check(by, "count.ask", on=count.place)
    if not reason.strip():
        raise CountRefused(_("Say in a few words why."), facts={"field": "reason"})
    task = lock(StockCount.objects.filter(pk=count.pk))[0]
    journal.move(task, to=CountStatus.CANCELLED, by=by, reason=reason, why=reason)
    return task
