"""What the poller needs of a source that speaks by itself; which protocol it speaks is no business of the poller."""

from collections.abc import Callable
from typing import Protocol

from integrations.plc.batches import Heard, Missing
from integrations.plc.reader import Health

Receipt = Callable[[], None]


class Take(Protocol):
    """Hand over what was heard; `kept` is called once all that was handed over until now lies on the disk."""

    def __call__(self, heard: Heard | None, gaps: list[Missing], kept: Receipt | None = None) -> None: ...


class Feed(Protocol):
    """A source that is listened to."""

    code: str
    health: Health

    async def run(self, take: Take) -> None:
        """Listen until cancelled, through every outage; hand over what is worth keeping, the last of it at the end."""
