"""OEE from stretches of time: every second of a shift is one loss or good production, so they add up. Pure.

Time is divided as in TPM (S. Nakajima, Introduction to TPM, 1988) and ISO 22400-2: all time - no shift = the shift;
- breaks and planned stops = planned time; - stops = run time; - minor stops and lost speed = net time; - bad pieces =
productive time.

availability = run time / planned time, performance = net time / run time, quality = productive time / net time, and
their product is productive time / planned time. Net time is what the pieces would have taken at their own standard
times, so products may be mixed and stations added up. Figures of several stations are ratios of sums, never means of
ratios.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

ZERO, MINUTE = timedelta(0), timedelta(minutes=1)


class Loss(StrEnum):
    """What a stretch of time is: a loss, or good production."""

    OUTSIDE = "OUTSIDE"  # no shift
    BREAK = "BREAK"
    PLANNED = "PLANNED"
    FAILURE = "FAILURE"
    SETUP = "SETUP"
    WAITING = "WAITING"
    OTHER = "OTHER"  # a reason of no kind
    UNEXPLAINED = "UNEXPLAINED"
    SILENT = "SILENT"  # the machine reported nothing
    MINOR = "MINOR"
    SPEED = "SPEED"
    UNRATED = "UNRATED"  # ran, but nobody said how long a piece should take
    QUALITY = "QUALITY"
    GOOD = "GOOD"
    RUN = "RUN"  # of a piece of time only: a tally says what became of it


IDLE_BY_PLAN = (Loss.BREAK, Loss.PLANNED)
STOPS = (Loss.FAILURE, Loss.SETUP, Loss.WAITING, Loss.OTHER, Loss.UNEXPLAINED, Loss.SILENT)
NET = (Loss.QUALITY, Loss.GOOD)
RATED = (Loss.MINOR, Loss.SPEED, *NET)
RUNNING = (*RATED, Loss.UNRATED)
Key = tuple[Loss, int]  # the loss, and the reason where it has one


@dataclass(frozen=True)
class Oee:
    """Time by loss and reason, pieces, and failures: of one station and shift, or of many added up."""

    times: Mapping[Key, timedelta] = field(default_factory=dict)
    good: float = 0.0
    bad: float = 0.0
    failures: int = 0
    repair: timedelta = ZERO
    is_too_fast: bool = False  # more was made than the standard time allows: the standard is wrong

    def __add__(self, other: "Oee") -> "Oee":
        times = dict(self.times)
        for key, length in other.times.items():
            times[key] = times.get(key, ZERO) + length
        return Oee(
            times, self.good + other.good, self.bad + other.bad, self.failures + other.failures,
            self.repair + other.repair, self.is_too_fast or other.is_too_fast,
        )

    def time(self, *losses: Loss) -> timedelta:
        """The time of some losses together."""
        return sum((length for (loss, _), length in self.times.items() if loss in losses), ZERO)

    @property
    def all_time(self) -> timedelta:
        return sum(self.times.values(), ZERO)

    @property
    def shift(self) -> timedelta:
        return self.all_time - self.time(Loss.OUTSIDE)

    @property
    def planned(self) -> timedelta:
        """Planned time (planned busy time in ISO 22400-2)."""
        return self.shift - self.time(*IDLE_BY_PLAN)

    @property
    def run(self) -> timedelta:
        return self.time(*RUNNING)

    @property
    def is_silent(self) -> bool:
        """The machine reported nothing in all its planned time."""
        return self.planned == self.time(Loss.SILENT)

    @property
    def availability(self) -> float | None:
        return None if self.is_silent else _share(self.run, self.planned)

    @property
    def effectiveness(self) -> float | None:
        """Performance, over the time whose products have a standard time."""
        return _share(self.time(*NET), self.time(*RATED))

    @property
    def quality(self) -> float | None:
        """By time at standard, so that mixed products weigh what they take; by pieces where no time is known."""
        by_time = _share(self.time(Loss.GOOD), self.time(*NET))
        return self.share_good if by_time is None else by_time

    @property
    def value(self) -> float | None:
        """OEE; nothing where a factor is unknown, nought where the machine stood all the time."""
        if self.availability == 0:
            return 0.0
        if self.availability is None or self.effectiveness is None:
            return None
        return self.availability * self.effectiveness * (self.quality or 0.0)

    @property
    def loading(self) -> float | None:
        return _share(self.planned, self.all_time)

    @property
    def teep(self) -> float | None:
        """Total effective equipment performance: OEE of all the time there is."""
        return None if self.value is None or self.loading is None else self.value * self.loading

    @property
    def share_good(self) -> float | None:
        """Share good: good pieces of all that were made."""
        return self.good / (self.good + self.bad) if self.good + self.bad > 0 else None

    @property
    def mtbf(self) -> timedelta | None:
        """Mean operating time between failures: run time by failures (ISO 22400-2)."""
        return self.run / self.failures if self.failures else None

    @property
    def mttr(self) -> timedelta | None:
        """Mean time to repair: planned time that failures took, by failures."""
        return self.repair / self.failures if self.failures else None

    @property
    def minutes_between(self) -> float | None:
        return None if self.mtbf is None else self.mtbf / MINUTE

    @property
    def minutes_to_repair(self) -> float | None:
        return None if self.mttr is None else self.mttr / MINUTE

    @property
    def minutes_run(self) -> float:
        return self.run / MINUTE

    @property
    def percent(self) -> dict[str, str]:
        """The shares as whole percents; a dash where one is unknown."""
        shares = {
            "oee": self.value, "availability": self.availability, "effectiveness": self.effectiveness,
            "quality": self.quality, "teep": self.teep, "share_good": self.share_good,
        }
        return {name: "—" if share is None else f"{100 * share:.0f} %" for name, share in shares.items()}

    @property
    def minutes(self) -> dict[Key, int]:
        """Whole minutes by loss and reason, which add up to the whole: what is cut off goes to the largest rests."""
        return whole(dict(self.times))


def _share(part: timedelta, all_of_it: timedelta) -> float | None:
    return part / all_of_it if all_of_it > ZERO else None


def whole(times: Mapping[Any, timedelta]) -> dict[Any, int]:
    """Lengths in whole minutes whose sum is the rounded sum (largest remainders, Hamilton's method)."""
    found = {key: length // MINUTE for key, length in times.items()}
    total = round(sum(times.values(), ZERO) / MINUTE)
    rests = sorted(times, key=lambda key: times[key] % MINUTE, reverse=True)
    for key in rests[: total - sum(found.values())]:
        found[key] += 1
    return found


def total(tallies: Iterable[Oee]) -> Oee:
    """Several tallies as one."""
    found = Oee()
    for one in tallies:
        found = found + one
    return found


@dataclass(frozen=True)
class Made:
    """Pieces of one product within a slice of time, and how long one should take."""

    good: float
    bad: float
    seconds: float | None


def rated(
    stopped: Mapping[Key, timedelta], ran: timedelta, made: Iterable[Made], *, failures: int = 0,
    repair: timedelta = ZERO, has_standard: bool = True,
) -> Oee:
    """The tally of a slice: its stops as they are, its run time divided into speed, quality and good production."""
    pieces = list(made)
    ideal = timedelta(seconds=sum((one.good + one.bad) * (one.seconds or 0) for one in pieces))
    bad_time = timedelta(seconds=sum(one.bad * (one.seconds or 0) for one in pieces))
    net = min(ideal, ran)
    lost = net * (bad_time / ideal) if ideal else ZERO
    knows_all = all(one.seconds for one in pieces) if pieces else has_standard
    ends = {Loss.QUALITY: lost, Loss.GOOD: net - lost, Loss.SPEED if knows_all else Loss.UNRATED: ran - net}
    times = {**stopped, **{(loss, 0): length for loss, length in ends.items()}}
    return Oee(
        {key: length for key, length in times.items() if length}, sum(one.good for one in pieces),
        sum(one.bad for one in pieces), failures, repair, ZERO < ran < ideal,
    )
