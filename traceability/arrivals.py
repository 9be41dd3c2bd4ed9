"""What is asked of a lot that has just been received: rooms above name what they want done, by registration."""

from collections.abc import Callable
from datetime import datetime

from traceability.models import MaterialLot

Asker = Callable[[MaterialLot, datetime], None]
_askers: list[Asker] = []


def register(asker: Asker) -> Asker:
    """Name a function that is called within the receipt of each lot."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def tell(lot: MaterialLot, at: datetime) -> None:
    """Let every room see the new lot, in the transaction of its receipt."""
    for asker in _askers:
        asker(lot, at)
