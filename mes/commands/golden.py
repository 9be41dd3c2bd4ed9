"""Live values beside the golden windows of what runs there: one deviation opens, however many readings lie outside."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from mes import golden
from mes.commands import deviating
from mes.commands.deviating import Track
from mes.models import Deviation, GoldenMark
from mes.queries import standards
from mes.queries.standards import Pair, Series
from plant import policies
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

FIRST_LOOK = timedelta(minutes=10)  # how far back a stream is compared that never was before
A_MINUTE = timedelta(minutes=1)
ANY = 2**62  # behind every sequence of an instant
Place = tuple[datetime, int]


@command
def compare(*, stream_ids: Iterable[int], by: Person, at: datetime, since: datetime | None = None) -> list[Deviation]:
    """Compare what was not compared yet of these streams; the deviations that opened, went on or ended.

    The mark of each stream says where to go on. Give `since`, the time of the oldest of them, when readings may have
    come late: they are compared again from there, and what lies in a known deviation opens no other.
    """
    policies.check(by, "golden.compare")
    streams = standards.watched(stream_ids)
    if not streams:
        return []
    marks = _marks(streams, at)
    rows = Deviation.objects.filter(stream__in=streams, ended_at__isnull=True)
    running = list(rows.select_related("standard__parameter__unit", "stream__equipment__parent").order_by("pk"))
    begins = {pk: _begin(mark, since, running) for pk, mark in marks.items()}
    pairs = standards.running(streams, {pk: place[0] for pk, place in begins.items()})
    fast = {pair.stream for pair in pairs if not np.isnan(pair.ramp)}
    moving = {pair.stream for pair in pairs} | {one.stream_id for one in running}
    series = standards.load({pk: begins[pk][0] - (A_MINUTE if pk in fast else timedelta()) for pk in sorted(moving)})
    touched = deviating.follow(_tracks(pairs, running, series, begins), by=by, at=at)
    _advance(marks, series, streams.keys() - moving)
    return touched


def _marks(streams: Iterable[int], at: datetime) -> dict[int, GoldenMark]:
    """The marks of these streams, locked: two batches of one stream are compared one after the other."""
    rows = [GoldenMark(stream_id=pk, at=at - FIRST_LOOK, seq=-1) for pk in sorted(streams)]
    found = lock(GoldenMark.objects.filter(stream__in=[row.pk for row in rows]))
    if len(found) < len(rows):
        GoldenMark.objects.bulk_create(rows, ignore_conflicts=True)
        found = lock(GoldenMark.objects.filter(stream__in=[row.pk for row in rows]))
    return {mark.pk: mark for mark in found}


def _begin(mark: GoldenMark, since: datetime | None, running: Sequence[Deviation]) -> Place:
    """Where to go on: behind the mark, or from a late reading on; then what runs counts its good readings anew."""
    if since is None or since > mark.at:
        return mark.at, mark.seq
    here = [one for one in running if one.stream_id == mark.pk]
    for one in here:
        one.quiet = 0
    return min([since, *(one.last_at for one in here)]), -1


def _tracks(
    pairs: Sequence[Pair], running: Sequence[Deviation], series: Mapping[int, Series], begins: Mapping[int, Place]
) -> list[Track]:
    """What has to be gone through: a pair with a reading outside, or a deviation that may end. Mostly nothing."""
    open_now = {(one.stream_id, one.standard_id): one for one in running}
    pairs = [pair for pair in pairs if pair.stream in series]
    spans = [golden.covered(series[pair.stream].times, pair.edges) for pair in pairs]
    codes = golden.sides([
        golden.Run(one.times, np.where(here >= 0, one.values, np.nan), pair.low, pair.high, pair.ramp)
        for pair, here in zip(pairs, spans, strict=True)
        for one in [series[pair.stream]]
    ])
    tracks = []
    for pair, here, code in zip(pairs, spans, codes, strict=True):
        one, deviation = series[pair.stream], open_now.pop((pair.stream, pair.standard), None)
        first = bisect_right(list(zip(one.at, one.seq, strict=True)), begins[pair.stream])
        if deviation or golden.any_outside(code[first:]):
            jobs = [pair.spans[span].job if span >= 0 else None for span in here.tolist()]
            began = min(span.start for span in pair.spans)
            tracks.append(Track(pair.stream, pair.standard, one, code.tolist(), jobs, first, began, deviation))
    return tracks + [_left(one, series[one.stream_id], begins) for one in open_now.values() if one.stream_id in series]


def _left(deviation: Deviation, series: Series, begins: Mapping[int, Place]) -> Track:
    """A deviation whose product has left the place meanwhile."""
    first = bisect_right(list(zip(series.at, series.seq, strict=True)), begins[deviation.stream_id])
    many = len(series.at)
    unknown: list[int] = [golden.UNKNOWN] * many
    nobody: list[int | None] = [None] * many
    return Track(
        deviation.stream_id, deviation.standard_id, series, unknown, nobody, first, deviation.at, deviation
    )


def _advance(marks: Mapping[int, GoldenMark], series: Mapping[int, Series], still: Iterable[int]) -> None:
    """Move the marks on, never back: to the newest reading seen, or to the last one where nothing ran."""
    ends: dict[int, Place] = {pk: (one.at[-1], one.seq[-1]) for pk, one in series.items()}
    ends |= {pk: (at, ANY) for pk, at in standards.last_read(still).items()}
    moved = [pk for pk, end in ends.items() if end > (marks[pk].at, marks[pk].seq)]
    for pk in moved:
        marks[pk].at, marks[pk].seq = ends[pk]
    if moved:
        GoldenMark.objects.bulk_update([marks[pk] for pk in moved], ["at", "seq"])
