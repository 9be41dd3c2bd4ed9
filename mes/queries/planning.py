"""What a planner must see at a glance: what is late, what is missing, how much work lies before each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q

from mes.models import ON_LINE, OPEN_JOBS, JobOrder, JobOrderStatus
from mes.queries import orders
from plant import scoping
from plant.models import Equipment, EquipmentLevel, Person

SOON = timedelta(hours=24)
# The slowest operation of a work order says how long its line is busy with what is left of it.
LOAD = """
WITH work AS (
  SELECT job.line_id, job.id, job.due_at,
         max(greatest(job.quantity - js.good - js.scrap, 0) * s.seconds_per_piece) AS seconds
  FROM mes_joborder job JOIN mes_jobsegment js ON js.job_order_id = job.id JOIN mes_segment s ON s.id = js.segment_id
  WHERE job.line_id = ANY(%(lines)s) AND job.status = ANY(%(on_line)s)
  GROUP BY job.id
)
SELECT line.id, line.code, line.name, count(work.id), coalesce(sum(work.seconds), 0), max(work.due_at)
FROM plant_equipment line LEFT JOIN work ON work.line_id = line.id
WHERE line.id = ANY(%(lines)s) GROUP BY line.id ORDER BY 5 DESC, 2
"""
SHORT = """
WITH need AS (
  SELECT bom.material_id, sum(bom.quantity_per * greatest(job.quantity - js.good - js.scrap - js.rework, 0)) AS wanted,
         count(DISTINCT job.id) AS jobs, min(job.due_at) AS due_at
  FROM mes_joborder job JOIN mes_jobsegment js ON js.job_order_id = job.id
  JOIN mes_jobmaterial bom ON bom.job_order_id = job.id AND bom.segment_id = js.segment_id AND bom.stands_for_id IS NULL
  WHERE job.status = ANY(%(open)s) AND job.site_id = ANY(%(sites)s)
  GROUP BY bom.material_id
), stock AS (
  SELECT lot.material_id, sum(balance.quantity) AS free
  FROM traceability_lotbalance balance JOIN traceability_materiallot lot ON lot.id = balance.lot_id
  WHERE balance.bucket IN ('STOCK', 'ISSUED') AND balance.quantity > 0 AND lot.open_holds = 0
    AND (lot.expires_at IS NULL OR lot.expires_at > %(at)s) AND lot.site_id = ANY(%(sites)s)
  GROUP BY lot.material_id
)
SELECT material.code, material.name, unit.symbol, need.wanted, coalesce(stock.free, 0), need.jobs, need.due_at
FROM need JOIN plant_materialdefinition material ON material.id = need.material_id
JOIN plant_unit unit ON unit.code = material.unit_id LEFT JOIN stock ON stock.material_id = need.material_id
WHERE need.wanted > coalesce(stock.free, 0) ORDER BY need.due_at, material.code LIMIT %(most)s
"""


@dataclass(frozen=True)
class Figures:
    """Work orders in numbers."""

    late: int
    due_soon: int
    waiting: int
    on_lines: int


@dataclass(frozen=True)
class Load:
    """The work that lies before a line."""

    pk: int
    code: str
    name: str
    jobs: int
    seconds: Decimal
    due_at: datetime | None

    @property
    def hours(self) -> Decimal:
        return Decimal(self.seconds) / 3600

    def ends_at(self, at: datetime) -> datetime:
        """When the line would be through if it ran from now on without a pause."""
        return at + timedelta(seconds=float(self.seconds))


@dataclass(frozen=True)
class Shortage:
    """A material of which open work orders need more than is free."""

    code: str
    name: str
    unit: str
    wanted: Decimal
    free: Decimal
    jobs: int
    due_at: datetime

    @property
    def missing(self) -> Decimal:
        return self.wanted - self.free


def figures(person: Person, *, at: datetime) -> Figures:
    """Late, due within a day, waiting for a line, on a line: counted in one statement."""
    going = Q(ended_at__isnull=True) & ~Q(status=JobOrderStatus.CANCELLED)
    counted = scoping.visible(JobOrder.objects.filter(going), person).aggregate(
        late=Count("pk", filter=Q(due_at__lt=at)), due_soon=Count("pk", filter=Q(due_at__range=(at, at + SOON))),
        waiting=Count("pk", filter=Q(status=JobOrderStatus.RELEASED)),
        on_lines=Count("pk", filter=Q(status__in=ON_LINE)),
    )
    return Figures(**counted)


def late(person: Person, *, at: datetime, most: int = 6) -> list[tuple[JobOrder, orders.Progress]]:
    """The work orders that are past their due time, the longest first, with their progress."""
    rows = JobOrder.objects.filter(ended_at__isnull=True, due_at__lt=at).exclude(status=JobOrderStatus.CANCELLED)
    rows = scoping.visible(rows, person).select_related("work_request__material", "line")
    found = list(rows.order_by("due_at", "pk")[:most])
    progress = orders.progress_of_jobs(found)
    return [(job, progress[job.pk]) for job in found]


def load(lines: Sequence[Equipment]) -> list[Load]:
    """Hours of work before each line, the busiest first."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD, {"lines": [line.pk for line in lines], "on_line": list(ON_LINE)})
        return [Load(*row) for row in cursor.fetchall()]


def sites_of(person: Person) -> list[int]:
    """The sites whose stock and orders a person sees."""
    rows = Equipment.objects.filter(level=EquipmentLevel.SITE)
    return list(scoping.visible(rows, person).values_list("pk", flat=True))


def shortages(sites: Sequence[int], *, at: datetime, most: int = 8) -> list[Shortage]:
    """Materials that open work orders need beyond what is in stock or at stations, free and not expired."""
    with connection.cursor() as cursor:
        cursor.execute(SHORT, {"sites": list(sites), "open": list(OPEN_JOBS), "at": at, "most": most})
        return [Shortage(*row) for row in cursor.fetchall()]
