"""Cutting a station's time where anything changes: shift, break, state, reason, work order. Pure.

Each piece is one thing only. Nothing is spread: a stretch that nobody explained stays unexplained.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

from mes.oee import ZERO, Loss
from mes.shift_plans import PlannedShift

RUNNING, UNKNOWN, ALARM = "RUNNING", "UNKNOWN", "ALARM"
EXPLAINED = (Loss.PLANNED, Loss.FAILURE, Loss.SETUP, Loss.WAITING, Loss.OTHER)
Row = TypeVar("Row")


@dataclass(frozen=True)
class State:
    """A stretch in which a machine said that it was in one state; perhaps it said why."""

    from_at: datetime
    to_at: datetime
    state: str
    reason: int = 0


@dataclass(frozen=True)
class Said:
    """What somebody said of a stretch, oldest word first in every list of these."""

    from_at: datetime
    to_at: datetime
    reason: int


@dataclass(frozen=True)
class Job:
    """From when on a station worked on which work order, and how long a piece of it should take there."""

    from_at: datetime
    to_at: datetime
    number: str
    product: str
    seconds: float | None


@dataclass(frozen=True)
class Output:
    """Pieces of a work order that were made between two moments."""

    from_at: datetime
    to_at: datetime
    number: str
    product: str
    good: float
    bad: float
    seconds: float | None


@dataclass(frozen=True)
class Piece:
    """A stretch of a station's time that is one thing only; one of no length never comes about."""

    from_at: datetime
    to_at: datetime
    loss: Loss
    reason: int
    state: str
    day: date
    shift: PlannedShift | None
    job: Job | None
    stop: int = -1  # pieces of one standstill share this number
    is_failure: bool = False

    @property
    def length(self) -> timedelta:
        return self.to_at - self.from_at

    @property
    def minutes(self) -> float:
        return self.length / timedelta(minutes=1)


@dataclass(frozen=True)
class Events:
    """Everything that happened at a station around a stretch of time."""

    shifts: Sequence[PlannedShift]
    days: Sequence[tuple[datetime, date]]  # when the plant's days begin, from before the stretch on
    states: Sequence[State] = ()
    said: Sequence[Said] = ()
    jobs: Sequence[Job] = ()
    outputs: Sequence[Output] = ()
    losses: dict[int, Loss] = field(default_factory=dict)  # what kind of loss a reason is
    usual_seconds: float | None = None  # of a piece, where no work order tells


class Lookup(Generic[Row]):
    """Stretches that share no time, in order: which one holds at a moment."""

    def __init__(self, rows: Sequence[Row], starts: Sequence[datetime], ends: Sequence[datetime]) -> None:
        self.rows, self.starts, self.ends = rows, starts, ends

    def at(self, moment: datetime) -> Row | None:
        """The one that goes on at a moment."""
        index = bisect_right(self.starts, moment) - 1
        return self.rows[index] if index >= 0 and moment < self.ends[index] else None


def cut(events: Events, from_at: datetime, to_at: datetime) -> list[Piece]:
    """A station's time from one moment to another, piece by piece, without a gap."""
    shifts = Lookup(events.shifts, [s.starts_at for s in events.shifts], [s.ends_at for s in events.shifts])
    states = Lookup(events.states, [s.from_at for s in events.states], [s.to_at for s in events.states])
    jobs = Lookup(events.jobs, [j.from_at for j in events.jobs], [j.to_at for j in events.jobs])
    stops, lengths = standstills(events.states)
    marks = sorted({from_at, to_at, *(m for m in _marks(events) if from_at < m < to_at)})
    words, mornings = Words(events.said), [moment for moment, _day in events.days]
    found = []
    for begin, end in pairwise(marks):
        state, shift, job = states.at(begin), shifts.at(begin), jobs.at(begin)
        told = words.at(begin) or (state.reason if state else 0)
        stop = stops.get(state.from_at, -1) if state else -1
        is_minor = shift is not None and stop >= 0 and lengths[stop] < shift.minor
        loss = _loss(state, shift, begin, events.losses.get(told, Loss.OTHER) if told else None, is_minor=is_minor)
        shown = state.state if state else UNKNOWN
        broke = loss == Loss.FAILURE or (loss == Loss.UNEXPLAINED and shown == ALARM)
        day = shift.day if shift else events.days[bisect_right(mornings, begin) - 1][1]
        reason = told if loss in EXPLAINED else 0
        found.append(Piece(begin, end, loss, reason, shown, day, shift, job, stop, broke))
    return found


def _marks(events: Events) -> Iterable[datetime]:
    yield from (moment for moment, _day in events.days)
    for shift in events.shifts:
        yield from (shift.starts_at, shift.ends_at, *(moment for span in shift.breaks for moment in span))
    rows: list[State | Said | Job] = [*events.states, *events.said, *events.jobs]
    for row in rows:
        yield from (row.from_at, row.to_at)


def _loss(
    state: State | None, shift: PlannedShift | None, moment: datetime, told: Loss | None, *, is_minor: bool
) -> Loss:
    """What a moment is; a machine that runs through a break runs."""
    if shift is None:
        return Loss.OUTSIDE
    if state is not None and state.state == RUNNING:
        return Loss.RUN
    if any(begin <= moment < end for begin, end in shift.breaks):
        return Loss.BREAK
    if told is not None:
        return told
    if state is None or state.state == UNKNOWN:
        return Loss.SILENT
    return Loss.MINOR if is_minor else Loss.UNEXPLAINED


class Words:
    """What people said, the later word before the earlier one."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = [(one.from_at, one.to_at, one.reason) for one in reversed(said)]

    def at(self, moment: datetime) -> int:
        """The reason that holds at a moment; nought where nobody gave one."""
        return next((reason for begin, end, reason in self.said if begin <= moment < end), 0)


def standstills(states: Sequence[State]) -> tuple[dict[datetime, int], list[timedelta]]:
    """Which states make up one standstill, from one run to the next, by their beginnings; and how long each lasted."""
    numbers: dict[datetime, int] = {}
    lengths: list[timedelta] = []
    ended_at = None
    for one in states:
        if one.state in (RUNNING, UNKNOWN):
            ended_at = None
            continue
        if ended_at != one.from_at:
            lengths.append(ZERO)
        numbers[one.from_at] = len(lengths) - 1
        lengths[-1] += one.to_at - one.from_at
        ended_at = one.to_at
    return numbers, lengths
