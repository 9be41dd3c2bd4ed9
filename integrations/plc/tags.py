"""The words of the machine edge: a tag of a register map, and a sample of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

BIT_TABLES = frozenset({"coil", "discrete"})
PROCESS_KINDS = frozenset({"process", "environment"})
SILENT_KINDS = frozenset({"heartbeat", "identity"})

Key = int | str
Number = int | float
EPOCH_ZERO = 1_577_836_800  # 2020-01-01T00:00:00Z, so that an epoch of seconds fits 31 bits until 2088


class Quality(StrEnum):
    """May this value be believed."""

    GOOD = "GOOD"
    BAD = "BAD"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    STALE = "STALE"


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a value lies in a controller, and how its bits become a number."""

    key: Key
    address: int
    data_type: str = "uint16"
    table: str = "holding"
    word_order: str = "ABCD"
    scale: float = 1.0
    offset: float = 0.0
    bit: int = 0
    minimum: float | None = None
    maximum: float | None = None
    sentinel: bool = False
    kind: str = "process"


class Sample(NamedTuple):
    """A value of a tag as the controller gave it, stamped when the request was sent."""

    tag: Key
    at: datetime
    value: Number | None
    quality: Quality
    seq: int


class Gap(NamedTuple):
    """A stretch for which a controller's readings are missing, and why."""

    device: str
    start: datetime
    end: datetime
    cause: str


class Batch(NamedTuple):
    """What the writer gets to store in one transaction."""

    samples: list[Sample]
    gaps: list[Gap]
    source: str = "auto"


def sequence(epoch: int, count: int) -> int:
    """A number that grows for ever per tag, also over restarts: the run's epoch above, its count below."""
    return (epoch << 32) | count


def moment(microseconds: int) -> datetime:
    """An aware time from microseconds since 1970."""
    return datetime.fromtimestamp(microseconds / 1e6, UTC)
