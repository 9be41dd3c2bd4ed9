"""When the other side is asked, by whom, and where the asking stopped."""

import uuid
from datetime import datetime, timedelta

from django.db.models import Q

from integrations.adapters.port import Again, Trouble
from integrations.links import beats
from integrations.links.commands import exchanges
from integrations.links.limits import lease as time_to_ask
from integrations.models import Connection, Rhythm
from plant.locks import lock
from plant.transactions import command

OFTEN = timedelta(seconds=5)  # as it happens


@command
def take(*, at: datetime) -> tuple[Connection, uuid.UUID] | None:
    """Lease a connection whose time has come; None when there is none."""
    due = Connection.objects.filter(
        Q(next_fetch_at__isnull=True) | Q(next_fetch_at__lte=at), Q(lease_until__isnull=True) | Q(lease_until__lt=at),
        Q(rests_until__isnull=True) | Q(rests_until__lte=at), enabled=True, receives=True,
    )
    first = due.order_by("next_fetch_at", "pk").first()
    if first is None:
        return None
    lease = uuid.uuid4()
    if due.filter(pk=first.pk).update(lease=lease, lease_until=at + time_to_ask(first)) != 1:
        return None
    return Connection.objects.select_related("acts_as", "site").get(pk=first.pk), lease


@command
def renew(*, connection: Connection, lease: uuid.UUID, at: datetime) -> bool:
    """Stay at it; False when the lease ran out and somebody else asks now."""
    rows = Connection.objects.filter(pk=connection.pk, lease=lease)
    return rows.update(lease_until=at + time_to_ask(connection)) == 1


@command
def finished(*, connection: Connection, lease: uuid.UUID, cursor: str, error: Trouble | None, at: datetime) -> None:
    """Write down how far it came, and when it is asked next. After a fault the cursor stays where it was."""
    rows = lock(Connection.objects.filter(pk=connection.pk, lease=lease))
    if not rows:
        return
    changes = {"lease": None, "lease_until": None, "fetched_at": at, "next_fetch_at": following(rows[0], at)}
    if error is None:
        Connection.objects.filter(pk=connection.pk).update(cursor=cursor, **changes)
        exchanges.answered(connection=connection.pk, at=at)
        return
    Connection.objects.filter(pk=connection.pk).update(**changes)
    after = error.after if isinstance(error, Again) else 0.0
    exchanges.silent(connection=connection.pk, error=error.reason, at=at, after=after)


def following(connection: Connection, at: datetime) -> datetime:
    """When the other side is asked next."""
    if connection.rhythm == Rhythm.REALTIME:
        return at + OFTEN
    if connection.rhythm == Rhythm.MINUTES:
        return at + timedelta(minutes=connection.every)
    return beats.following(connection, at)
