"""Entries of a form that comes with a key: sent twice, they are done once."""

from collections.abc import Callable
from typing import Any

from plant.commands import idempotency


def once(*, client: str, key: str, request: Any, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the act tells; with a key that was seen before, what it told then. Call it inside a command."""
    if not key:
        return act()
    told: dict[str, Any] = idempotency.once(client=client, key=key, request=request, act=lambda: (200, act())).body
    return told
