"""The way out: waiting messages are leased, handed to their adapter, and marked; nothing is lost, nothing doubled."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from integrations import waiting
from integrations.models import Channel, Message, MessageStatus
from integrations.notify.adapters import PER_MINUTE
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

LEASE = timedelta(seconds=90)  # longer than a whole batch of timeouts
BATCH = 10
LONGEST_WAIT = 600.0  # seconds
MOST_ATTEMPTS = 12  # an hour and a quarter from the first to the last
MINUTE = timedelta(minutes=1)
TAKE = """
UPDATE integrations_message SET lease = %(lease)s, lease_until = %(until)s, attempts = attempts + 1
WHERE id = ANY (ARRAY(
  SELECT id FROM integrations_message
  WHERE channel_id = %(channel)s AND status = 'WAITING' AND next_at <= %(at)s
    AND (lease_until IS NULL OR lease_until < %(at)s)
  ORDER BY next_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED))
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some messages of one channel, and the lease under which they are out."""

    channel: Channel
    lease: uuid.UUID
    messages: Sequence[Message]


def due(at: datetime) -> list[Channel]:
    """The channels that have something to send and do not rest."""
    waiting = Message.objects.filter(channel=OuterRef("pk"), status=MessageStatus.WAITING, next_at__lte=at)
    free = waiting.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
    awake = Q(rests_until__isnull=True) | Q(rests_until__lte=at)
    return list(Channel.objects.filter(awake, Exists(free), enabled=True).order_by("pk"))


@command
def take(*, channel: Channel, at: datetime) -> Batch | None:
    """Lease what is due of a channel, as many as it takes in a minute."""
    lock(Channel.objects.filter(pk=channel.pk))
    lease, most = uuid.uuid4(), min(BATCH, left(channel, at))
    words = {"lease": lease, "until": at + LEASE, "channel": channel.pk, "at": at, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, words)
        taken = [row[0] for row in cursor.fetchall()]
    rows = Message.objects.filter(pk__in=taken).select_related("person__reach", "device").order_by("next_at", "pk")
    return Batch(channel, lease, list(rows)) if taken else None


def left(channel: Channel, at: datetime) -> int:
    """How many more messages a channel takes at the moment; what is out now counts."""
    if channel.kind not in PER_MINUTE:
        return BATCH
    sent = Q(status=MessageStatus.SENT, sent_at__gt=at - MINUTE)
    out = Q(status=MessageStatus.WAITING, lease_until__gte=at)
    return max(0, PER_MINUTE[channel.kind] - Message.objects.filter(sent | out, channel=channel).count())


@command
def delivered(*, message: Message, lease: uuid.UUID, at: datetime) -> bool:
    """It arrived; False when the lease ran out and somebody else has it now."""
    rows = Message.objects.filter(pk=message.pk, lease=lease, status=MessageStatus.WAITING)
    changes = {"status": MessageStatus.SENT, "sent_at": at, "lease": None, "lease_until": None, "last_error": ""}
    if rows.update(**changes) != 1:
        return False
    Channel.objects.filter(pk=message.channel_id).update(failures=0, rests_until=None, last_ok_at=at, last_error="")
    return True


@command
def refused(*, message: Message, lease: uuid.UUID, error: str, again: bool, after: float, at: datetime) -> bool:
    """It did not arrive: it waits longer each time, and its channel rests; one that can't arrive is given up."""
    again = again and message.attempts < MOST_ATTEMPTS
    next_at = at + wait(message.attempts, after)
    rows = Message.objects.filter(pk=message.pk, lease=lease, status=MessageStatus.WAITING)
    status = MessageStatus.WAITING if again else MessageStatus.DEAD
    changes = {"status": status, "next_at": next_at, "lease": None, "lease_until": None, "last_error": error[:300]}
    if rows.update(**changes) != 1:
        return False
    channel = lock(Channel.objects.filter(pk=message.channel_id))[0]
    channel.failures += 1
    channel.last_error = error[:300]
    if again:
        channel.rests_until = at + wait(channel.failures, after)
    channel.save(update_fields=["failures", "last_error", "rests_until"])
    return True


@command
def let_go(*, message: Message, lease: uuid.UUID, error: str) -> bool:
    """Nobody is at its address any more: it is given up, and the channel is not blamed. Never a delivery: False."""
    rows = Message.objects.filter(pk=message.pk, lease=lease, status=MessageStatus.WAITING)
    rows.update(status=MessageStatus.DEAD, lease=None, lease_until=None, last_error=error[:300])
    return False


@command
def put_back(*, messages: Sequence[Message], lease: uuid.UUID) -> None:
    """Not tried, because the channel failed before: they wait on, and no attempt is counted."""
    rows = Message.objects.filter(pk__in=[one.pk for one in messages], lease=lease, status=MessageStatus.WAITING)
    for row in lock(rows):
        Message.objects.filter(pk=row.pk).update(lease=None, lease_until=None, attempts=max(0, row.attempts - 1))


def wait(attempts: int, asked: float = 0.0) -> timedelta:
    """Twice as long each time, up to ten minutes, a fifth more or less; at least what the other side asked for."""
    return waiting.wait(attempts, longest=LONGEST_WAIT, asked=asked)


@command
def send_again(*, message: Message, by: Person, at: datetime) -> Message:
    """Have a message that was given up tried anew, from the first attempt on."""
    policies.check(by, "delivery.replay")
    fresh = {"attempts": 0, "next_at": at, "last_error": ""}
    journal.move(message, to=MessageStatus.WAITING, by=by, **fresh)
    Channel.objects.filter(pk=message.channel_id).update(rests_until=None)
    return message
