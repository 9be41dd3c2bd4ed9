"""Handing journal entries to their subscribers: at least once, in order per subject, without losing one."""

from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F

from plant import hints
from plant.models import Delivery

LEASE = timedelta(seconds=30)
BATCH = 200
OPEN = """
SELECT d.id, d.entry_id, d.subscriber, d.stream, d.lease_until, d.attempts, d.delivered_at, d.last_error
FROM plant_delivery d
WHERE d.delivered_at IS NULL AND (d.lease_until IS NULL OR d.lease_until < %s)
  AND NOT EXISTS (
    SELECT 1 FROM plant_delivery earlier
    WHERE earlier.stream = d.stream AND earlier.subscriber = d.subscriber
      AND earlier.delivered_at IS NULL AND earlier.entry_id < d.entry_id)
ORDER BY d.entry_id LIMIT %s FOR UPDATE OF d SKIP LOCKED
"""


def nudge() -> None:
    """Once committed, ask a worker to look; if nobody hears it, the clock asks again."""
    transaction.on_commit(lambda: hints.send("plant.deliver_journal"), robust=True)


@transaction.atomic
def take(*, at: datetime) -> list[Delivery]:
    """Lease the open deliveries whose predecessors have arrived."""
    taken = list(Delivery.objects.raw(OPEN, [at, BATCH]))
    rows = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
    rows.update(lease_until=at + LEASE, attempts=F("attempts") + 1)
    return taken


def deliver(*, at: datetime) -> int:
    """Send what is due to the tasks that asked for it. Each task marks its delivery when it is done."""
    taken = take(at=at)
    for delivery in taken:
        current_app.send_task(delivery.subscriber, args=[delivery.pk, delivery.entry_id])
    return len(taken)


def done(*, delivery_id: int, at: datetime) -> None:
    """The subscriber has done its part."""
    Delivery.objects.filter(pk=delivery_id).update(delivered_at=at, last_error="")


def failed(*, delivery_id: int, error: str) -> None:
    """The subscriber could not: keep the reason for a person to read; the lease's end brings the next try."""
    Delivery.objects.filter(pk=delivery_id).update(last_error=error[:2000])
