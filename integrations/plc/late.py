"""Readings that come after younger ones of their stream: what a source kept while nobody heard it is judged as well."""

from collections.abc import Collection

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from integrations.plc.tags import moment
from plant.queries import persons
from spc.commands import measurements


class Late:
    """Remembers the newest moment of each stream, and lets charts look again from where something came late."""

    def __init__(self) -> None:
        self._newest: dict[int, int] = {}

    def __call__(self, kept: NDArray[np.void], broken: Collection[int]) -> None:
        found = self.found(kept)
        if found:
            measurements.evaluate(
                stream_ids=set(found), by=persons.system("spc"), at=timezone.now(), since=moment(min(found.values()))
            )

    def found(self, kept: NDArray[np.void]) -> dict[int, int]:
        """The streams in which something came late, and the oldest moment of it."""
        keys, place = np.unique(kept["key"], return_inverse=True)
        oldest, newest = np.full(len(keys), np.iinfo(np.int64).max), np.zeros(len(keys), np.int64)
        np.minimum.at(oldest, place, kept["at"])
        np.maximum.at(newest, place, kept["at"])
        late = {}
        for key, first, last in zip(keys.tolist(), oldest.tolist(), newest.tolist(), strict=True):
            known = self._newest.get(key, first)
            if first < known:
                late[key] = first
            self._newest[key] = max(known, last)
        return late
