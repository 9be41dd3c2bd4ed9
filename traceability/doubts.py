"""From when on the readings of a stream are in doubt: the room that knows registers, nobody imports upwards."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traceability.models import Quality

Since = Callable[[Collection[int], datetime], dict[int, datetime]]
_SOURCES: list[Since] = []


def register(since: Since) -> Since:
    """Ask this of streams and a moment: from when until that moment each is in doubt; sound ones are left out."""
    if since not in _SOURCES:
        _SOURCES.append(since)
    return since


def marked(
    stream: NDArray[np.integer[Any]], at_us: NDArray[np.integer[Any]], quality: NDArray[np.integer[Any]]
) -> NDArray[np.integer[Any]]:
    """The qualities with every good reading of a stream in doubt made uncertain; columns as they are stored."""
    if not len(stream) or not _SOURCES:
        return quality
    streams = np.unique(stream).tolist()
    newest = datetime.fromtimestamp(int(at_us.max()) / 1e6, UTC)
    found = quality
    for source in _SOURCES:
        for one, since in source(streams, newest).items():
            doubtful = (stream == one) & (at_us >= round(since.timestamp() * 1e6)) & (found == Quality.GOOD)
            found = np.where(doubtful, Quality.UNCERTAIN, found).astype(quality.dtype)
    return found
