"""One block of a controller from answer to answer: what its tags said last, and what of the newest is news."""

import numpy as np
from numpy.typing import NDArray

from integrations.plc.batches import Taken
from integrations.plc.blocks import Block
from integrations.plc.layouts import NONE, Exponents, layout_of
from integrations.plc.ports import Answer
from integrations.plc.tags import PROCESS_KINDS, SILENT_KINDS, Quality, Tag

REFRESH_US = 60_000_000  # unchanged counters and states are said again after a minute
NEVER = 255  # the quality of a tag that has said nothing yet


class Part:
    """The tags of one block as columns; process values are always news, the others when they change.

    A block of nothing but process values is plain: its answers are kept as they come.
    """

    def __init__(self, block: Block, counted: int = 0) -> None:
        tags = [tag for tag, _, _ in block.places]
        self.block = block
        self.identity, self.pulse = _first(tags, "identity"), _first(tags, "heartbeat")
        self._layout = layout_of(block)
        self._exponents = [(tag, start) for tag, start, _ in block.places if tag.kind == "exponent"]
        self._keys = np.array([tag.key for tag in tags], np.int64)
        self._kept = np.array([tag.kind not in SILENT_KINDS for tag in tags])
        self._always = np.array([tag.kind in PROCESS_KINDS for tag in tags])
        self.is_plain = bool(self._always.all()) and not any(tag.exponent is not None for tag in tags)
        self._nothing = np.full(len(tags), np.nan)
        self._values, self._said_values = self._nothing, self._nothing
        self._qualities = self._said_qualities = np.full(len(tags), NEVER, np.uint8)
        self._said_at = np.zeros(len(tags), np.int64)
        self._counts, self._looks = np.full(len(tags), counted, np.int64), 0
        self._sent_us: int | None = None
        self._answer = self._said_answer = b""

    @property
    def counted(self) -> int:
        """How often the tag that said most has spoken."""
        return int(self._counts.max()) + self._looks

    def exponents(self, answer: Answer | None) -> dict[tuple[str, int | None], float]:
        """The powers of ten that an answer holds for other registers, by table and register."""
        if answer is None or not self._exponents:
            return {}
        registers = answer.registers
        told = [(tag, registers[start]) for tag, start in self._exponents]
        return {(tag.table, tag.address): word - 65536 if word > 32767 else word for tag, word in told}

    def hear(self, answer: Answer | None, exponents: Exponents = NONE) -> None:
        """Take an answer in; none means that the controller has no such registers."""
        self._sent_us = None if answer is None else answer.sent_us
        if answer is None:
            return
        if self.is_plain:
            self._answer = answer.data
        else:
            self._values, self._qualities = self._layout.read(answer.data, exponents)

    def told(self, place: int | None) -> float | None:
        """The number that the newest answer has for a tag."""
        if place is None or self._sent_us is None or self._qualities[place] != Quality.GOOD:
            return None
        return float(self._values[place])

    def news(self, now: int) -> Taken | None:
        """What of the newest answer is worth keeping."""
        if self._sent_us is None:
            return self.doubt(Quality.BAD, now)
        if self.is_plain:
            self._looks += 1
            self._said_answer = data = self._answer
            return Taken(self._keys, self._sent_us, self._counts, None, None, self._looks, self._layout, data)
        changed = (self._qualities != self._said_qualities) | (
            (self._values != self._said_values) & (self._qualities == Quality.GOOD)
        )
        fresh = self._kept & (self._always | changed | (self._sent_us - self._said_at >= REFRESH_US))
        self._said_at = np.where(fresh, self._sent_us, self._said_at)
        self._said_values, self._said_qualities = self._values, self._qualities
        return self._some(fresh, self._sent_us, self._values, self._qualities)

    def doubt(self, quality: Quality, now: int) -> Taken | None:
        """That there is no value, for every tag that has not said so already."""
        if self._said_answer:
            self._said_qualities, self._said_answer = self._layout.read(self._said_answer)[1], b""
        doubted = (self._said_qualities == Quality.BAD) | (self._said_qualities == Quality.STALE)
        fresh = self._kept & ~doubted
        self._said_qualities = np.where(fresh, quality, self._said_qualities).astype(np.uint8)
        self._said_at = np.where(fresh, now, self._said_at)
        return self._some(fresh, now, self._nothing, self._said_qualities)

    def _some(
        self, fresh: NDArray[np.bool_], at_us: int, values: NDArray[np.float64], qualities: NDArray[np.uint8]
    ) -> Taken | None:
        if not fresh.any():
            return None
        self._counts = self._counts + fresh
        return Taken(self._keys[fresh], at_us, self._counts[fresh], values[fresh], qualities[fresh], self._looks)


def _first(tags: list[Tag], kind: str) -> int | None:
    """The place of the first tag of a kind."""
    return next((place for place, tag in enumerate(tags) if tag.kind == kind), None)
