"""Control limits: tried out on readings, then frozen by a person; only later readings are judged by them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from spc.engine import charts as engine
from spc.engine.charts import Pair
from spc.models import ChartKind, ControlChart, LimitSet
from spc.points import Floats, Points, Readings
from spc.queries import cases, ghosts, windows

MOST = 100_000
METHODS: dict[str, dict[str, dict[str, Any]]] = {  # how sigma is estimated, by kind of chart; the first is usual
    ChartKind.INDIVIDUALS: {
        "mr2": {"span": 2}, "mr3": {"span": 3}, "mr4": {"span": 4}, "mr5": {"span": 5}, "s": {"estimator": "s"},
    },
    ChartKind.MEAN_RANGE: {name: {"estimator": name} for name in ("uwave-r", "mvlue-r", "rmsdf")},
    ChartKind.MEAN_DEVIATION: {name: {"estimator": name} for name in ("uwave-sd", "mvlue-sd", "rmsdf")},
}
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
    range_center: float
    range_upper: float
    estimator: str
    count: int
    provisional: bool
    points: Points
    outside: list["Outside"]
    coarse: bool


class Outside(NamedTuple):
    """A point beyond the limits that it helped to tell."""

    at: datetime
    seq: int
    value: float


def preview(
    *, chart: ControlChart, data_from: datetime, data_to: datetime, method: str = ""
) -> Preview:
    """The limits that good readings of a stretch give, without the points that are left out."""
    if not data_from < data_to:
        raise LimitsRefused(_("The stretch of readings must end after it begins. Choose another stretch."))
    found = windows.between(chart.stream_id, data_from, data_to, MOST)
    shown, pair = told(chart, found, ghosts.places(chart, data_from, data_to), method)
    place, spread = pair
    beyond = (shown.values > place.ucl) | (shown.values < place.lcl)
    known = shown.values[shown.known]
    return Preview(
        float(place.center), float(place.spread), float(place.lcl), float(place.ucl), float(spread.center),
        float(spread.ucl), place.estimator, place.count, place.provisional, shown,
        [Outside(shown.at[i], shown.seq[i], float(shown.values[i])) for i in np.flatnonzero(beyond).tolist()],
        is_coarse(known),
    )


@command
def freeze(
    *, chart: ControlChart, data_from: datetime, data_to: datetime, reason: str, by: Person, at: datetime,
    valid_from: datetime | None = None, method: str = "",
) -> LimitSet:
    """Limits from good readings, as a new version that judges readings from `valid_from` on."""
    found = preview(chart=chart, data_from=data_from, data_to=data_to, method=method)
    return _add(
        LimitSet(
            chart=chart, center=found.center, sigma=found.sigma, lower=found.lower, upper=found.upper,
            range_center=found.range_center, range_upper=found.range_upper, estimator=found.estimator,
            points=found.count, data_from=data_from, data_to=data_to, provisional=found.provisional,
            valid_from=valid_from or at,
        ),
        reason=reason, by=by, excluded=[one.at for one in ghosts.of(chart, data_from, data_to)],
    )


@command
def enter(
    *, chart: ControlChart, center: float, sigma: float, reason: str, by: Person, at: datetime,
    valid_from: datetime | None = None, provisional: bool = False,
    range_center: float | None = None, range_upper: float | None = None,
) -> LimitSet:
    """Limits that are known from elsewhere, such as a validation: centre and sigma of the plotted point, by hand."""
    if not (np.isfinite(center) and np.isfinite(sigma) and sigma > 0):
        raise LimitsRefused(_("Centre and sigma must be numbers, and sigma above zero. Enter them again."))
    return _add(
        LimitSet(
            chart=chart, center=center, sigma=sigma, lower=center - 3 * sigma, upper=center + 3 * sigma,
            range_center=range_center, range_upper=range_upper, estimator="entered", points=0,
            provisional=provisional, valid_from=valid_from or at,
        ),
        reason=reason, by=by,
    )


def told(
    chart: ControlChart, readings: Readings, left_out: set[ghosts.Place], method: str
) -> tuple[Points, Pair]:
    """The points but for those left out, and the limits that they give."""
    methods = METHODS[chart.kind]
    how = methods[method] if method in methods else next(iter(methods.values()))
    every = cases.plotted(chart, readings)
    kept = [i for i, place in enumerate(zip(every.at, every.seq, strict=True)) if place not in left_out]
    shown = ghosts.taken(every, kept)
    try:
        if chart.subgroup_size == 1:
            values = np.full(len(every.values), np.nan)  # no moving range reaches across a point left out
            values[kept] = shown.values
            return shown, _spread(engine.individuals(values, **how))
        return shown, _spread(TELL[ChartKind(chart.kind)](cases.subgroups(chart, readings)[kept], **how))
    except ValueError as error:
        few = _("No limits can be told from these readings: %(points)s points. Choose a longer stretch.")
        raise NoLimits(few % {"points": int(shown.known.sum())}, facts={"points": int(shown.known.sum())}) from error


def _spread(pair: Pair) -> Pair:
    if not float(pair.location.spread) > 0:
        raise NoLimits(
            _("These readings show no spread at all, so no limits can be told. Check the sensor and the resolution.")
        )
    return pair


def is_coarse(values: Floats) -> bool:
    """The instrument tells too few values apart for runs and trends to be seen (fewer than 5, or a fifth ties)."""
    if len(values) < 2:
        return False
    return bool(len(np.unique(values)) < 5 or (np.diff(values) == 0).mean() > 0.2)


def _add(limits: LimitSet, *, reason: str, by: Person, excluded: Collection[datetime] = ()) -> LimitSet:
    """Give the next version number to limits, under the chart's lock."""
    policies.check(by, "chart.freeze")
    if not reason.strip():
        raise LimitsRefused(_("Say why the limits change. An auditor will ask."))
    chart = lock(ControlChart.objects.filter(pk=limits.chart_id))[0]
    last = chart.limit_sets.aggregate(version=Max("version"), valid_from=Max("valid_from"))
    if last["valid_from"] and limits.valid_from <= last["valid_from"]:
        raise LimitsRefused(
            _("Version %(version)s is valid from %(at)s; a new one must begin later. Points keep their limits.")
            % {"version": last["version"], "at": last["valid_from"].isoformat(timespec="seconds")}
        )
    limits.version, limits.frozen_by, limits.reason = (last["version"] or 0) + 1, by, reason
    limits.save()
    data = {
        "version": limits.version, "center": limits.center, "sigma": limits.sigma, "lower": limits.lower,
        "upper": limits.upper, "points": limits.points, "estimator": limits.estimator,
        "excluded": sorted(moment.isoformat() for moment in excluded),
    }
    journal.record("limits.frozen", subject=chart, by=by, reason=reason, data=data)
    return limits
