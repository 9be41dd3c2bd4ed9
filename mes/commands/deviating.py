"""A reading left its golden window, or is back: open one deviation, mark, hold or pause, tell everybody, end it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from mes import golden, statements
from mes.commands import hints, job_orders
from mes.models import (
    Deviation,
    DeviationLot,
    GoldenReaction,
    JobOrder,
    JobOrderStatus,
    ParameterSpecification,
    Side,
)
from mes.queries import standards
from mes.queries.standards import Series
from plant.commands import journal, journal_many
from plant.locks import lock, seal
from plant.models import Person
from plant.queries import persons, places
from qms.commands import containments
from qms.models import NonconformanceSource
from traceability.models import MaterialLot
from traceability.queries import visits

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
    return [
        one
        for track in tracks
        for one in _walk(track, found[track.standard], ended[track.stream, track.standard], by=by, at=at)
    ]


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
) -> list[Deviation]:
    """Reading by reading: open, extend, end. What ends is settled before another can open."""
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
                settled.append(_settle(deviation, track, is_new=is_new, ended_at=moment, by=by, at=at))
                deviation, is_new, has_changed = None, False, False
    if deviation is not None and (has_changed or deviation.quiet):
        settled.append(_settle(deviation, track, is_new=is_new, has_changed=has_changed, by=by, at=at))
    return settled


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
    journal.record("deviation.opened", subject=deviation, by=by, reason=title_of(deviation), data=data)
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


def _settle(
    deviation: Deviation, track: Track, *, is_new: bool, by: Person, at: datetime, ended_at: datetime | None = None,
    has_changed: bool = True,
) -> Deviation:
    """Write how the deviation stands now, do what its reaction asks for, and tell the open pages."""
    deviation.ended_at = ended_at
    deviation.save(update_fields=[
        "at", "seq", "value", "worst", "last_good_at", "last_at", "quiet", "ended_at", "job_order",
    ])
    if has_changed:
        react(deviation, is_new=is_new, by=by, at=at)
    if ended_at is not None:
        journal.record("deviation.ended", subject=deviation, by=by, data={"at": ended_at})
    if is_new:
        hints.deviation(deviation, "opened")
    if ended_at is not None:
        hints.deviation(deviation, "ended")
    return deviation


def react(deviation: Deviation, *, is_new: bool, by: Person, at: datetime) -> None:
    """Pause, mark and hold as the golden parameter says; called again, it adds what became suspect since."""
    standard, place = deviation.standard, deviation.stream.equipment
    parts = [part.pk for part in places.within(place)]
    if standard.reaction != GoldenReaction.ALARM:
        seal(parts)
    if standard.pauses and deviation.ended_at is None:
        pause(deviation, at=at)
    if standard.reaction != GoldenReaction.ALARM:
        mark(deviation, parts, by=by, at=at)
    if standard.reaction == GoldenReaction.HOLD:
        hold(deviation, at=at)
    elif is_new:
        hints.deviation_alarm(deviation, title_of(deviation))


def pause(deviation: Deviation, *, at: datetime) -> None:
    """Pause the order that runs there, once; whoever lets it go on is not stopped again by the same deviation."""
    if deviation.paused_job_id == deviation.job_order_id:
        return
    job = lock(JobOrder.objects.filter(pk=deviation.job_order_id))[0]
    if job.status == JobOrderStatus.RUNNING:
        job_orders.pause(job_order=job, reason=title_of(deviation), by=persons.system("mes"), at=at)
        deviation.paused_job = job
        deviation.save(update_fields=["paused_job"])


def mark(deviation: Deviation, parts: Sequence[int], *, by: Person, at: datetime) -> None:
    """Mark the lots that stood there since the last good reading, each once. Call it with the place sealed."""
    until = deviation.ended_at or max(at, deviation.last_at)
    there = visits.lots_at(equipment_ids=parts, from_at=deviation.last_good_at, to_at=until)
    fresh = set(there) - set(deviation.lots.values_list("lot_id", flat=True))
    DeviationLot.objects.bulk_create([DeviationLot(deviation=deviation, lot_id=pk, at=at) for pk in sorted(fresh)])
    lots = MaterialLot.objects.filter(pk__in=fresh).order_by("pk")
    data = {"deviation": deviation.pk, "stream": deviation.stream.code}
    journal_many.record(
        [journal_many.Entry("lot.deviated", lot, data) for lot in lots], by=by, reason=title_of(deviation)
    )


def hold(deviation: Deviation, *, at: datetime) -> None:
    """Have quality hold those lots and everything made from them, under one nonconformance."""
    suspicion = containments.Suspicion(
        NonconformanceSource.DEVIATION, str(deviation.pk), None, deviation.stream.equipment, deviation.last_good_at,
        deviation.ended_at or max(at, deviation.last_at), title_of(deviation),
    )
    done = containments.answer(suspicion=suspicion, reaction=deviation.standard, by=persons.system("mes"), at=at)
    if done.nonconformance is not None and done.nonconformance.pk != deviation.nonconformance_id:
        deviation.nonconformance = done.nonconformance
        deviation.save(update_fields=["nonconformance"])


def title_of(deviation: Deviation) -> str:
    """What happened, in one line for people of any language."""
    return statements.deviates(
        equipment=deviation.stream.equipment.code, standard=deviation.standard, side=deviation.side,
        value=deviation.value,
    )
