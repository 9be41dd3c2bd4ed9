"""Which lots a spot check draws from, and the walk from a finished lot down to raw material with what it misses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from mes.models import SpotCheckPlan, SpotLot
from mes.queries import calendars, completeness
from plant import scoping
from plant.models import Person
from traceability.models import MaterialLot
from traceability.queries import genealogy

MOST_WALKED, MOST_GAPS = 2000, 500
WEEK = timedelta(days=7)
WEEKS_LATE = 4  # what the clock missed for longer is not drawn any more
# Lots with a good report at the last operation of their work order.
FINISHED = """
SELECT DISTINCT l.id, l.number FROM mes_jobresponse r
JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
JOIN mes_joborder j ON j.id = js.job_order_id
JOIN traceability_materiallot l ON l.id = r.lot_id AND l.job_order = j.number
JOIN plant_materialdefinition m ON m.id = l.material_id
WHERE r.at > %(from)s AND r.at <= %(to)s AND r.good > 0 AND r.nonconformance = '' AND l.site_id = %(site)s
  AND (%(line)s::bigint IS NULL OR j.line_id = %(line)s)
  AND CASE WHEN %(family)s::bigint IS NULL THEN m.use = 'FINISHED' ELSE EXISTS (
    SELECT FROM qms_productfamily_materials f WHERE f.productfamily_id = %(family)s AND f.materialdefinition_id = m.id
  ) END
  AND NOT EXISTS (
    SELECT FROM mes_jobsegment after JOIN mes_segment later ON later.id = after.segment_id
    WHERE after.job_order_id = j.id AND later.sequence > s.sequence
  )
ORDER BY l.number
"""


@dataclass(frozen=True, slots=True)
class Period:
    """A week of a plan: its Monday, and between which moments the lots were finished that it draws from."""

    week: date
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True)
class Walk:
    """Every lot behind one, how they hang together, and what each misses."""

    lots: list[list[int]]
    edges: list[list[int]]
    gaps: list[list[Any]]
    ends: int
    expected: int
    lacking: int
    is_cut: bool

    @property
    def kept(self) -> dict[str, Any]:
        """The walk as a draw keeps it."""
        return {"lots": self.lots, "edges": self.edges, "gaps": self.gaps}


def moment(plan: SpotCheckPlan, day: date) -> datetime:
    """When a plan draws on a day, by the plant's clock."""
    return datetime.combine(day, plan.time, tzinfo=calendars.zone())


def period(plan: SpotCheckPlan, week: date) -> Period:
    """What a plan draws from in the week that begins on this Monday."""
    day = week + timedelta(days=plan.weekday)
    return Period(week, moment(plan, day - WEEK), moment(plan, day))


def due(plan: SpotCheckPlan, now: datetime) -> list[Period]:
    """The weeks whose moment has come and that were not drawn yet, the oldest first."""
    day = calendars.local_day(now)
    monday = day - timedelta(days=day.weekday())
    drawn = set(plan.checks.filter(week__gt=monday - WEEK * WEEKS_LATE).values_list("week", flat=True))
    each = [period(plan, monday - WEEK * back) for back in reversed(range(WEEKS_LATE))]
    return [one for one in each if plan.begins_at < one.to_at <= now and one.week not in drawn]


def finished(plan: SpotCheckPlan, one: Period) -> dict[str, int]:
    """Number → key of every lot that a plan draws from in a period."""
    words: dict[str, Any] = {
        "from": one.from_at, "to": one.to_at, "site": plan.site_id, "line": plan.line_id, "family": plan.family_id
    }
    with connection.cursor() as cursor:
        cursor.execute(FINISHED, words)
        return {number: pk for pk, number in cursor.fetchall()}


def walk(lot: MaterialLot, *, now: datetime) -> Walk:
    """From a lot to everything that it was made of, with what is missing in the record of each."""
    found = genealogy.trace(lot, "upstream", most=MOST_WALKED)
    keys = [lot.pk, *(node.id for node in found.upstream)]
    scores = completeness.scores(keys, now=now)
    gaps = completeness.findings(keys, now=now, most=MOST_GAPS)
    whole = completeness.together(scores.values())
    levels = {node.id: abs(node.level) for node in found.nodes}
    made = {edge.child for edge in found.edges}
    return Walk(
        lots=[[key, levels.get(key, 0), scores[key].lacking] for key in keys],
        edges=sorted({(edge.parent, edge.child): [edge.parent, edge.child] for edge in found.edges}.values()),
        gaps=[[one.lot_id, one.kind, one.operation, one.what, one.place, one.weight] for one in gaps],
        ends=sum(key not in made for key in keys), expected=whole.expected, lacking=whole.lacking,
        is_cut=found.is_cut or len(gaps) >= MOST_GAPS,
    )


def drawn(row: SpotLot, reader: Person) -> dict[str, Any]:
    """A kept walk as the graph draws it: a lot with gaps stands out, what belongs elsewhere has no name."""
    levels = {key: level for key, level, _lacking in row.walk["lots"]}
    weak = {key for key, _level, lacking in row.walk["lots"] if lacking}
    rows = scoping.visible(MaterialLot.objects.filter(pk__in=levels), reader).select_related("material")
    seen = rows.in_bulk()
    nodes = [
        _node(seen[key], key in weak, focus=not level) if key in seen else {"id": key, "kind": "elsewhere"}
        for key, level in levels.items()
    ]
    edges = [
        {"source": parent, "target": child, "quantity": "", "operation": "", "certainty": "exact"}
        for parent, child in row.walk["edges"]
    ]
    return {"nodes": nodes, "edges": edges, "is_cut": row.is_cut}


def _node(lot: MaterialLot, is_weak: bool, *, focus: bool) -> dict[str, Any]:
    return {
        "id": lot.pk, "label": lot.number, "kind": "serial" if lot.kind == "SERIAL" else "lot", "focus": focus,
        "state": "REJECTED" if is_weak else "AVAILABLE", "material": lot.material.code, "quantity": "",
    }
