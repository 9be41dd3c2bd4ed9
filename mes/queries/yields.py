"""First-pass yield of each operation, and rolled throughput yield of each product, from finished work orders.

First-pass yield is the share of the pieces entering an operation that leave it good the first time; pieces that come
again from rework are not counted a second time, whether the whole lot went back or a part was split off. Rolled
throughput yield is the product of a route's first-pass yields: the share that is made without scrap or rework at all
(M. Harry, R. Schroeder, Six Sigma, 2000). Alternatives are one factor together, for a piece passes one of them; each
operation of a group in any order is a factor of its own; pieces that passed an operation over don't count there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import prod

from django.db import connection

from mes.models import JobOrder, JobOrderStatus
from mes.queries import floor, oee
from plant.models import Person
from plant.models.naming import TwoNames

# A lot passed these operations again after this moment: it was sent back, split off for rework, or taken out of stock.
FIRST_TIME = """
WITH jobs AS (
  SELECT id, number, work_master_id FROM mes_joborder WHERE id = ANY(%(jobs)s)
), came_back AS (
  SELECT j.work_master_id, m.lot_id, m.lot_id AS came_from, m.at, m.to_place AS entry,
         CASE m.from_bucket WHEN 'WIP' THEN m.from_place END AS origin
  FROM jobs j JOIN traceability_materiallot l ON l.job_order = j.number
  JOIN traceability_move m ON m.lot_id = l.id AND m.to_bucket = 'WIP' AND m.from_bucket IN ('WIP', 'STOCK')
  WHERE NOT EXISTS (SELECT FROM traceability_materialactual a WHERE a.move_id = m.id)
    AND NOT EXISTS (SELECT FROM mes_routestep step WHERE step.move_id = m.id)
  UNION ALL
  SELECT j.work_master_id, l.id, p.id, born.at, born.to_place, CASE gone.from_bucket WHEN 'WIP' THEN gone.from_place END
  FROM jobs j JOIN traceability_materiallot l ON l.job_order = j.number
  JOIN traceability_link k ON k.child_id = l.id
  JOIN traceability_materiallot p ON p.id = k.parent_id AND p.material_id = l.material_id
  JOIN traceability_materialactual a ON a.link_id = k.id JOIN traceability_move gone ON gone.id = a.move_id
  JOIN traceability_move born ON born.lot_id = l.id AND born.from_bucket = 'MADE' AND born.to_bucket = 'WIP'
  UNION ALL
  SELECT j.work_master_id, l.id, d.lot_id, d.at, d.rework_operation, d.rework_operation
  FROM jobs j JOIN traceability_materiallot l ON l.job_order = j.number
  JOIN qms_disposition d ON coalesce(d.rework_lot_id, d.lot_id) = l.id AND d.decision = 'REWORK'
), stage AS (  -- the operations of a group stand at one place of the route
  SELECT s.id, s.work_master_id, s.code, CASE g.kind WHEN 'ALTERNATIVE' THEN g.code END AS choice,
         coalesce(g.kind = 'PARALLEL', false) AS any_turn,
         CASE WHEN g.id IS NULL THEN s.sequence ELSE min(s.sequence) OVER (PARTITION BY s.work_master_id, g.id) END
           AS sequence
  FROM mes_segment s LEFT JOIN mes_segmentgroup g ON g.work_master_id = s.work_master_id AND g.code = s."group"
  WHERE s.work_master_id IN (SELECT work_master_id FROM jobs)
), again AS (
  SELECT c.lot_id, c.came_from, c.at, e.sequence AS entry, max(o.sequence) AS origin
  FROM came_back c JOIN stage e ON e.work_master_id = c.work_master_id AND e.code = c.entry
  JOIN stage o ON o.work_master_id = c.work_master_id AND (c.origin IS NULL OR o.code = c.origin)
  GROUP BY c.lot_id, c.came_from, c.at, e.sequence, c.origin
)
SELECT m.code, m.name, w.code, w.revision, string_agg(DISTINCT s.code, ' / '), string_agg(DISTINCT s.name, ' / '),
       string_agg(DISTINCT s.name_zh, ' / '), sum(r.good + r.scrap + r.rework), sum(r.scrap),
       sum(r.rework), (SELECT count(*) FROM jobs x WHERE x.work_master_id = w.id)
