"""Signs of life: each long-running process says that it lives; silence is what readiness looks for."""

import os
import socket
from datetime import datetime, timedelta

from plant.models import Lease

LASTS = timedelta(seconds=45)


def beat(*, name: str, at: datetime) -> None:
    """Say that a process of this name lives ("worker", "beat", "poller", "edges"); good for 45 seconds."""
    values = {"holder": f"{socket.gethostname()}:{os.getpid()}"[:120], "until": at + LASTS}
    Lease.objects.update_or_create(name=f"pulse:{name}", defaults=values)
