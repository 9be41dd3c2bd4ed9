"""What the tags of one source said last, what of the newest is news, and how the source is doing."""

import asyncio
import time
from collections.abc import Sequence

import numpy as np

from integrations.plc.batches import Heard, Missing
from integrations.plc.feed import Receipt, Take
from integrations.plc.reader import Health
from integrations.plc.tags import PROCESS_KINDS, SILENT_KINDS, Quality, Tag
from integrations.sources.settling import is_believable, settle

FLUSH = 0.02  # seconds that readings are gathered
SOON = 0.002  # and where the sender waits for a receipt
REFRESH_US = 60_000_000  # a value that a live source leaves unchanged is said again after a minute
NEVER = 255
CLOCK = "its clock is wrong: {:.0f} s away; the moment of arrival is taken"
Row = tuple[int, int, int, float, int]


class Notebook:
    """Readings of one source on their way to the poller; process values are always news, others when they change."""

    def __init__(self, code: str, tags: Sequence[Tag], take: Take, health: Health) -> None:
        self.code, self.tags, self.health, self._take = code, tags, health, take
        size = len(tags)
        self._is_kept = [tag.kind not in SILENT_KINDS for tag in tags]
        self._is_process = [tag.kind in PROCESS_KINDS for tag in tags]
        self._values, self._qualities, self._said_at = [0.0] * size, [NEVER] * size, [0] * size
        self._counts = dict.fromkeys((int(tag.key) for tag in tags), 0)
        self._rows: list[Row] = []
        self._gaps: list[Missing] = []
        self._receipts: list[Receipt] = []
        self._open = 0
        self._timer: asyncio.TimerHandle | None = None
        self._is_broken = self._is_soon = False

    def say(
        self, place: int, value: object, at_us: int | None, quality: int = Quality.GOOD, *, late: bool = False
    ) -> None:
        """Take in what a tag says; `late` is what was kept while nobody listened, which tells nothing of now."""
        now_us = time.time_ns() // 1000
        tag = self.tags[place]
        found, quality = settle(tag, value, quality)
        if at_us is None:
            at_us = now_us
        elif not is_believable(at_us, now_us):
            self.fault(CLOCK.format((at_us - now_us) / 1e6))
            at_us, quality = now_us, max(quality, Quality.UNCERTAIN)
        if not self._is_kept[place] or (late and not self._is_process[place]):
            return
        if late:
            self._write(tag, at_us, found, quality)
            return
        is_same = quality == self._qualities[place] and (found == self._values[place] or quality >= Quality.STALE)
        if is_same and not self._is_process[place] and at_us - self._said_at[place] < REFRESH_US:
            return
        self._values[place], self._qualities[place], self._said_at[place] = found, quality, now_us
        self._write(tag, at_us, found, quality)

    def doubt(self, quality: Quality, places: Sequence[int] | None = None) -> None:
        """Say once, for these tags or all, that there is no value."""
        now_us = time.time_ns() // 1000
        for place in range(len(self.tags)) if places is None else places:
            if self._is_kept[place] and self._qualities[place] not in (Quality.STALE, Quality.BAD):
                self._qualities[place], self._said_at[place] = quality, now_us
                self._write(self.tags[place], now_us, float("nan"), quality)

    def refresh(self) -> None:
        """Say again what stands unchanged since a minute, for a source that is known to be alive."""
        now_us = time.time_ns() // 1000
        for place, tag in enumerate(self.tags):
            is_due = now_us - self._said_at[place] >= REFRESH_US
            if is_due and self._is_kept[place] and self._qualities[place] <= Quality.UNCERTAIN:
                self._said_at[place] = now_us
                self._write(tag, now_us, self._values[place], self._qualities[place])

    def miss(self, place: int, since_us: int, cause: str) -> None:
        """Readings of one tag are missing until now."""
        key = int(self.tags[place].key)
        if key > 0:
            self._gap(Missing(f"#{key}", since_us, time.time_ns() // 1000, cause[:200]))

    def miss_all(self, cause: str) -> None:
        """Readings of all tags are missing since the last that was heard."""
        now_us = time.time_ns() // 1000
        self._gap(Missing(self.code, self.health.last_ok_us or now_us, now_us, cause[:200]))

    def fault(self, cause: str) -> None:
        """Something is wrong that does not end the connection."""
        self.health.errors += 1
        self.health.last_error = cause[:300]

    def begin(self) -> None:
        """The source answers (again)."""
        now_us = time.time_ns() // 1000
        if self._is_broken and self.health.last_ok_us is not None:
            self._gap(Missing(self.code, self.health.last_ok_us, now_us, self.health.last_error[:200]))
        self._is_broken = False
        self.alive()

    def alive(self) -> None:
        """The source was heard just now."""
        health = self.health
        health.state, health.misses, health.last_ok_us = "ONLINE", 0, time.time_ns() // 1000
        health.polls += 1

    def lost(self, error: BaseException | str) -> None:
        """The source is not heard any more: nothing it said is true of now."""
        health = self.health
        health.misses += 1
        self.fault(str(error) or type(error).__name__)
        health.state, self._is_broken = "SILENT", True
        self.doubt(Quality.STALE)

    @property
    def owes(self) -> bool:
        """Whether somebody waits to be told that what he said lies on the disk."""
        return bool(self._open)

    def answer(self, receipt: Receipt) -> None:
        """Tell whoever sent what was said until now, as soon as it lies on the disk; in the order of asking."""
        self._receipts.append(receipt)
        self._open += 1
        self._schedule(soon=True)

    def flush(self) -> None:
        """Hand over what was gathered."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._is_soon = False
        rows, self._rows = self._rows, []
        gaps, self._gaps = self._gaps, []
        receipts, self._receipts = self._receipts, []
        if not rows and not gaps and not receipts:
            return
        heard = None
        if rows:
            keys, at, counts, values, qualities = zip(*rows, strict=True)
            heard = Heard(
                np.array(keys, np.int64), np.array(at, np.int64), np.array(counts, np.int64),
                np.array(values, np.float64), np.array(qualities, np.uint8),
            )
        self._take(heard, gaps, (lambda: self._answered(receipts)) if receipts else None)

    def _answered(self, receipts: list[Receipt]) -> None:
        self._open -= len(receipts)
        for receipt in receipts:
            receipt()

    def _write(self, tag: Tag, at_us: int, value: float, quality: int) -> None:
        key = int(tag.key)
        self._counts[key] = count = self._counts[key] + 1
        self._rows.append((key, at_us, count, value, quality))
        self._schedule()

    def _gap(self, gap: Missing) -> None:
        self._gaps.append(gap)
        self._schedule()

    def _schedule(self, *, soon: bool = False) -> None:
        if self._timer is not None and (self._is_soon or not soon):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._is_soon = soon
        self._timer = asyncio.get_running_loop().call_later(SOON if soon else FLUSH, self.flush)
