"""What the workers do for webhooks: follow the record book."""

from celery import shared_task
from django.utils import timezone

from integrations.models import Channel
from integrations.webhooks.commands import events

MOST_ROUNDS = 20


@shared_task(name="integrations.webhooks.follow")
def follow() -> int:
    """Write the messages of what happened since last time, for every webhook that wants to hear of something."""
    read = 0
    for channel in Channel.objects.filter(enabled=True, event_feed__isnull=False).order_by("pk"):
        for _round in range(MOST_ROUNDS):
            count = events.follow(channel=channel, at=timezone.now())
            read += count
            if count < events.AT_ONCE:
                break
    return read
