"""The words of the machine edge: a tag of a register map, and a sample of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BIT_TABLES = frozenset({"coil", "discrete"})
PROCESS_KINDS = frozenset({"process", "environment"})
SILENT_KINDS = frozenset({"heartbeat", "identity", "exponent", "scan"})

Key = int | str
Number = int | float
EPOCH_ZERO = 1_577_836_800  # 2020-01-01T00:00:00Z, so that an epoch of seconds fits 31 bits until 2088


# A reading between poll and database: whose, microseconds since 1970, sequence, value or NaN, quality.
READING = np.dtype([("key", "<i8"), ("at", "<i8"), ("seq", "<i8"), ("value", "<f8"), ("quality", "u1")])


class Quality(IntEnum):
    """May this value be believed; numbered as the readings' table has it."""

    GOOD = 0
    UNCERTAIN = 1
    STALE = 2
    OUT_OF_RANGE = 3
    BAD = 4


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
    exponent: int | None = None  # the register of the same table that holds a power of ten
    path: str = ""  # where it lies in a source without registers: a node, a topic, a metric, a pattern
    field: str = ""  # and where in what came from there
    name: str = ""


class Sample(NamedTuple):
    """A value of a tag as the controller gave it, stamped when the request was sent."""

    tag: int
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
    """What the writer gets to store in one transaction: a table of READING, and gaps."""

    table: NDArray[np.void]
    gaps: list[Gap]

    def samples(self, keys: NDArray[np.int64] | None = None) -> list[Sample]:
        """The readings, or those of some keys, one by one."""
        rows = self.table if keys is None else self.table[np.isin(self.table["key"], keys)]
        return [
            Sample(key, moment(at), None if value != value else value, Quality(quality), seq)
            for key, at, seq, value, quality in rows.tolist()
        ]


def sequence(epoch: int, count: int) -> int:
    """A number that grows for ever, also over restarts: the run's epoch above, its count of looks below."""
    return (epoch << 32) | count


def sequence_at(at: datetime, number: int) -> int:
    """A number that grows with time, where no run counts: the moment above, what tells two apart below."""
    return round(at.timestamp() * 1e6) << 10 | number & 1023


def moment(microseconds: int) -> datetime:
    """An aware time from microseconds since 1970."""
    return datetime.fromtimestamp(microseconds / 1e6, UTC)
