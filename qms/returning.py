"""Taking goods of a shipment back: asked of whoever keeps the shipments, by registration, for quality stands below."""

from collections.abc import Callable
from typing import Any

TakeBack = Callable[..., Any]
_takers: list[TakeBack] = []


def register(taker: TakeBack) -> TakeBack:
    """Name the command that brings a lot of a shipment back into a store, held."""
    if taker not in _takers:
        _takers.append(taker)
    return taker


def take_back(**said: Any) -> None:
    """Bring a lot back: shipment, code, quantity, reason, store, by, at."""
    for taker in _takers:
        taker(**said)
