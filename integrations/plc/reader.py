"""One controller over time: what is read each period, what of it is news, and when it is no longer to be believed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from integrations.plc.batches import Missing, Taken
from integrations.plc.blocks import GAP, plan
from integrations.plc.layouts import NONE, Exponents
from integrations.plc.parts import Part
from integrations.plc.ports import Answer, DeviceError, Port, RefusedError, WrongAnswerError
from integrations.plc.tags import Quality, Tag

MISSED_PERIODS = 3
STUCK_SECONDS = 1.0
ILLEGAL_ADDRESS = 2
Answers = list[Answer | None]


@dataclass
class Source:
    """A controller to follow; its tags' keys are numbers."""

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
        self._pulse: tuple[float | None, int, float] = (None, 0, 0.0)
        self._broken = False
        self._parts: list[Part] = []
        self._plan(GAP)

    async def poll(self) -> tuple[list[Taken], list[Missing]]:
        """One look at every tag: the readings worth keeping, and the gap that this answer ends."""
        self.health.polls += 1
        try:
            answers = [await self._read(part) for part in self._parts]
            if None in answers and any(
                answer is None and part.block.holes for part, answer in zip(self._parts, answers, strict=True)
            ):
                self._plan(0)
                answers = [await self._read(part) for part in self._parts]
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

    def _plan(self, gap: int) -> None:
        """Read in as few requests as possible; with no gap, never a register that nobody asked for."""
        counted = max((part.counted for part in self._parts), default=0)
        powers = {(tag.table, tag.exponent) for tag in self.source.tags if tag.exponent is not None}
        needed = [Tag(0, at, "int16", table, kind="exponent") for table, at in sorted(powers)]
        self._is_powered = bool(needed)
        self._parts = [Part(block, counted) for block in plan([*self.source.tags, *needed], gap=gap)]
        self._pulsing = next((part for part in self._parts if part.pulse is not None), None)
        self._identified = [part for part in self._parts if part.identity is not None]

    async def _read(self, part: Part) -> Answer | None:
        block = part.block
        try:
            return await self.source.port.read_block(block.table, block.address, block.count)
        except RefusedError as error:
            self.health.errors += 1
            self.health.last_error = str(error)
            if error.code != ILLEGAL_ADDRESS:
                raise WrongAnswerError(str(error)) from error
            return None

    def _heard(self, answers: Answers) -> tuple[list[Taken], list[Missing]]:
        exponents = self._exponents(answers) if self._is_powered else NONE
        for part, answer in zip(self._parts, answers, strict=True):
            part.hear(answer, exponents)
        sent_us = min((answer.sent_us for answer in answers if answer), default=time.time_ns() // 1000)
        if self.source.map_version is not None and not self._right_map(self.source.map_version):
            self.health.state = "MISMATCH"
            return self._doubt(Quality.BAD, sent_us), []
        if self._pulsing is not None and self._stands_still(self._pulsing):
            self.health.state = "STUCK"
            return self._doubt(Quality.STALE, sent_us), []
        gaps = self._recovered(sent_us, sum(answer.seconds for answer in answers if answer))
        return [taken for part in self._parts if (taken := part.news(sent_us))], gaps

    def _exponents(self, answers: Answers) -> Exponents:
        """The powers of ten of this look, wherever they were read."""
        found: dict[tuple[str, int | None], float] = {}
        for part, answer in zip(self._parts, answers, strict=True):
            found |= part.exponents(answer)
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

    def _doubt(self, quality: Quality, now: int) -> list[Taken]:
        """Say once, for every tag, that there is no value."""
        self._broken = True
        return [taken for part in self._parts if (taken := part.doubt(quality, now))]

    def _right_map(self, wanted: int) -> bool:
        versions = {part.told(part.identity) for part in self._identified}
        if versions == {wanted}:
            return True
        self.health.errors += 1
        said = sorted("nothing" if version is None else f"{version:g}" for version in versions)
        self.health.last_error = f"register map {said} instead of {wanted}"
        return False

    def _stands_still(self, pulsing: Part) -> bool:
        beat, now = pulsing.told(pulsing.pulse), time.monotonic()
        value, count, since = self._pulse
        self._pulse = (value, count + 1, since) if beat == value else (beat, 0, now)
        stuck = self._pulse[1] >= MISSED_PERIODS and now - self._pulse[2] >= STUCK_SECONDS
        if stuck:
            self.health.last_error = "the heartbeat register stands still"
        return stuck
