"""Reconciliation by the clock: their totals through the adapter, ours from the books, side by side once a day."""

from collections.abc import Callable
from datetime import datetime, timedelta

from integrations.adapters.port import Counts, Trouble
from integrations.links import opening
from integrations.links.commands import reconciling
from integrations.links.queries import totals
from integrations.models import Connection, Measure, Reconciliation
from plant.errors import Refusal
from plant.models import Person
from plant.queries import persons

EVERY = timedelta(hours=24)


def compare_all(*, clock: Callable[[], datetime]) -> int:
    """Compare every connection whose adapter can count and that was not compared for a day; how many."""
    by, count = persons.system("links"), 0
    for connection in Connection.objects.filter(enabled=True).select_related("site", "acts_as"):
        if can_count(connection) and not connection.reconciliations.filter(at__gt=clock() - EVERY).exists():
            compare(connection=connection, by=by, at=clock())
            count += 1
    return count


def can_count(connection: Connection) -> bool:
    """Whether the other side can be asked for totals."""
    try:
        adapter = opening.adapter_of(connection)
    except Refusal:
        return False
    return isinstance(adapter, Counts) and bool(connection.settings.get("totals", True))


def compare(*, connection: Connection, by: Person, at: datetime) -> Reconciliation:
    """One comparison now; what the other side could not tell is kept as its error."""
    orders = totals.orders(connection, at)
    error, theirs = "", []
    try:
        adapter = opening.adapter_of(connection)
        if isinstance(adapter, Counts):
            theirs = list(adapter.totals(opening.opened(connection), orders))
    except Trouble as trouble:
        error = trouble.reason
    except Refusal as refusal:
        error = refusal.message
    told = {one.measure for one in theirs}
    mine = [] if error else [one for one in totals.ours(orders) if one.measure in told]  # the rest they do not count
    if Measure.STOCK in told:
        mine += totals.stock(connection, {one.material for one in theirs if one.measure == Measure.STOCK})
    return reconciling.compared(
        connection=connection, ours=mine, theirs=theirs, orders=len(orders), by=by, at=at, error=error
    )
