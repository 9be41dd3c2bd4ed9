"""Which tags are conditioned and how, what each condition remembers, and what settings would have made of an hour."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from integrations.models import Conditioning, ConditioningMemory, PlcTag, SourceKind
from integrations.plc.conditioning import Conditioner
from integrations.plc.filters import MEMORY, Filter, Memory, fresh
from integrations.plc.tags import READING
from traceability.models import Quality, Stream
from traceability.queries import readings
from traceability.queries.readings import Point

AN_HOUR = timedelta(hours=1)
MOST = 20_000  # readings that a preview goes through
DRAWN = 1_500  # points of each line that it draws


@dataclass(frozen=True, slots=True)
class Line:
    """Points of a chart, thinned."""

    at: list[datetime]
    values: list[float]


@dataclass(frozen=True, slots=True)
class Preview:
    """What settings would have made of the raw readings of a stretch: lines to draw, and how much came of how much."""

    raw: Line
    conditioned: Line
    spikes: Line
    read: int
    kept: int
    rejected: int
    noise_before: float | None
    noise_after: float | None


def active() -> dict[int, list[Filter]]:
    """The conditions that are in force, by controller."""
    found: dict[int, list[Filter]] = defaultdict(list)
    rows = Conditioning.objects.filter(active=True, tag__stream__isnull=False).select_related("tag")
    for row in rows.order_by("tag_id"):
        found[row.tag.plc_id].append(as_filter(row))
    return found


def of_pushed(streams: Collection[int]) -> dict[int, list[Filter]]:
    """The conditions on these streams that no poller carries out, by their source: what is pushed passes none."""
    found: dict[int, list[Filter]] = defaultdict(list)
    rows = Conditioning.objects.filter(active=True, tag__stream__in=streams, tag__plc__kind=SourceKind.PUSH)
    for row in rows.select_related("tag").order_by("tag_id"):
        found[row.tag.plc_id].append(as_filter(row))
    return found


def as_filter(row: Conditioning) -> Filter:
    """The settings of a row."""
    return Filter(
        row.tag.stream_id or 0, row.stream_id, row.spike_window, row.spike_factor, row.spike_least, row.leave_out,
        row.median_window, row.seconds, row.deadband, row.is_percent,
    )


def remembered(filters: Sequence[Filter]) -> Memory:
    """What conditions remember, in the order of their raw streams; nothing where the settings were others then."""
    wanted = sorted(filters, key=lambda one: one.raw)
    memory = fresh(len(wanted))
    rows = ConditioningMemory.objects.filter(conditioning__stream__in=[one.out for one in wanted])
    held = {stream: (said, bytes(kept)) for stream, said, kept in rows.values_list(
        "conditioning__stream_id", "settings", "held"
    )}
    for place, one in enumerate(wanted):
        said, kept = held.get(one.out, ("", b""))
        if said == settings_of(one) and len(kept) == MEMORY.itemsize:
            memory[place] = np.frombuffer(kept, MEMORY)[0]
    return memory


def settings_of(one: Filter) -> str:
    """Settings in one line, equal where they do the same."""
    return repr(one)[:300]


def by_code() -> dict[str, list[Stream]]:
    """The streams that conditions fill, by the code of their controller."""
    found: dict[str, list[Stream]] = defaultdict(list)
    for row in Conditioning.objects.filter(active=True).select_related("tag__plc", "stream").order_by("stream_id"):
        found[row.tag.plc.code].append(row.stream)
    return found


def preview(tag: PlcTag, settings: Filter, *, until: datetime) -> Preview:
    """What these settings would have made of the newest hour of a tag, begun without a memory."""
    points = readings.series([settings.raw], until - AN_HOUR, until, MOST).get(settings.raw, [])
    points = [point for point in points if point.value is not None and point.quality <= Quality.UNCERTAIN]
    out, _memory = Conditioner([replace(settings, leave_out=False)]).run(_table(settings.raw, points))
    when, was = [point.at for point in points], np.array([point.quality for point in points], np.int64)
    place = np.searchsorted([_microseconds(at) for at in when], out["at"]) if points else np.empty(0, np.int64)
    spike = (out["quality"] == Quality.UNCERTAIN) & (was[place] == Quality.GOOD)
    told = [(when[at], float(value)) for at, value in zip(place.tolist(), out["value"], strict=True)]
    raw = [(point.at, point.value or 0.0) for point in points]
    after = [one for one, is_spike in zip(told, spike.tolist(), strict=True) if not is_spike]
    return Preview(
        _line(raw), _line(after), _line([one for one, is_spike in zip(told, spike.tolist(), strict=True) if is_spike]),
        len(raw), len(after) if settings.leave_out else len(told), int(spike.sum()),
        noise([value for _at, value in raw]), noise([value for _at, value in after]),
    )


def _table(stream: int, points: Sequence[Point]) -> NDArray[np.void]:
    table = np.zeros(len(points), READING)
    table["key"], table["seq"] = stream, np.arange(1, len(points) + 1)
    table["at"] = [_microseconds(point.at) for point in points]
    table["value"] = [point.value for point in points]
    table["quality"] = [point.quality for point in points]
    return table


def _microseconds(at: datetime) -> int:
    return round(at.timestamp() * 1e6)


def _line(points: Sequence[tuple[datetime, float]]) -> Line:
    drawn = points[:: max(1, len(points) // DRAWN)]
    return Line([at for at, _value in drawn], [value for _at, value in drawn])


def noise(values: Sequence[float]) -> float | None:
    """How far values lie from one to the next: the mean moving range of two, over d2 = 1.128."""
    return float(np.abs(np.diff(np.array(values))).mean() / 1.128) if len(values) > 1 else None
