"""Is the process under control, and how well does it fit its tolerance (R201)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _

from spc.engine import capability as engine
from spc.engine.capability import Capability
from spc.gauging.answers import LARGEST_SHARE
from spc.models import ControlChart, LimitSet, Standing, Violation, ViolationPoint
from spc.points import Floats, Readings, subgroups
from spc.queries import ghosts, samples, studies, windows
from spc.queries.studies import Gauge
from traceability.queries import readings

FEWEST = 30
ALL_OF_IT = 100.0  # percent: the measuring alone fills the tolerance, so no process could show a Cp of 1
MOST = 5000
NEWEST = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """The indices with the sigma they rest on; why they may not be told; what a reader must know of them."""

    indices: Capability | None
    refused: str
    warnings: tuple[str, ...]
    in_control: bool
    running: Violation | None
    flagged: int


def of(chart: ControlChart, from_at: datetime, to_at: datetime) -> Answer:
    """The capability of the readings of a stretch, and whether the process was in control in it."""
    values = values_of(chart, from_at, to_at)
    points = ViolationPoint.objects.filter(chart=chart, at__gte=from_at, at__lte=to_at)
    flagged = points.values("at", "seq").distinct().count()
    running = Violation.objects.filter(chart=chart, ended_at__isnull=True).first()
    limits = chart.limit_sets.filter(valid_from__lte=to_at).order_by("-valid_from").first()
    gauge = studies.gauges_of([chart.line.characteristic_id]).get(chart.line.characteristic_id)
    indices, refused = told(chart, limits, values, gauge)
    is_calm = not flagged and running is None
    return Answer(indices, refused, tuple(cautions(chart, limits, flagged, gauge)), is_calm, running, flagged)


def values_of(chart: ControlChart, from_at: datetime, to_at: datetime) -> Floats:
    """The newest good readings of a stretch that the chart takes, but for those of points left out."""
    return kept(chart, windows.between(chart.stream_id, from_at, to_at, MOST), ghosts.places(chart, from_at, to_at))


def kept(chart: ControlChart, read: Readings, left_out: set[ghosts.Place]) -> Floats:
    """The good values among readings that the chart takes, but for those of points left out."""
    found = samples.taken(chart, read)
    if found.samples is None:
        return ghosts.kept_values(found, left_out, chart.subgroup_size)
    last, groups = subgroups(found, size=chart.subgroup_size)
    here = [(found.at[i], found.seq[i]) not in left_out for i in last.tolist()]
    values: Floats = groups[np.array(here, bool)].ravel()
    return values


def told(
    chart: ControlChart, limits: LimitSet | None, values: Floats, gauge: Gauge | None = None
) -> tuple[Capability | None, str]:
    """The indices, or in words why there are none."""
    characteristic = chart.line.characteristic
    if chart.is_counted:
        return None, _("Counts have no capability index: the centre line is what the process can do.")
    if limits is None:
        return None, _("No limits are frozen, so the spread within is not known. Freeze limits first.")
    if characteristic.lower is None and characteristic.upper is None:
        return None, _("The characteristic has no tolerance. Enter its limits in the control plan.")
    if gauge is not None and gauge.share is not None and gauge.share >= ALL_OF_IT:
        words = _("The measuring alone takes %(share)s %% of the tolerance (study %(study)s). Mend the gauge first.")
        return None, words % {"study": gauge.study.code, "share": round(gauge.share)}
    if len(values) < FEWEST:
        return None, _("%(n)s readings are there, %(least)s are needed.") % {"n": len(values), "least": FEWEST}
    within = limits.sigma * float(np.sqrt(chart.subgroup_size))
    try:
        return engine.indices(
            values, sigma_within=within, within=limits.estimator, lsl=characteristic.lower, usl=characteristic.upper
        ), ""
    except ValueError:
        return None, _("The readings show no spread. Look at the sensor and at the resolution of its parameter.")


def cautions(
    chart: ControlChart, limits: LimitSet | None, flagged: int, gauge: Gauge | None = None
) -> Iterable[str]:
    """What makes the indices untrustworthy."""
    if gauge is not None and gauge.share is not None and gauge.share > LARGEST_SHARE:
        words = _("The measuring takes %(share)s %% of the tolerance (%(study)s): these figures show the gauge too.")
        yield words % {"study": gauge.study.code, "share": round(gauge.share)}
    if flagged:
        words = _("The process was not stable: %(n)s points are flagged. These figures describe no process.")
        yield words % {"n": flagged}
    if limits is not None and limits.provisional:
        yield _("The limits are provisional: they rest on few points.")
    if chart.line.characteristic.lower is None or chart.line.characteristic.upper is None:
        yield _("The tolerance has one side only, so there is no Cp and no Pp.")


def newest(
    charts: Iterable[ControlChart], limits: dict[int, LimitSet], tails: dict[int, list[readings.Point]]
) -> dict[int, float]:
    """The Cpk of each chart's newest readings, for a list; charts that have none are left out."""
    charts = list(charts)
    sampled = [chart for chart in charts if not samples.is_plain(chart)]
    rows = Standing.objects.filter(chart__in=sampled).values_list("chart_id", "cpk") if sampled else []
    found = {chart: cpk for chart, cpk in rows if cpk is not None}
    gauges = studies.gauges_of(chart.line.characteristic_id for chart in charts)
    for chart in charts:
        if chart in sampled:
            continue
        values = np.array([p.value for p in tails.get(chart.stream_id, []) if p.good], np.float64)
        indices, _refused = told(chart, limits.get(chart.pk), values, gauges.get(chart.line.characteristic_id))
        if indices is not None:
            found[chart.pk] = indices.cpk
    return found
