"""A reading left its golden window, or is back: open one deviation, mark, hold or pause, tell everybody, end it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from mes import golden
from mes.commands import going_on, hints
from mes.commands.going_on import Going
from mes.models import Deviation, ParameterSpecification, Side
from mes.queries import standards
from mes.queries.standards import Series
from plant.commands import journal
from plant.models import Person

IDLE = timedelta(minutes=10)  # a deviation ends when its product has not run there for so long
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
SIDES = {golden.LOW: Side.LOW, golden.HIGH: Side.HIGH, golden.RAMP: Side.RAMP}


class Track(NamedTuple):
    """A stream beside a golden parameter: readings in order, where each stands, under which order, what runs already.

    `first` is the first that is new; `began` is when the product that runs there came.
    """

    stream: int
    standard: int
    series: Series
    codes: list[int]
    jobs: list[int | None]
    first: int
    began: datetime
    running: Deviation | None


def follow(tracks: Sequence[Track], *, by: Person, at: datetime) -> list[Deviation]:
    """Go through the new readings of each track; the deviations that opened, went on or ended."""
    wanted = {track.standard for track in tracks}
    rows = ParameterSpecification.objects.filter(pk__in=wanted)
    rows = rows.select_related("parameter__unit", "segment__work_master__material")
    found, ended = {row.pk: row for row in rows}, _ended(tracks)
    touched: list[Deviation] = []
    going: list[Going] = []
    for track in tracks:
        done, last = _walk(track, found[track.standard], ended[track.stream, track.standard], by=by, at=at)
        touched += done
        going += [last] if last else []
    return touched + going_on.settle(going, by=by, at=at)


def _ended(tracks: Sequence[Track]) -> dict[tuple[int, int], list[tuple[datetime, datetime]]]:
    """When deviations of each track began and ended that reach into its readings."""
    found: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {(one.stream, one.standard): [] for one in tracks}
    if tracks:
        since = min(track.series.at[0] for track in tracks)
        rows = Deviation.objects.filter(stream__in={track.stream for track in tracks}, ended_at__gte=since)
        for stream, standard, start, end in rows.values_list("stream_id", "standard_id", "at", "ended_at"):
            found.get((stream, standard), []).append((start, end or start))
    return found


def _walk(
    track: Track, standard: ParameterSpecification, ended: Sequence[tuple[datetime, datetime]], *, by: Person,
    at: datetime,
) -> tuple[list[Deviation], Going | None]:
    """Reading by reading: open, extend, end. What ends is settled before another can open; what goes on is not yet."""
    deviation, is_new, has_changed = track.running, False, False
    settled: list[Deviation] = []
    for index in range(track.first, len(track.codes)):
        moment, code = track.series.at[index], track.codes[index]
        if code in SIDES:
            if deviation is None and not any(start <= moment <= end for start, end in ended):
                deviation, is_new = _open(track, standard, index, by=by, at=at), True
            if deviation is not None:
                _extend(deviation, track, index)
                has_changed = True
        elif deviation and moment > deviation.last_at:
            deviation.quiet += code == golden.WITHIN
            has_gone = track.jobs[index] is None and moment - deviation.last_at >= IDLE
            if deviation.quiet >= standard.good_readings or has_gone:
                settled.append(_end(deviation, is_new=is_new, ended_at=moment, by=by, at=at))
                deviation, is_new, has_changed = None, False, False
    if deviation is None or not (has_changed or deviation.quiet):
        return settled, None
    return settled, Going(deviation, is_new, has_changed)


def _open(
    track: Track, standard: ParameterSpecification, index: int, *, by: Person, at: datetime
) -> Deviation:
    """A deviation begins: who must answer it, and until when."""
    moment, value, side = track.series.at[index], float(track.series.values[index]), SIDES[track.codes[index]]
    deviation = Deviation.objects.create(
        stream_id=track.stream, standard=standard, job_order_id=track.jobs[index] or 0, side=side, at=moment,
        seq=track.series.seq[index], value=value, worst=value, last_at=moment, owner_role=standard.owner_role,
        last_good_at=_last_good(track, standard, moment, side), detected_at=at,
        respond_by=at + timedelta(minutes=standard.respond_minutes),
    )
    data = {
        "stream": deviation.stream.code, "golden": str(standard), "value": value, "low": standard.low,
        "high": standard.high, "at": moment, "job_order": deviation.job_order.number,
    }
    journal.record("deviation.opened", subject=deviation, by=by, reason=going_on.title_of(deviation), data=data)
    return deviation


def _last_good(track: Track, standard: ParameterSpecification, moment: datetime, side: str) -> datetime:
    """The last good reading before it; nothing is suspect that a person has answered for already."""
    before = moment - A_MINUTE if side == Side.RAMP else moment
    good = standards.last_good(standard, track.stream, before, moment - A_DAY)
    found = max(good, track.began) if good else track.began
    answered = Deviation.objects.filter(stream=track.stream, standard=standard, closed_at__isnull=False)
    closed = answered.filter(ended_at__lte=moment).order_by("-ended_at").values_list("ended_at", flat=True).first()
    return max(found, closed) if closed else found


def _extend(deviation: Deviation, track: Track, index: int) -> None:
    """One more reading outside; a late one may show that it began earlier."""
    moment, value = track.series.at[index], float(track.series.values[index])
    if moment < deviation.at:
        deviation.at, deviation.seq, deviation.value = moment, track.series.seq[index], value
        deviation.last_good_at = _last_good(track, deviation.standard, moment, deviation.side)
    deviation.last_at, deviation.quiet = max(deviation.last_at, moment), 0
    deviation.worst = _farther(deviation, value)
    deviation.job_order_id = track.jobs[index] or deviation.job_order_id


def _farther(deviation: Deviation, value: float) -> float:
    """The value farther from the target."""
    target = deviation.standard.target
    return max(deviation.worst, value, key=lambda one: abs(one - target))


def _end(deviation: Deviation, *, is_new: bool, ended_at: datetime, by: Person, at: datetime) -> Deviation:
    """The value is back: write how the deviation ended, do what its reaction asks for, tell the open pages."""
    deviation.ended_at = ended_at
    going_on.settle([Going(deviation, is_new, True)], by=by, at=at)
    journal.record("deviation.ended", subject=deviation, by=by, data={"at": ended_at})
    hints.deviation(deviation, "ended")
    return deviation
