"""How much a counter moved: wrap, reset and a restarted controller never give a negative or a huge count."""

from dataclasses import dataclass
from enum import StrEnum

MODULUS = {"uint16": 2**16, "uint32": 2**32, "uint64": 2**64, "int16": 2**15, "int32": 2**31, "int64": 2**63}


class Step(StrEnum):
    """What happened between two looks at a counter."""

    FIRST = "FIRST"
    FORWARD = "FORWARD"
    WRAP = "WRAP"
    RESET = "RESET"
    SUSPECT = "SUSPECT"


@dataclass(frozen=True, slots=True)
class Delta:
    """Counts to add, and how they were found; a suspect step adds nothing and should be looked at."""

    count: int
    step: Step


def delta(previous: int | None, current: int, *, data_type: str, seconds: float, max_rate: float | None) -> Delta:
    """Counts since the last look.

    `seconds` lie between the looks; `max_rate` is the most counts a second the machine can make. A fall is a wrap
    when the way over the top fits that rate, else a reset (the controller restarted or somebody zeroed it), after
    which at most what the rate allows is believed. Without a rate only a fall from the top tenth counts as a wrap.
    """
    if previous is None:
        return Delta(0, Step.FIRST)
    allowed = None if max_rate is None else max_rate * max(seconds, 0.0) + 1
    forward = current - previous
    if forward >= 0:
        return _believe(forward, allowed, Step.FORWARD)
    around = forward + MODULUS[data_type]
    if around <= (MODULUS[data_type] // 10 if allowed is None else allowed):
        return Delta(around, Step.WRAP)
    return _believe(max(current, 0), allowed, Step.RESET)


def _believe(count: int, allowed: float | None, step: Step) -> Delta:
    if allowed is not None and count > allowed:
        return Delta(0, Step.SUSPECT)
    return Delta(count, step)
