"""The numbers that several parts of the spine hold to."""

from datetime import timedelta

from integrations.models import Connection

TRIPS = 5  # failures in a row after which a connection rests
PARKED = "parked:"  # before the id of a message that was refused at the door
SPARE = timedelta(minutes=1)
CALLS = 4  # of one message with the other side, each within the connection's timeout


def lease(connection: Connection) -> timedelta:
    """How long a worker has what it took before others may; it asks for more after every message."""
    return SPARE + CALLS * timedelta(seconds=float(connection.timeout))
