"""The right to poll: one holder at a time, so that two pollers never read the same controllers."""

import os
import socket
import threading
import uuid

from plant.commands import leases

SECONDS = 20.0


class LostError(Exception):
    """Somebody else polls now."""


class Tenure:
    """A lease held by this run of the poller; usable from several threads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._token: int | None = None
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Become the holder if nobody is."""
        with self._lock:
            self._token = leases.acquire(name=self._name, holder=self._holder, seconds=SECONDS)
            return self._token is not None

    def hold(self) -> None:
        """Stay the holder, also after an outage of the database in which nobody else came; else LostError."""
        with self._lock:
            if self._token is not None and leases.renew(
                name=self._name, holder=self._holder, token=self._token, seconds=SECONDS
            ):
                return
            self._token = leases.acquire(name=self._name, holder=self._holder, seconds=SECONDS)
            if self._token is None:
                raise LostError(f"another process holds {self._name}")

    def give_back(self) -> None:
        """Let the next holder begin at once."""
        with self._lock:
            if self._token is not None:
                leases.release(name=self._name, holder=self._holder, token=self._token)
            self._token = None
