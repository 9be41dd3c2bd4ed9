"""One controller over time: what is read each period, what of it is news, and when it is no longer to be believed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from integrations.plc.batches import Missing, Taken
from integrations.plc.blocks import Block, plan
from integrations.plc.decoding import decode
from integrations.plc.ports import Answer, DeviceError, Port, RefusedError, WrongAnswerError
from integrations.plc.tags import PROCESS_KINDS, SILENT_KINDS, Key, Number, Quality, Tag

MISSED_PERIODS = 3
STUCK_SECONDS = 1.0
REFRESH_US = 60_000_000  # unchanged counters and states are said again after a minute
ILLEGAL_ADDRESS = 2


@dataclass
class Source:
    """A controller to follow."""

    code: str
    port: Port
    tags: Sequence[Tag]
    period: float = 1.0
    map_version: int | None = None


@dataclass
class Health:
    """How a controller is doing; the states are those of the PLC status page."""

    state: str = "UNKNOWN"
    last_ok_us: int | None = None
    polls: int = 0
    errors: int = 0
    overruns: int = 0
    misses: int = 0
    latency_ms: float | None = None
    last_error: str = ""


@dataclass
class Reader:
    """Polls one source; keeps what it said last."""

    source: Source
    health: Health = field(default_factory=Health)

    def __post_init__(self) -> None:
        self._plan = plan(self.source.tags)
        self._recorded = [tag for tag in self.source.tags if tag.kind not in SILENT_KINDS]
        self._said: dict[Key, Taken] = {}
        self._pulse: tuple[Number | None, int, float] = (None, 0, 0.0)
        self._broken = False

    async def poll(self) -> tuple[list[Taken], list[Missing]]:
        """One look at every tag: the samples worth keeping, and the gap that this answer ends."""
        self.health.polls += 1
        try:
            answers = [(block, await self._read(block)) for block in self._plan]
            if any(answer is None and block.holes for block, answer in answers):
                self._plan = plan(self.source.tags, gap=0)
                answers = [(block, await self._read(block)) for block in self._plan]
        except DeviceError as error:
            return self.missed(error), []
        return self._heard(answers)

    def missed(self, error: BaseException) -> list[Taken]:
        """Nothing to be believed came: an answer that lies is BAD at once, silence is STALE after three periods."""
        health, now = self.health, time.time_ns() // 1000
        health.errors, health.misses = health.errors + 1, health.misses + 1
        health.last_error = str(error) or type(error).__name__
        self._broken = True
        silent = now - (health.last_ok_us or now)
        long = health.misses >= MISSED_PERIODS or silent >= MISSED_PERIODS * self.source.period * 1e6
        if long:
            health.state = "SILENT"
        if isinstance(error, WrongAnswerError):
            return self._doubt(Quality.BAD, now)
        return self._doubt(Quality.STALE, now) if long else []

    async def _read(self, block: Block) -> Answer | None:
        try:
            return await self.source.port.read_block(block.table, block.address, block.count)
        except RefusedError as error:
            self.health.errors += 1
            self.health.last_error = str(error)
            if error.code != ILLEGAL_ADDRESS:
                raise WrongAnswerError(str(error)) from error
            return None

    def _heard(self, answers: list[tuple[Block, Answer | None]]) -> tuple[list[Taken], list[Missing]]:
        sent_us = min((answer.sent_us for _, answer in answers if answer), default=time.time_ns() // 1000)
        found = self._decoded(answers, sent_us)
        if not self._right_map(found):
            self.health.state = "MISMATCH"
            return self._doubt(Quality.BAD, sent_us), []
        if self._stands_still(found):
            self.health.state = "STUCK"
            return self._doubt(Quality.STALE, sent_us), []
        gaps = self._recovered(sent_us, sum(answer.seconds for _, answer in answers if answer))
        return [taken for tag, taken in found if tag.kind not in SILENT_KINDS and self._news(tag, taken)], gaps

    def _decoded(self, answers: list[tuple[Block, Answer | None]], now: int) -> list[tuple[Tag, Taken]]:
        found = []
        for block, answer in answers:
            for tag, start, size in block.places:
                if answer is not None:
                    value, quality = decode(answer.registers[start : start + size], tag)
                    found.append((tag, Taken(tag.key, answer.sent_us, value, quality)))
                elif self._believed(tag):
                    found.append((tag, Taken(tag.key, now, None, Quality.BAD)))
        return found

    def _recovered(self, sent_us: int, seconds: float) -> list[Missing]:
        health = self.health
        gaps = []
        if self._broken and health.last_ok_us is not None:
            gaps.append(Missing(self.source.code, health.last_ok_us, sent_us, health.last_error[:200]))
        self._broken = False
        health.state, health.misses, health.last_ok_us = "ONLINE", 0, sent_us
        milliseconds = seconds * 1e3
        health.latency_ms = milliseconds if health.latency_ms is None else 0.9 * health.latency_ms + 0.1 * milliseconds
        return gaps

    def _news(self, tag: Tag, taken: Taken) -> bool:
        """Process values are always news, counters and states when they changed or were not said for a minute."""
        said = self._said.get(tag.key)
        if tag.kind not in PROCESS_KINDS and said is not None:
            same = (said.value, said.quality) == (taken.value, taken.quality)
            if same and taken.at_us - said.at_us < REFRESH_US:
                return False
        self._said[tag.key] = taken
        return True

    def _doubt(self, quality: Quality, now: int) -> list[Taken]:
        """Say once, for every tag, that there is no value."""
        self._broken = True
        taken = [Taken(tag.key, now, None, quality) for tag in self._recorded if self._believed(tag)]
        self._said |= {sample.tag: sample for sample in taken}
        return taken

    def _believed(self, tag: Tag) -> bool:
        said = self._said.get(tag.key)
        return said is None or said.quality not in (Quality.BAD, Quality.STALE)

    def _right_map(self, found: list[tuple[Tag, Taken]]) -> bool:
        if self.source.map_version is None:
            return True
        versions = {taken.value for tag, taken in found if tag.kind == "identity"}
        if versions == {self.source.map_version}:
            return True
        self.health.errors += 1
        self.health.last_error = f"register map {sorted(map(str, versions))} instead of {self.source.map_version}"
        return False

    def _stands_still(self, found: list[tuple[Tag, Taken]]) -> bool:
        pulses = [taken.value for tag, taken in found if tag.kind == "heartbeat"]
        if not pulses:
            return False
        value, count, since = self._pulse
        now = time.monotonic()
        self._pulse = (value, count + 1, since) if pulses[0] == value else (pulses[0], 0, now)
        stuck = self._pulse[1] >= MISSED_PERIODS and now - self._pulse[2] >= STUCK_SECONDS
        if stuck:
            self.health.last_error = "the heartbeat register stands still"
        return stuck
