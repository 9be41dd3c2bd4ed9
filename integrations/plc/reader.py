"""One controller over time: what is read each period, what of it is news, and when it is no longer to be believed."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
log = logging.getLogger(__name__)


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
    told: dict[str, Any] = field(default_factory=dict)  # what a device of lines said lately, for its page


@dataclass(eq=False)
class Reader:
    """Polls one source; keeps what it said last.

    `done` is told of every look: the readings worth keeping, and the gap that this answer ends.
    """

    source: Source
    done: "Callable[[Reader, list[Taken], list[Missing]], None]"
    health: Health = field(default_factory=Health)

    def __post_init__(self) -> None:
        self._answers: Answers = []
        self._pulse: tuple[float | None, int, float] = (None, 0, 0.0)
        self._broken = False
        self._parts: list[Part] = []
        self._plan(GAP)

    def look(self) -> None:
        """Begin one look at every tag; not before the last one is done."""
        self.health.polls += 1
        self._answers = []
        try:
            self._ask()
        except Exception as error:
            self._told(error)

    def _ask(self) -> None:
        """Ask for the next block."""
        block = self._parts[len(self._answers)].block
        self.source.port.ask(block.table, block.address, block.count, self._told)

    def _told(self, answer: Answer | BaseException) -> None:
        """Take the answer to a block in; after the last one the look is done."""
        if self._is_simple and isinstance(answer, Answer):  # the everyday case of what follows
            part = self._parts[0]
            part.hear(answer)
            taken = part.news(answer.sent_us)
            self.done(self, [taken] if taken else [], self._recovered(answer.sent_us, answer.seconds))
            return
        try:
            self._answers.append(self._believe(answer))
            if len(self._answers) < len(self._parts) or self._was_in_a_hole():
                self._ask()
                return
            found = self._heard(self._answers)
        except Exception as error:
            if not isinstance(error, DeviceError):
                log.exception("reading %s failed", self.source.code)
            found = self.missed(error), []
        self.done(self, *found)

    def _was_in_a_hole(self) -> bool:
        """Was a register refused that nobody asked for? Then all is read again, around the holes."""
        answers = zip(self._parts, self._answers, strict=True)
        if None not in self._answers or not any(answer is None and part.block.holes for part, answer in answers):
            return False
        self._plan(0)
        self._answers = []
        return True

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
        self._is_simple = len(self._parts) == 1 and self._parts[0].is_plain and self.source.map_version is None
        self._pulsing = next((part for part in self._parts if part.pulse is not None), None)
        self._identified = [part for part in self._parts if part.identity is not None]

    def _believe(self, answer: Answer | BaseException) -> Answer | None:
        """The answer; None where the controller has no such registers."""
        if isinstance(answer, RefusedError):
            self.health.errors += 1
            self.health.last_error = str(answer)
            if answer.code != ILLEGAL_ADDRESS:
                raise WrongAnswerError(str(answer)) from answer
            return None
        if isinstance(answer, BaseException):
            raise answer
        return answer

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
