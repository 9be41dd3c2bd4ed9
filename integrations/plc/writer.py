"""The end of the line: batches from the spool go into the database, and the charts hear of them."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from django.db import close_old_connections, transaction
from numpy.typing import NDArray

from integrations.models import PlcTag
from integrations.plc.commands import observations
from integrations.plc.tags import Batch, Gap
from integrations.plc.tenure import Tenure
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
    ) -> None:
        self._streams, self._machines, self._tenure, self._listeners = streams, machines, tenure, listeners
        self._machine_keys = np.array(list(machines), np.int64)

    def __call__(self, batch: Batch) -> None:
        """Store what is not stored yet; raises when the database does not take it."""
        close_old_connections()
        kept = batch.table[batch.table["key"] > 0]
        with transaction.atomic():
            self._tenure.hold()
            readings.record_table(
                stream=kept["key"], at_us=kept["at"], seq=kept["seq"], value=kept["value"], quality=kept["quality"],
                source=Source.AUTO,
            )
            observations.observe(samples=batch.samples(self._machine_keys), tags=self._machines)
            broken = {stream for gap in batch.gaps for stream in self._record_gap(gap)}
        self._tell(kept, broken)

    def _record_gap(self, gap: Gap) -> list[int]:
        """The streams in which it was."""
        if gap.end <= gap.start:
            return []
        found = [
            stream for code, streams in self._streams.items() if gap.device in ("*", code) for stream in streams
        ]
        for stream in found:
            readings.record_gap(stream=stream, from_at=gap.start, to_at=gap.end, cause=gap.cause[:200])
        return [stream.pk for stream in found]

    def _tell(self, kept: NDArray[np.void], broken: Collection[int]) -> None:
        for listener in self._listeners if len(kept) else ():
            try:
                listener(kept, broken)
            except Exception:
                log.exception("readings are stored, but %s failed", listener)
