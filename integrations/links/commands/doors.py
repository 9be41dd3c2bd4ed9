"""Keys for pushing onto a connection: shown once, two live while one is changed for the other, closed for good."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from integrations.links.commands.connections import ConnectionRefused
from integrations.models import Connection, DoorKey
from plant import keys, policies, sealing
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

OVERLAP = timedelta(days=7)
SLOTS = (1, 2)


def live(connection: Connection, at: datetime) -> "QuerySet[DoorKey]":
    """The keys that open its door now."""
    rows = DoorKey.objects.filter(connection=connection, closed_at__isnull=True)
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


@command
def issue(*, connection: Connection, by: Person, at: datetime) -> tuple[DoorKey, str]:
    """Make a key, and tell its secret this once; the one before counts for seven more days."""
    policies.check(by, "connection.keep", on=connection)
    row = lock(Connection.objects.filter(pk=connection.pk))[0]
    if not row.door:
        raise ConnectionRefused(_("Choose first how whoever pushes signs in: change the connection."))
    DoorKey.objects.filter(connection=row, closed_at__isnull=True, ends_at__lte=at).update(closed_at=at)
    standing = list(live(row, at))
    if len(standing) >= len(SLOTS):
        raise ConnectionRefused(_("Two keys are live already. Close the old one as soon as nobody uses it any more."))
    until = at + OVERLAP
    DoorKey.objects.filter(pk__in=[one.pk for one in standing]).update(ends_at=until)
    key_id, secret = keys.new()
    slot = next(one for one in SLOTS if one not in {key.slot for key in standing})
    made = DoorKey.objects.create(
        connection=row, slot=slot, key_id=key_id, sealed=sealing.seal(secret), made_at=at, made_by=by
    )
    data = {"key": key_id, "before": [one.key_id for one in standing], "before_until": until, "at": at}
    journal.record("connection.door-key-made", subject=row, by=by, data=data)
    return made, secret


@command
def close(*, key: DoorKey, by: Person, at: datetime) -> DoorKey:
    """Close a key for good, from the next request on."""
    policies.check(by, "connection.keep", on=key.connection)
    if DoorKey.objects.filter(pk=key.pk, closed_at__isnull=True).update(closed_at=at):
        data = {"key": key.key_id, "at": at}
        journal.record("connection.door-key-closed", subject=key.connection, by=by, data=data)
    key.refresh_from_db()
    return key


@command
def mark_used(*, key: DoorKey, at: datetime) -> None:
    """Note that a key is in use, once a minute at most."""
    if key.used_at is None or at - key.used_at > timedelta(minutes=1):
        DoorKey.objects.filter(pk=key.pk).update(used_at=at)
