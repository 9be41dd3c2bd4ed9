"""How a batch of readings lies in the spool: a line of JSON that says what it is, then the table as it is."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from integrations.plc.layouts import Layout
from integrations.plc.tags import READING, Batch, Gap, Quality, moment, sequence

END = b"\n"


class Taken(NamedTuple):
    """What one look gave, all of one moment (µs since 1970): keys, values (NaN where there is none), qualities.

    `counts` and `looks` together number what each tag said in this run without a hole: subgroups are made of readings
    in a row. What needs no thought is left as it came (`data`, to be read by `layout`), with nothing in place of values
    and qualities: many answers are read at once when the batch is packed.
    """

    keys: NDArray[np.int64]
    at_us: int
    counts: NDArray[np.int64]
    values: NDArray[np.float64] | None = None
    qualities: NDArray[np.uint8] | None = None
    looks: int = 0
    layout: Layout | None = None
    data: bytes = b""


class Heard(NamedTuple):
    """What a source said by itself, each value with a moment of its own; `counts` number what each tag said."""

    keys: NDArray[np.int64]
    at: NDArray[np.int64]
    counts: NDArray[np.int64]
    values: NDArray[np.float64]
    qualities: NDArray[np.uint8]

    @property
    def at_us(self) -> int:
        """The newest moment."""
        return int(self.at.max())


class Missing(NamedTuple):
    """A gap on its way to the spool; the device is a controller's code, * for all, or # and the number of a stream."""

    device: str
    start_us: int
    end_us: int
    cause: str


def pack(epoch: int, looks: Sequence[Taken | Heard], gaps: Sequence[Missing]) -> bytes:
    """A batch as bytes."""
    taken = [one for one in looks if isinstance(one, Taken)]
    heard = [_table(epoch, one) for one in looks if isinstance(one, Heard)]
    sizes = [len(one.keys) for one in taken]
    starts = np.cumsum([0, *sizes])
    table = np.empty(starts[-1], READING)
    if taken:
        table["key"] = np.concatenate([one.keys for one in taken])
        table["at"] = np.repeat([one.at_us for one in taken], sizes)
        table["seq"] = np.concatenate([one.counts for one in taken])
        table["seq"] += np.repeat([sequence(epoch, one.looks) for one in taken], sizes)
        _write_values(table, taken, starts)
    if heard:
        table = np.concatenate([table, *heard])
    return json.dumps({"readings": len(table), "gaps": gaps}).encode() + END + table.tobytes()


def _table(epoch: int, heard: Heard) -> NDArray[np.void]:
    table = np.empty(len(heard.keys), READING)
    table["key"], table["at"], table["seq"] = heard.keys, heard.at, heard.counts + sequence(epoch, 0)
    table["value"], table["quality"] = heard.values, heard.qualities
    return table


def _write_values(table: NDArray[np.void], taken: Sequence[Taken], starts: NDArray[np.int64]) -> None:
    """Values and qualities of a batch: answers of one layout are read together."""
    unread: dict[Layout, list[int]] = defaultdict(list)
    for number, one in enumerate(taken):
        if one.layout is not None:
            unread[one.layout].append(number)
        else:
            some = slice(starts[number], starts[number + 1])
            table["value"][some], table["quality"][some] = one.values, one.qualities
    for layout, numbers in unread.items():
        values, qualities = layout.read_many([taken[number].data for number in numbers])
        rows = starts[numbers][:, None] + np.arange(values.shape[1])
        table["value"][rows], table["quality"][rows] = values, qualities


def unpack(payloads: Sequence[bytes]) -> Batch:
    """Several spooled batches as one, in order."""
    opened = [_open(payload) for payload in payloads]
    gaps = [Gap(name, moment(start), moment(end), why) for _, said in opened for name, start, end, why in said]
    return Batch(np.concatenate([table for table, _ in opened]), gaps)


def span(payload: bytes) -> tuple[int, int] | None:
    """The first and the last moment a spooled batch speaks of."""
    table, gaps = _open(payload)
    moments = [*table["at"].tolist(), *(at for gap in gaps for at in gap[1:3])]
    return (min(moments), max(moments)) if moments else None


def summarise(payloads: Sequence[bytes]) -> bytes:
    """One batch that says which stretch of all controllers' readings was lost with these."""
    spans = [found for payload in payloads if (found := span(payload))]
    start, end = (min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0))
    return pack(0, [], [Missing("*", start, end, "lost from the spool")])


def _open(payload: bytes) -> tuple[NDArray[np.void], list[Any]]:
    head, _, rows = payload.partition(END)
    said = json.loads(head)
    if isinstance(said, list):
        return _earlier(*said)
    return np.frombuffer(rows, READING, said["readings"]), said["gaps"]


def _earlier(epoch: int, samples: list[Any], gaps: list[Any]) -> tuple[NDArray[np.void], list[Any]]:
    """A batch that a poller before version 4 left in the spool: nothing but JSON, tags without a stream by name."""
    rows = [
        (-int(tag.split(":")[1]) if isinstance(tag, str) else tag, at_us, sequence(epoch, count),
         np.nan if value is None else value, Quality[quality])
        for tag, at_us, value, quality, count in samples
    ]
    return np.array(rows, READING), gaps
