"""What an adapter is given and what it may answer: the small port between the plant and every channel. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from integrations.safe_http import Network


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, whole: `id` is the same at every attempt, so a receiver knows a repetition."""

    id: str
    title: str
    text: str
    url: str
    news: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    files: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a letter goes: an address, and what is secret about it."""

    address: str = ""
    token: str = ""
    secret: str = ""
    to: str = ""
    template: dict[str, Any] = field(default_factory=dict)
    former: str = ""
    open_networks: tuple[Network, ...] = ()


class NotDelivered(Exception):
    """The other end did not take it. `again` says whether a later try can help, `after` from how many seconds on.

    `status` is that of its HTTP answer, 0 where there was none.
    """

    def __init__(self, message: str, *, again: bool = True, after: float = 0.0, status: int = 0) -> None:
        super().__init__(message)
        self.again, self.after, self.status = again, after, status


class Gone(NotDelivered):
    """There is nobody at that address any more; the channel itself works."""

    def __init__(self, message: str) -> None:
        super().__init__(message, again=False)


Adapter = Callable[[Letter, Destination], None]


def cut(text: str, most: int) -> str:
    """The beginning of a text that fits into so many bytes of UTF-8, marked where something was left out."""
    data = text.encode()
    return text if len(data) <= most else data[: max(most - 3, 0)].decode(errors="ignore") + "…"
