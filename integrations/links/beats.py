"""When a connection that works in batches has its turn: every so many hours from midnight on, or once a day."""

from datetime import datetime, timedelta

from django.utils import timezone

from integrations.models import Connection, Rhythm


def following(connection: Connection, at: datetime) -> datetime:
    """Its next turn after a moment."""
    here = timezone.localtime(at)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if connection.rhythm == Rhythm.HOURS:
        each = timedelta(hours=connection.every)
        return midnight + each * ((here - midnight) // each + 1)
    moment = connection.daily_at
    today = midnight.replace(hour=moment.hour if moment else 0, minute=moment.minute if moment else 0)
    return today if today > here else today + timedelta(days=1)


def sent_from(connection: Connection, at: datetime) -> datetime:
    """From when on a message that is made now may be handed over: at once, or with the next turn."""
    is_batch = connection.rhythm in {Rhythm.HOURS, Rhythm.DAILY}
    return following(connection, at) if is_batch else at
