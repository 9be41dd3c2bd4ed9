"""From which stored state a chart that remembers goes on, and keeping the states of later points."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from spc import judging, varying
from spc.judging import Limits
from spc.models import Checkpoint, ControlChart
from spc.points import Points
from spc.queries import ghosts
from spc.queries.windows import Wanted
from spc.varying import State, Traced

EVERY = 64  # points from one kept state to the next
LONGEST = 1000  # points of a drift that are looked at again to tell when it began
BEFORE = f"""
SELECT w.chart, k.limits_id, k.at, k.seq, k.points, k.upper, k.lower, k.since_upper, k.since_lower
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[]) AS w(chart, limits, at, seq)
CROSS JOIN LATERAL (
  SELECT points, least({LONGEST}, greatest(since_upper, since_lower)) AS drift FROM spc_checkpoint
  WHERE chart_id = w.chart AND limits_id = w.limits AND (at, seq) <= (w.at, w.seq) ORDER BY at DESC, seq DESC LIMIT 1
) AS n
CROSS JOIN LATERAL (
  SELECT * FROM spc_checkpoint WHERE chart_id = w.chart AND limits_id = w.limits AND (at, seq) <= (w.at, w.seq)
    AND points <= n.points - %s * (1 + n.drift) ORDER BY at DESC, seq DESC LIMIT 1
) AS k
"""


class Behind(NamedTuple):
    """Where to go on from: since when readings are needed, and the state there; no place where limits began then."""

    since: datetime
    limits: int
    place: tuple[datetime, int] | None
    state: State | None


def before(asked: Sequence[tuple[Wanted, Sequence[Limits]]]) -> dict[int, Behind]:
    """The state some points before each mark, and before a drift that runs there began, so that a judge sees both."""
    found: dict[int, Behind] = {}
    places = []
    for wanted, versions in asked:
        here = judging.limits_at(versions, wanted.at) or next(iter(versions), None)
        if here is not None:
            found[wanted.chart.pk] = Behind(here.valid_from, here.id, None, None)
            places.append((wanted.chart.pk, here.id, wanted.at, wanted.seq))
    return found | stored(places, is_before_drift=True)


def at(chart: ControlChart, limits: Limits, moment: datetime) -> Behind:
    """The newest state before a moment, to draw from there on."""
    found = stored([(chart.pk, limits.id, moment, -1)], is_before_drift=False)
    return found.get(chart.pk, Behind(limits.valid_from, limits.id, None, None))


def stored(places: Sequence[tuple[int, int, datetime, int]], *, is_before_drift: bool) -> dict[int, Behind]:
    """The kept state of each (chart, limits, time, sequence) that has one."""
    if not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [*(list(column) for column in zip(*places, strict=True)), int(is_before_drift)])
        return {
            chart: Behind(moment, limits, (moment, seq), State(*state))
            for chart, limits, moment, seq, *state in cursor.fetchall()
        }


def traced(chart: ControlChart, shown: Points, versions: Sequence[Limits], behind: Behind | None) -> Traced:
    """The statistics behind the state; earlier points under the same limits are left away."""
    if behind and behind.place:
        kept = [i for i, place in enumerate(zip(shown.at, shown.seq, strict=True)) if place > behind.place]
        shown = ghosts.taken(shown, kept)
    stages = [
        (first, last, judging.frozen(limits), behind.state if behind and limits.id == behind.limits else None)
        for first, last, limits in judging.stages(shown, versions)
    ]
    return varying.remembered(chart.kind, shown, stages)


def keep(chart: ControlChart, found: Traced, versions: Sequence[Limits]) -> None:
    """Write down every so many states, so that nobody has to read the whole history again."""
    rows = [
        Checkpoint(
            chart=chart, limits_id=limits.id, at=found.points.at[i], seq=found.points.seq[i], **state._asdict()
        )
        for first, last, limits in judging.stages(found.points, versions)
        for i in range(first, last)
        if (state := found.states[i]) and state.points and state.points % EVERY == 0 and found.points.known[i]
    ]
    if rows:
        fields = ["limits", *State._fields]
        Checkpoint.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["chart", "at", "seq"], update_fields=fields
        )


def forget(chart_ids: Iterable[int], since: datetime) -> None:
    """What came at a moment has changed: later states are worked out anew from one before it."""
    Checkpoint.objects.filter(chart__in=list(chart_ids), at__gte=since).delete()
