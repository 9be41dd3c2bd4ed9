"""The end of the line: batches from the spool go into the database, and the charts hear of them."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import close_old_connections, transaction

from integrations.models import PlcTag
from integrations.plc.commands import observations
from integrations.plc.tags import Batch, Gap, Key, Quality
from integrations.plc.tenure import Tenure
from traceability import models
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Stream

log = logging.getLogger(__name__)

QUALITIES = {
    Quality.GOOD: models.Quality.GOOD,
    Quality.BAD: models.Quality.BAD,
    Quality.OUT_OF_RANGE: models.Quality.OUT_OF_RANGE,
    Quality.STALE: models.Quality.STALE,
}
Listener = Callable[[Collection[int]], None]


class Writer:
    """Stores a batch in one transaction as long as this process may poll, then tells who listens which streams moved.

    A listener that fails is logged and does not hold the readings up: it must find what it missed by itself.
    """

    def __init__(
        self,
        streams: Mapping[str, Sequence[Stream]],
        machines: Mapping[Key, PlcTag],
        tenure: Tenure,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self._streams, self._machines, self._tenure, self._listeners = streams, machines, tenure, listeners

    def __call__(self, batch: Batch) -> None:
        """Store what is not stored yet; raises when the database does not take it."""
        close_old_connections()
        rows = [
            ReadingRow(sample.tag, sample.at, sample.seq, sample.value, QUALITIES[sample.quality], models.Source.AUTO)
            for sample in batch.samples
            if isinstance(sample.tag, int)
        ]
        with transaction.atomic():
            self._tenure.hold()
            readings.record(rows=rows)
            observations.observe(samples=batch.samples, tags=self._machines)
            for gap in batch.gaps:
                self._record_gap(gap)
        self._tell({row.stream_id for row in rows})

    def _record_gap(self, gap: Gap) -> None:
        if gap.end <= gap.start:
            return
        for code, streams in self._streams.items():
            for stream in streams if gap.device in ("*", code) else ():
                readings.record_gap(stream=stream, from_at=gap.start, to_at=gap.end, cause=gap.cause[:200])

    def _tell(self, streams: Collection[int]) -> None:
        for listener in self._listeners if streams else ():
            try:
                listener(streams)
            except Exception:
                log.exception("readings are stored, but %s failed", listener)
