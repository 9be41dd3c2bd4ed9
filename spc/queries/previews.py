"""What limits would be: told from the readings of a stretch, to be looked at before somebody freezes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from plant.errors import Refusal
from spc import estimates
from spc.engine import charts as engine
from spc.engine.charts import Pair
from spc.judging import Limits
from spc.models import COUNTED, REMEMBERED, ChartKind, ControlChart
from spc.points import Floats, Points, Readings
from spc.queries import cases, counts, ghosts, windows

MOST = 100_000
METHODS: dict[str, dict[str, dict[str, Any]]] = {  # how sigma is estimated, by kind of chart; the first is usual
    ChartKind.INDIVIDUALS: {
        "mr2": {"span": 2}, "mr3": {"span": 3}, "mr4": {"span": 4}, "mr5": {"span": 5}, "s": {"estimator": "s"},
    },
    ChartKind.MEAN_RANGE: {name: {"estimator": name} for name in ("uwave-r", "mvlue-r", "rmsdf")},
    ChartKind.MEAN_DEVIATION: {name: {"estimator": name} for name in ("uwave-sd", "mvlue-sd", "rmsdf")},
}
METHODS.update({str(kind): METHODS[ChartKind.INDIVIDUALS] for kind in REMEMBERED})
METHODS.update({str(kind): {"pooled": {}} for kind in COUNTED})
TELL = {ChartKind.MEAN_RANGE: engine.xbar_r, ChartKind.MEAN_DEVIATION: engine.xbar_s}


class NoLimits(Refusal):
    """Readings from which no limits can be told."""

    code = "no-limits"


class LimitsRefused(Refusal):
    """Limits that can't be frozen like this."""

    code = "limits-refused"


@dataclass(frozen=True, slots=True)
class Preview:
    """What limits would be, from which points, and what a person should look at before freezing them."""

    center: float
    sigma: float
    lower: float
    upper: float
    range_center: float | None
    range_upper: float | None
    estimator: str
    count: int
    provisional: bool
    points: Points
    outside: list["Outside"]
    coarse: bool
    settings: Mapping[str, Any]


class Outside(NamedTuple):
    """A point beyond the limits that it helped to tell."""

    at: datetime
    seq: int
    value: float


def of(
    *, chart: ControlChart, data_from: datetime, data_to: datetime, method: str = "",
    settings: Mapping[str, Any] | None = None,
) -> Preview:
    """The limits that good readings of a stretch give, without the points that are left out."""
    if not data_from < data_to:
        raise LimitsRefused(_("The stretch of readings must end after it begins. Choose another stretch."))
    found = windows.between(chart.stream_id, data_from, data_to, MOST)
    left_out = ghosts.places(chart, data_from, data_to)
    if chart.is_varying:
        return _varying(chart, found, left_out, method, settings_of(chart, settings))
    shown, pair = told(chart, found, left_out, method)
    place, spread = pair
    beyond = (shown.values > place.ucl) | (shown.values < place.lcl)
    return Preview(
        float(place.center), float(place.spread), float(place.lcl), float(place.ucl), float(spread.center),
        float(spread.ucl), place.estimator, place.count, place.provisional, shown, _outside(shown, beyond),
        is_coarse(shown.values[shown.known]), {},
    )


def settings_of(chart: ControlChart, settings: Mapping[str, Any] | None) -> dict[str, Any]:
    """The settings that are asked for, else the chart's own."""
    try:
        return estimates.asked(chart.kind, settings or chart.settings)
    except ValueError as error:
        raise LimitsRefused(
            _("These settings make no sense: %(why)s Enter others.") % {"why": error}, facts={"field": "settings"}
        ) from error


def _varying(
    chart: ControlChart, readings: Readings, left_out: set[ghosts.Place], method: str, settings: Mapping[str, Any]
) -> Preview:
    """The same for a chart whose lines vary from point to point."""
    every = cases.plotted(chart, readings)
    kept = [i for i, place in enumerate(zip(every.at, every.seq, strict=True)) if place not in left_out]
    values = np.full(len(every.values), np.nan)  # no moving range reaches across a point left out
    values[kept] = every.values[kept]
    try:
        if chart.is_counted:
            lines = estimates.of_counts(chart.kind, values, counts.sizes(chart, every))
        else:
            lines = estimates.of_readings(chart.kind, values, settings, **_how(chart, method))
    except ValueError as error:
        raise _too_few(int((~np.isnan(values)).sum())) from error
    _spread(lines.sigma)
    frozen = Limits(0, 0, every.at[0], lines.center, lines.sigma, None, lines.provisional, lines.settings)
    traced = cases.traced(chart, ghosts.taken(every, kept), [frozen])
    return Preview(
        lines.center, lines.sigma, lines.lower, lines.upper, None, None, lines.estimator, lines.points,
        lines.provisional, traced.points, _outside(traced.points, estimates.fired(traced)),
        is_coarse(traced.points.values[traced.points.known]), lines.settings,
    )


def _outside(points: Points, beyond: NDArray[np.bool_]) -> list["Outside"]:
    return [Outside(points.at[i], points.seq[i], float(points.values[i])) for i in np.flatnonzero(beyond).tolist()]


def told(
    chart: ControlChart, readings: Readings, left_out: set[ghosts.Place], method: str
) -> tuple[Points, Pair]:
    """The points but for those left out, and the limits that they give."""
    how = _how(chart, method)
    every = cases.plotted(chart, readings)
    kept = [i for i, place in enumerate(zip(every.at, every.seq, strict=True)) if place not in left_out]
    shown = ghosts.taken(every, kept)
    try:
        if chart.subgroup_size == 1:
            values = np.full(len(every.values), np.nan)  # no moving range reaches across a point left out
            values[kept] = shown.values
            return shown, _spreading(engine.individuals(values, **how))
        return shown, _spreading(TELL[ChartKind(chart.kind)](cases.subgroups(chart, readings)[kept], **how))
    except ValueError as error:
        raise _too_few(int(shown.known.sum())) from error


def _how(chart: ControlChart, method: str) -> dict[str, Any]:
    """How sigma is estimated: as asked, or as is usual for the kind."""
    methods = METHODS[chart.kind]
    return methods[method] if method in methods else next(iter(methods.values()))


def _too_few(points: int) -> NoLimits:
    few = _("No limits can be told from these readings: %(points)s points. Choose a longer stretch.")
    return NoLimits(few % {"points": points}, facts={"points": points})


def _spreading(pair: Pair) -> Pair:
    _spread(float(pair.location.spread))
    return pair


def _spread(sigma: float) -> None:
    if not sigma > 0:
        raise NoLimits(
            _("The readings show no spread at all, so no limits can be told. Check the sensor and the resolution.")
        )


def is_coarse(values: Floats) -> bool:
    """The instrument tells too few values apart for runs and trends to be seen (fewer than 5, or a fifth ties)."""
    if len(values) < 2:
        return False
    return bool(len(np.unique(values)) < 5 or (np.diff(values) == 0).mean() > 0.2)
