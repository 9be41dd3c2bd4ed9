"""Control limits: tried out on readings, then frozen by a person; only later readings are judged by them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from spc import estimates
from spc.models import ControlChart, LimitSet
from spc.queries import counts, ghosts, previews
from spc.queries.previews import LimitsRefused


@command
def freeze(
    *, chart: ControlChart, data_from: datetime, data_to: datetime, reason: str, by: Person, at: datetime,
    valid_from: datetime | None = None, method: str = "", settings: Mapping[str, Any] | None = None,
) -> LimitSet:
    """Limits from good readings, as a new version that judges readings from `valid_from` on."""
    found = previews.of(chart=chart, data_from=data_from, data_to=data_to, method=method, settings=settings)
    return _add(
        LimitSet(
            chart=chart, center=found.center, sigma=found.sigma, lower=found.lower, upper=found.upper,
            range_center=found.range_center, range_upper=found.range_upper, estimator=found.estimator,
            points=found.count, data_from=data_from, data_to=data_to, provisional=found.provisional,
            valid_from=valid_from or at, settings=dict(found.settings),
        ),
        reason=reason, by=by, excluded=[one.at for one in ghosts.of(chart, data_from, data_to)],
    )


@command
def enter(
    *, chart: ControlChart, center: float, reason: str, by: Person, at: datetime, sigma: float = 0.0,
    valid_from: datetime | None = None, provisional: bool = False, settings: Mapping[str, Any] | None = None,
    range_center: float | None = None, range_upper: float | None = None,
) -> LimitSet:
    """Limits that are known from elsewhere, such as a validation: centre and sigma by hand.

    Sigma is that of the plotted point, of single readings for EWMA and CUSUM; counts have none: their centre, a share
    or a number of faults, says how much they vary.
    """
    if not np.isfinite(center) or not (chart.is_counted or (np.isfinite(sigma) and sigma > 0)):
        raise LimitsRefused(_("Centre and sigma must be numbers, and sigma above zero. Enter them again."))
    lines = estimates.Estimate(center, sigma, center - 3 * sigma, center + 3 * sigma, {})
    if chart.is_varying:
        asked = previews.settings_of(chart, settings)
        try:
            lines = estimates.known(chart.kind, center, sigma, asked, counts.usual(chart) if chart.is_counted else 1.0)
        except ValueError as error:
            raise LimitsRefused(_("The centre of bad items is a share between 0 and 1, of faults a number above 0. "
                                  "Enter it again.")) from error
    return _add(
        LimitSet(
            chart=chart, center=lines.center, sigma=lines.sigma, lower=lines.lower, upper=lines.upper,
            settings=dict(lines.settings), range_center=range_center, range_upper=range_upper, estimator="entered",
            points=0, provisional=provisional, valid_from=valid_from or at,
        ),
        reason=reason, by=by,
    )


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
