"""How a batch of samples lies in the spool: JSON, because it must still be readable when nothing else works."""

import json
from typing import Any, NamedTuple

from integrations.plc.tags import Batch, Gap, Key, Number, Quality, Sample, moment, sequence


class Taken(NamedTuple):
    """A sample on its way to the spool: microseconds since 1970, and its number within this run."""

    tag: Key
    at_us: int
    value: Number | None
    quality: str
    count: int = 0


class Missing(NamedTuple):
    """A gap on its way to the spool."""

    device: str
    start_us: int
    end_us: int
    cause: str


def pack(epoch: int, samples: list[Taken], gaps: list[Missing]) -> bytes:
    """A batch as bytes; numbers that are none raise ValueError."""
    return json.dumps([epoch, samples, gaps], separators=(",", ":"), allow_nan=False).encode()


def unpack(payloads: list[bytes]) -> Batch:
    """Several spooled batches as one, in order."""
    batch = Batch([], [])
    for payload in payloads:
        epoch, samples, gaps = json.loads(payload)
        batch.samples.extend(
            Sample(tag, moment(at_us), value, Quality(quality), sequence(epoch, count))
            for tag, at_us, value, quality, count in samples
        )
        batch.gaps.extend(Gap(device, moment(start), moment(end), cause) for device, start, end, cause in gaps)
    return batch


def span(payload: bytes) -> tuple[int, int] | None:
    """The first and the last moment a spooled batch speaks of."""
    _, samples, gaps = json.loads(payload)
    moments: list[Any] = [sample[1] for sample in samples] + [at for gap in gaps for at in gap[1:3]]
    return (min(moments), max(moments)) if moments else None


def summarise(payloads: list[bytes]) -> bytes:
    """One batch that says which stretch of all controllers' readings was lost with these."""
    spans = [found for payload in payloads if (found := span(payload))]
    start, end = (min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0))
    return pack(0, [], [Missing("*", start, end, "lost from the spool")])
