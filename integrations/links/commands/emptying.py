"""Contents of finished messages are not kept for ever: they are emptied when their connection's days are over."""

from datetime import datetime, timedelta

from django.db import connection as database

from integrations.models import Connection
from plant import policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command

BATCH = 1000
EMPTY = """
UPDATE integrations_exchange SET body = '', edited = NULL, proposed = NULL, words = NULL, emptied_at = %(at)s,
  result = result - ARRAY['fields', 'detail', 'errors', 'said']
WHERE id = ANY (ARRAY(
  SELECT id FROM integrations_exchange
  WHERE connection_id = %(connection)s AND status IN ('DONE', 'IGNORED', 'DROPPED') AND emptied_at IS NULL
    AND done_at < %(before)s
  ORDER BY done_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
"""


@command
def empty(*, connection: Connection, by: Person, at: datetime, most: int = BATCH) -> int:
    """Empty what was finished before the days that its connection keeps contents; how many messages.

    Number, key, hash, moments and outcome stay; what waits or is parked is never touched.
    """
    policies.check(by, "exchange.carry", connection=connection.code)
    if not connection.keep_days:
        return 0
    before = at - timedelta(days=connection.keep_days)
    with database.cursor() as cursor:
        cursor.execute(EMPTY, {"at": at, "before": before, "connection": connection.pk, "most": most})
        count = int(cursor.rowcount)
    if count:
        data = {"messages": count, "finished_before": before, "at": at}
        journal.record("connection.contents-emptied", subject=connection, by=by, data=data)
    return count
