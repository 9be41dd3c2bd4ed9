"""How much of a core each process of a plant takes."""

import os
import time
from pathlib import Path

from benchmarks.plant import Plant

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """CPU seconds of a process, of its children, and of those that have ended."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(map(int, words[11:15])) / TICKS + sum(seconds_of(int(child)) for child in children)


class Spent:
    """CPU of a plant's processes since now; one that is started again counts from there."""

    def __init__(self, plant: Plant) -> None:
        self._plant, self._began = plant, time.monotonic()
        self._before = self._now()

    def _now(self) -> dict[tuple[str, int], float]:
        return {(name, pid): seconds_of(pid) for name, pid in self._plant.pids.items()}

    def cores(self) -> dict[str, float]:
        """Of each process its share of a core."""
        took = time.monotonic() - self._began
        grown = {key: spent - self._before.get(key, 0.0) for key, spent in self._now().items()}
        return {name: round(seconds / took, 3) for (name, _pid), seconds in grown.items()}
