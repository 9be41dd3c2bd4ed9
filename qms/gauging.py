"""What this room asks of higher ones about gauges: for which tolerances studies allow one, where else it measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qms.models import Characteristic, Gauge


@dataclass(frozen=True, slots=True)
class Studied:
    """The study that counts for a gauge: the least width between limits that it may judge, None where it can't tell.

    is_unfit   the study found the gauge unusable for the very characteristic that was asked about
    """

    code: str
    word: Any
    tone: str
    path: str
    least: float | None
    unit: str
    approved_at: datetime
    is_unfit: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """Where a gauge was used, for an impact review: a thing with a key of its own, and how often since when."""

    source: str
    key: str
    title: str
    lot_id: int | None
    measurements: int
    first_at: datetime
    last_at: datetime
    item_id: int | None = None


Judge = Callable[[Gauge, Characteristic | None], Studied | None]
Collector = Callable[[Gauge, datetime | None, datetime | None], Iterator[Measured]]
_JUDGES: list[Judge] = []
_COLLECTORS: list[Collector] = []


def judge(found: Judge) -> Judge:
    """Name who knows the studies of gauges; the decorated function stays as it is."""
    _JUDGES.append(found)
    return found


def collector(found: Collector) -> Collector:
    """Name who keeps measurements that were made with gauges."""
    _COLLECTORS.append(found)
    return found


def study(gauge: Gauge, characteristic: Characteristic | None = None) -> Studied | None:
    """The newest approved study of a gauge; None without one, or where nobody studies gauges."""
    return next((told for ask in _JUDGES if (told := ask(gauge, characteristic)) is not None), None)


def measured(gauge: Gauge, since: datetime | None, until: datetime | None) -> Iterator[Measured]:
    """Everything that a gauge measured in a stretch."""
    for ask in _COLLECTORS:
        yield from ask(gauge, since, until)
