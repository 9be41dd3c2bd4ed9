"""The end of the line: batches from the spool go into the database, and the charts hear of them."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from django.db import close_old_connections, transaction
from numpy.typing import NDArray

from integrations.models import PlcTag
from integrations.plc.commands import conditions, observations
from integrations.plc.conditioning import Conditioner
from integrations.plc.filters import Filter, Memory
from integrations.plc.queries import conditions as conditioned
from integrations.plc.tags import Batch, Gap
from integrations.plc.tenure import Tenure
from traceability import doubts
from traceability.commands import readings
from traceability.models import Source, Stream

log = logging.getLogger(__name__)

Listener = Callable[[NDArray[np.void], Collection[int]], None]


class Writer:
    """Stores a batch in one transaction as long as this process may poll, then tells who listens what came.

    Listeners get the readings (a table of READING whose keys are streams) and the streams in which a gap ended.

    A listener that fails is logged and does not hold the readings up: it must find what it missed by itself.
    """

    def __init__(
        self,
        streams: Mapping[str, Sequence[Stream]],
        machines: Mapping[int, PlcTag],
        tenure: Tenure,
        listeners: Sequence[Listener] = (),
        filters: Sequence[Filter] = (),
    ) -> None:
        self._streams, self._machines, self._tenure, self._listeners = streams, machines, tenure, listeners
        self._machine_keys = np.array(list(machines), np.int64)
        self._conditioner = Conditioner(filters, conditioned.remembered(filters)) if filters else None

    def __call__(self, batch: Batch) -> None:
        """Store what is not stored yet; raises when the database does not take it."""
        close_old_connections()
        raw = batch.table[batch.table["key"] > 0]
        raw["quality"] = doubts.marked(raw["key"], raw["at"], raw["quality"])
        kept, memory = self._conditioned(raw)
        with transaction.atomic():
            self._tenure.hold()
            readings.record_table(
                stream=kept["key"], at_us=kept["at"], seq=kept["seq"], value=kept["value"], quality=kept["quality"],
                source=Source.AUTO,
            )
            if memory is not None and self._conditioner is not None:
                conditions.remember(filters=self._conditioner.filters, memory=memory)
            observations.observe(samples=batch.samples(self._machine_keys), tags=self._machines)
            broken = {stream for gap in batch.gaps for stream in self._record_gap(gap)}
        if memory is not None and self._conditioner is not None:
            self._conditioner.memory = memory
        self._tell(kept, broken)

    def _conditioned(self, raw: NDArray[np.void]) -> tuple[NDArray[np.void], Memory | None]:
        """The readings with what conditions make of them, and the memory to keep once they are stored."""
        if self._conditioner is None:
            return raw, None
        made, memory = self._conditioner.run(raw)
        return (np.concatenate([raw, made]) if len(made) else raw), memory

    def _record_gap(self, gap: Gap) -> list[int]:
        """The streams in which it was."""
        if gap.end <= gap.start:
            return []
        names = self._names(gap.device)
        found = [
            stream for code, streams in self._streams.items() for stream in streams
            if code in names or f"#{stream.pk}" in names or "*" in names
        ]
        for stream in found:
            readings.record_gap(stream=stream, from_at=gap.start, to_at=gap.end, cause=gap.cause[:200])
        return [stream.pk for stream in found]

    def _names(self, device: str) -> set[str]:
        """The device, and behind one stream also what is made of it."""
        made = self._conditioner.filters if self._conditioner and device.startswith("#") else ()
        return {device, *(f"#{one.out}" for one in made if f"#{one.raw}" == device)}

    def _tell(self, kept: NDArray[np.void], broken: Collection[int]) -> None:
        for listener in self._listeners if len(kept) else ():
            try:
                listener(kept, broken)
            except Exception:
                log.exception("readings are stored, but %s failed", listener)
