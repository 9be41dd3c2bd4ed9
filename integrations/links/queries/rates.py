"""How fast a connection may be pushed on: its own messages a minute, read off numbers that have no gap."""

from datetime import datetime, timedelta

from integrations.models import Connection, Direction, Exchange, ExchangeCounter

MINUTE = timedelta(minutes=1)


def wait(connection: Connection, at: datetime) -> float:
    """Seconds until the next message may come, 0 when it may come now: the one so many numbers ago tells it."""
    last = ExchangeCounter.objects.filter(connection=connection, direction=Direction.IN).values_list("last", flat=True)
    number = (last.first() or 0) - connection.per_minute + 1
    rows = Exchange.objects.filter(connection=connection, direction=Direction.IN, seq=number)
    came = rows.values_list("made_at", flat=True).first()
    return max(0.0, (came + MINUTE - at).total_seconds()) if came else 0.0
