"""What this process asked for a moment ago and may believe for a few seconds more."""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
LARGEST = 10_000
_all: "WeakSet[Fresh[Any]]" = WeakSet()


class Fresh(Generic[T]):
    """Answers by key, each asked for again when it is `seconds` old; threads may share it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._kept: dict[Hashable, tuple[float, T]] = {}
        _all.add(self)

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer for a key; nothing is kept of an `ask` that fails."""
        known = self._kept.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        answer = ask()
        if len(self._kept) >= LARGEST:
            self._kept.clear()
        self._kept[key] = (time.monotonic() + self.seconds, answer)
        return answer

    def forget(self) -> None:
        """Ask anew for everything, now."""
        self._kept.clear()


def forget_all() -> None:
    """Ask anew for everything that this process keeps."""
    for kept in _all:
        kept.forget()
