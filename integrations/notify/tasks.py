"""What the workers do for the channels: spread news, and carry out what waits."""

from celery import shared_task
from django.utils import timezone

from integrations.notify import post, recall_mail, supplier_mail
from integrations.notify.commands import news
from plant.commands import deliveries
from plant.models import JournalEntry

MOST_ROUNDS = 20


@shared_task(name="integrations.notify.spread")
def spread(delivery_id: int, entry_id: int) -> int:
    """Something happened that people may want to be told of: write their messages."""
    at = timezone.now()
    try:
        made = news.spread(entry=JournalEntry.objects.get(pk=entry_id), at=at)
    except Exception as error:
        deliveries.failed(delivery_id=delivery_id, error=repr(error))
        raise
    deliveries.done(delivery_id=delivery_id, at=at)
    return made


@shared_task(name="integrations.notify.deliver")
def deliver() -> int:
    """Send what waits, batch after batch while it arrives; how many were delivered."""
    total = 0
    for _round in range(MOST_ROUNDS):
        count = post.deliver(clock=timezone.now)
        total += count
        if not count:
            break
    return total


@shared_task(name="integrations.notify.deliver_to_suppliers")
def deliver_to_suppliers() -> int:
    """Send the mails to suppliers that wait; how many went out."""
    return supplier_mail.deliver()


@shared_task(name="integrations.notify.deliver_to_customers")
def deliver_to_customers() -> int:
    """Send the letters of recalls that wait; how many went out."""
    return recall_mail.deliver(clock=timezone.now)


@shared_task(name="integrations.notify.write_to_customers")
def write_to_customers(delivery_id: int, entry_id: int) -> int:
    """Letters of a recall were written: send them now. Those that wait longer are sent by the clock."""
    try:
        sent = recall_mail.deliver(clock=timezone.now)
    except Exception as error:
        deliveries.failed(delivery_id=delivery_id, error=repr(error))
        raise
    deliveries.done(delivery_id=delivery_id, at=timezone.now())
    return sent
