"""What rooms above tell on a customer's page: inspections. They register, nobody imports upwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from traceability.models import MaterialLot


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked on the product: one characteristic, and for the certificate its values and limits."""

    title: str
    passed: bool
    word: str  # the verdict of the whole inspection
    decided_at: datetime
    number: str
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    samples: int = 0
    least: float | None = None
    most: float | None = None
    inspector: str = ""


Inspected = Callable[[Sequence[MaterialLot]], list[Checked]]
_inspected: list[Inspected] = []


def register(fill: Inspected) -> None:
    """Name who knows what was checked on lots: the product first, then what it was made from."""
    if fill not in _inspected:
        _inspected.append(fill)


def inspected(lots: Sequence[MaterialLot]) -> list[Checked]:
    """Everything that was checked and decided."""
    return [one for fill in _inspected for one in fill(lots)]