FROM jobs j JOIN mes_jobsegment js ON js.job_order_id = j.id JOIN mes_segment s ON s.id = js.segment_id
JOIN stage t ON t.id = s.id
JOIN mes_workmaster w ON w.id = j.work_master_id JOIN plant_materialdefinition m ON m.id = w.material_id
JOIN mes_jobresponse r ON r.job_segment_id = js.id
WHERE NOT EXISTS (
  SELECT FROM again a WHERE a.lot_id = r.lot_id AND r.at > a.at AND t.sequence BETWEEN a.entry AND a.origin
    AND (NOT t.any_turn OR EXISTS (  -- what it had not passed of a group before it came back, it passes the first time
      SELECT FROM mes_jobresponse f
      WHERE f.job_segment_id = js.id AND f.lot_id IN (a.lot_id, a.came_from) AND f.at <= a.at))
)
GROUP BY m.id, w.id, coalesce(t.choice, s.code), t.sequence
ORDER BY m.code, w.code, w.revision, t.sequence, min(s.sequence)
"""


@dataclass(frozen=True)
class Step(TwoNames):
    """An operation: pieces that came to it for the first time, and what of them was bad."""

    code: str
    name: str
    name_zh: str
    entered: Decimal
    scrap: Decimal
    rework: Decimal

    @property
    def first_pass(self) -> float | None:
        """First-pass yield, 0 to 1; None where nothing came."""
        return float((self.entered - self.scrap - self.rework) / self.entered) if self.entered > 0 else None

    @property
    def percent(self) -> float:
        return 100 * (self.first_pass or 0.0)


@dataclass(frozen=True)
class Yield:
    """A product by one revision of its routing, from the work orders that ended."""

    material: str
    name: str
    routing: str
    revision: int
    jobs: int
    steps: list[Step]

    @property
    def title(self) -> str:
        return f"{self.material} {self.name}"

    @property
    def rolled(self) -> float | None:
        """Rolled throughput yield, 0 to 1; None where nothing was made."""
        shares = [step.first_pass for step in self.steps if step.first_pass is not None]
        return prod(shares) if shares else None

    @property
    def percent(self) -> float:
        return 100 * (self.rolled or 0.0)

    @property
    def worst(self) -> Step | None:
        """The operation that loses most."""
        known = [step for step in self.steps if step.first_pass is not None]
        return min(known, key=lambda step: step.first_pass or 0.0, default=None)


def ended(person: Person, first: date, last: date, line: str = "") -> list[int]:
    """The work orders that a person sees and that were completed on some of a line's days, or on any line's."""
    found: list[int] = []
    for one in floor.lines_of(person):
        if line in ("", one.code):
            from_at, to_at = oee.bounds(one.pk, first, last)
            rows = JobOrder.objects.filter(line=one, status=JobOrderStatus.COMPLETED)
            found += rows.filter(ended_at__gte=from_at, ended_at__lt=to_at).values_list("pk", flat=True)
    return found


def of_jobs(jobs: Sequence[int]) -> list[Yield]:
    """The yields of some work orders, the product that loses most first."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_TIME, {"jobs": list(jobs)})
        rows = cursor.fetchall()
    found = [
        Yield(material, name, routing, revision, jobs, [Step(*row[4:10]) for row in steps])
        for (material, name, routing, revision, jobs), steps in groupby(rows, key=lambda row: (*row[:4], row[10]))
    ]
    return sorted(found, key=lambda one: (one.rolled is None, one.rolled or 0.0, one.material))
