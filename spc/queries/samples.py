"""Which readings of a stream a chart takes: only those of its product, and to which sample each belongs."""

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from plant.queries import places
from spc.models import ControlChart, Sampling
from spc.points import Readings

SLACK = 1.5  # periods of the stream after which the first reading at hand is not the first of its sample
VISITS = """
SELECT v.id, extract(epoch FROM lower(v.during))::float8, extract(epoch FROM upper(v.during))::float8,
       l.material_id
FROM traceability_visit v JOIN traceability_materiallot l ON l.id = v.lot_id
WHERE v.equipment_id = ANY(%s) AND v.during && tstzrange(%s, %s, '[]') ORDER BY lower(v.during), v.id
"""
NTH_VISIT = """
SELECT lower(during) FROM traceability_visit WHERE equipment_id = ANY(%s) AND lower(during) <= %s
ORDER BY lower(during) DESC OFFSET %s LIMIT 1
"""


class Stays(NamedTuple):
    """Visits at an equipment in the order they began, as seconds since 1970: id, start, end, material."""

    ids: NDArray[np.int64]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    materials: NDArray[np.int64]


def is_plain(chart: ControlChart) -> bool:
    """The chart takes every reading in a row."""
    return chart.sampling == Sampling.IN_A_ROW and not chart.only_its_product


def taken(chart: ControlChart, readings: Readings) -> Readings:
    """The readings as the chart takes them: NaN while another product was there, and the sample of each."""
    if is_plain(chart) or not len(readings.at):
        return readings
    seconds = np.array([at.timestamp() for at in readings.at])
    stays = stays_at(chart, readings.at[0], readings.at[-1]) if needs_visits(chart) else None
    if chart.only_its_product and stays is not None:
        there = covered(seconds, stays, stays.materials == chart.line.plan.material_id)
        readings = readings._replace(values=np.where(there, readings.values, np.nan))
    if chart.sampling == Sampling.IN_A_ROW:
        return readings
    return readings._replace(samples=samples_of(chart, seconds, stays))


def needs_visits(chart: ControlChart) -> bool:
    """Which lots stood at the equipment matters."""
    return chart.only_its_product or chart.sampling == Sampling.LOT


def stays_at(chart: ControlChart, from_at: datetime, to_at: datetime) -> Stays:
    """Who stood at the chart's equipment, or at a part of it, in a stretch."""
    with connection.cursor() as cursor:
        cursor.execute(VISITS, [_parts(chart), from_at, to_at])
        rows = cursor.fetchall()
    ids, starts, ends, materials = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Stays(
        np.array(ids, np.int64), np.array(starts, np.float64),
        np.array([np.inf if end is None else end for end in ends], np.float64), np.array(materials, np.int64),
    )


def covered(seconds: NDArray[np.float64], stays: Stays, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which moments lie in one of the wanted stays."""
    starts, ends = stays.starts[wanted], np.maximum.accumulate(stays.ends[wanted])
    if not len(starts):
        return np.zeros(len(seconds), bool)
    place = np.searchsorted(starts, seconds, "right") - 1
    inside: NDArray[np.bool_] = (place >= 0) & (seconds < ends[place])
    return inside


def samples_of(chart: ControlChart, seconds: NDArray[np.float64], stays: Stays | None) -> NDArray[np.int64]:
    """The sample of each reading; one of which the beginning is not at hand is none."""
    if stays is None or chart.sampling == Sampling.TIME:
        every = chart.every_seconds or 1
        keys = np.floor(seconds / every).astype(np.int64)
        began = float(keys[0]) * every
    elif not len(stays.ids):
        return np.full(len(seconds), -1, np.int64)
    else:
        place = np.searchsorted(stays.starts, seconds, "right") - 1
        keys = np.where((place >= 0) & (seconds < stays.ends[place]), stays.ids[place], -1)
        began = float(stays.starts[place[0]])
    if seconds[0] - began > SLACK * chart.stream.period_ms / 1000:
        keys[keys == keys[0]] = -1
    return keys


def since(chart: ControlChart, at: datetime, count: int) -> datetime:
    """When the sample began that lies `count` samples before a moment."""
    if chart.sampling == Sampling.TIME:
        every = chart.every_seconds or 1
        return datetime.fromtimestamp((at.timestamp() // every - count) * every, at.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(NTH_VISIT, [_parts(chart), at, count])
        row = cursor.fetchone()
    return row[0] if row else at - timedelta(days=1)


def _parts(chart: ControlChart) -> list[int]:
    return [part.pk for part in places.within(chart.stream.equipment)]
