"""Saying that a connection is in trouble, or out of it."""

from datetime import datetime

from integrations.links.queries.standing import LATE, Standing
from integrations.models import Connection
from plant.commands import journal
from plant.locks import lock
from plant.queries import persons
from plant.transactions import command

PARKED, SILENT, LAG = "parked", "silent", "lag"


def troubles(standing: Standing) -> set[str]:
    """What is wrong with a connection now."""
    found = {PARKED} if standing.parked else set()
    if standing.state == "FAILED":
        found.add(SILENT)
    return found | ({LAG} if standing.lag > LATE else set())


@command
def look(*, standing: Standing, at: datetime) -> bool:
    """Tell of trouble that is new; forget trouble that is over. Whether there was something to tell."""
    row = lock(Connection.objects.filter(pk=standing.connection.pk))[0]
    now, before = troubles(standing), set(row.troubles)
    if now == before:
        return False
    Connection.objects.filter(pk=row.pk).update(troubles=sorted(now))
    by, fresh = persons.system("links"), sorted(now - before)
    data = {"waiting": standing.waiting, "parked": standing.parked, "lag": standing.lag.total_seconds(), "at": at}
    if fresh:
        kind = "connection.in-trouble"
        journal.record(kind, subject=row, by=by, reason=row.last_error, data={"troubles": fresh, **data})
    elif not now:
        journal.record("connection.well-again", subject=row, by=by, data=data)
    return bool(fresh)
