"""A station's time added up by day, shift and work order; pieces made over several shifts are divided by time. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mes.oee import ZERO, Key, Loss, Made, Oee, rated
from mes.shift_plans import PlannedShift
from mes.stretches import Events, Output, Piece

Place = tuple[date, PlannedShift | None, str]


@dataclass(frozen=True)
class Slice:
    """One station, one day, one shift (or none), one work order (or none)."""

    day: date
    shift: PlannedShift | None
    job: str
    product: str
    oee: Oee


def cut_up(pieces: Sequence[Piece], events: Events) -> list[Slice]:
    """Every slice of a station's time, with what was made in it."""
    groups: dict[Place, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault((piece.day, piece.shift, piece.job.number if piece.job else ""), []).append(piece)
    made: dict[Place, list[Made]] = {}
    products = {piece.job.number: piece.job.product for piece in pieces if piece.job}
    days = {(day, shift) for day, shift, _job in groups}
    mornings = [moment for moment, _day in events.days]
    for output in events.outputs:
        products[output.number] = output.product
        for shift, share in shares(output, events.shifts):
            day = shift.day if shift else events.days[max(bisect_right(mornings, output.to_at) - 1, 0)][1]
            if (day, shift) in days:
                part = Made(output.good * share, output.bad * share, output.seconds)
                made.setdefault((day, shift, output.number), []).append(part)
    failed: set[int] = set()
    usual = events.usual_seconds
    return [
        Slice(*key, products.get(key[2], ""), _account(groups.get(key, []), made.get(key, []), failed, usual))
        for key in dict.fromkeys([*groups, *made])
    ]


def shares(output: Output, shifts: Sequence[PlannedShift]) -> list[tuple[PlannedShift | None, float]]:
    """The shifts in which pieces were made, each with its share by time; outside any shift if in none."""
    first = bisect_right(shifts, output.from_at, key=lambda shift: shift.ends_at)
    parts: list[tuple[PlannedShift, timedelta]] = []
    for shift in shifts[first:]:
        if shift.starts_at > output.to_at:
            break
        parts.append((shift, min(output.to_at, shift.ends_at) - max(output.from_at, shift.starts_at)))
    whole = sum((length for _shift, length in parts), ZERO)
    if whole > ZERO:
        return [(shift, length / whole) for shift, length in parts if length > ZERO]
    return [(parts[0][0] if parts else None, 1.0)]


def _account(pieces: Sequence[Piece], made: Sequence[Made], failed: set[int], usual: float | None) -> Oee:
    """One slice; a failure counts where it began, so `failed` holds those that were counted."""
    stopped: dict[Key, timedelta] = {}
    ran, failures, repair, has_standard = ZERO, 0, ZERO, True
    for piece in pieces:
        if piece.loss == Loss.RUN:
            ran += piece.length
            has_standard = has_standard and bool(piece.job.seconds if piece.job else usual)
            continue
        key = (piece.loss, piece.reason)
        stopped[key] = stopped.get(key, ZERO) + piece.length
        if piece.is_failure:
            failures += piece.stop not in failed
            failed.add(piece.stop)
            repair += piece.length
    return rated(stopped, ran, made, failures=failures, repair=repair, has_standard=has_standard)
