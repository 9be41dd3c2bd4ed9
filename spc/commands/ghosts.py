"""Leaving out points whose cause is known and gone, and taking them back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from spc.models import ControlChart, GhostPoint, Sampling
from spc.queries import cases, checkpoints, windows


class GhostRefused(Refusal):
    """A point that can't be left out, or taken back, like this."""

    code = "point-refused"


@command
def leave_out(
    *, chart: ControlChart, places: Sequence[tuple[datetime, int]], reason: str, by: Person, at: datetime
) -> list[GhostPoint]:
    """Tell no limits, runs or capability from these points any more; what they set off before stays as it is."""
    policies.check(by, "chart.freeze")
    if not reason.strip():
        raise GhostRefused(_("Say what caused these points. Leave out only those whose cause is known and gone."))
    found = lock(ControlChart.objects.filter(pk=chart.pk).select_related("stream__parameter", "line__plan"))[0]
    values = values_at(found, places)
    missing = [place for place in places if place not in values]
    if missing or not places:
        raise GhostRefused(_("There is no such point on this chart. Choose a point from the list."))
    before = set(GhostPoint.objects.filter(chart=found, restored_at__isnull=True).values_list("at", "seq"))
    made = GhostPoint.objects.bulk_create(
        GhostPoint(
            chart=found, at=place[0], seq=place[1], value=values[place], reason=reason, left_out_by=by, left_out_at=at
        )
        for place in dict.fromkeys(places)
        if place not in before
    )
    if made:
        checkpoints.forget([found.pk], min(one.at for one in made))
        data = {"points": [{"at": one.at, "seq": one.seq, "value": one.value} for one in made]}
        journal.record("chart.points-left-out", subject=found, by=by, reason=reason, data=data)
    return made


@command
def restore(*, ghost: GhostPoint, reason: str, by: Person, at: datetime) -> GhostPoint:
    """Count a point again."""
    policies.check(by, "chart.freeze")
    if not reason.strip():
        raise GhostRefused(_("Say why this point counts again. An auditor will ask."))
    found = lock(GhostPoint.objects.filter(pk=ghost.pk))[0]
    if found.restored_at:
        raise GhostRefused(_("This point counts again already."))
    found.restored_at, found.restored_by = at, by
    found.save(update_fields=["restored_at", "restored_by"])
    checkpoints.forget([found.chart_id], found.at)
    data = {"at": found.at, "seq": found.seq, "value": found.value}
    journal.record("chart.point-restored", subject=found.chart, by=by, reason=reason, data=data)
    return found


def values_at(chart: ControlChart, places: Sequence[tuple[datetime, int]]) -> dict[tuple[datetime, int], float]:
    """The plotted values at some places; places where the chart has no point are left out."""
    found: dict[tuple[datetime, int], float] = {}
    for at, seq in places:
        back = chart.subgroup_size if chart.sampling == Sampling.IN_A_ROW else 2 * chart.subgroup_size
        shown = cases.plotted(chart, windows.until(chart.stream, at, seq, back))
        if shown.at and (shown.at[-1], shown.seq[-1]) == (at, seq) and shown.known[-1]:
            found[at, seq] = float(shown.values[-1])
    return found
