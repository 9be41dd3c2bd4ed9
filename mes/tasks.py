"""What production hears of the others' news."""

from celery import shared_task
from django.utils import timezone

from mes.commands import decisions
from plant.commands import deliveries
from plant.models import JournalEntry


@shared_task(name="mes.count_decision")
def count_decision(delivery_id: int, entry_id: int) -> int:
    """Quality scrapped pieces of a lot or sent them back: count them at their operation."""
    at = timezone.now()
    try:
        made = decisions.count(entry=JournalEntry.objects.get(pk=entry_id), at=at)
    except Exception as error:
        deliveries.failed(delivery_id=delivery_id, error=repr(error))
        raise
    deliveries.done(delivery_id=delivery_id, at=at)
    return made
