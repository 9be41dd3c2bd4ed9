"""Is everything there: what open work orders need beside free stock, by when, the earlier ones served first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef

from mes.models import (
    NOT_ENDED,
    ON_LINE,
    GroupKind,
    JobMaterial,
    JobOrder,
    JobOrderStatus,
    Segment,
    SegmentGroup,
)
from plant.models import MaterialDefinition

ZERO = Decimal(0)
# What each open work order of a site takes beyond what it took already; taken back does not count as taken.
NEEDED = """
SELECT m.id, coalesce(js.rework, 0), coalesce(taken.quantity, 0)
FROM mes_joborder job JOIN mes_jobmaterial m ON m.job_order_id = job.id AND m.stands_for_id IS NULL
JOIN mes_jobsegment js ON js.job_order_id = job.id AND js.segment_id = m.segment_id
JOIN mes_segment s ON s.id = m.segment_id
LEFT JOIN LATERAL (
  SELECT sum(a.quantity / k.ratio) AS quantity FROM traceability_materialactual a
  JOIN traceability_materiallot lot ON lot.id = a.lot_id
  JOIN mes_jobmaterial k ON k.job_order_id = job.id AND k.segment_id = m.segment_id AND k.material_id = lot.material_id
    AND coalesce(k.stands_for_id, k.id) = m.id
  WHERE a.job_order = job.number AND a.operation = s.code AND a.kind = 'CONSUMED'
    AND NOT EXISTS (SELECT 1 FROM traceability_link back WHERE back.reverses_id = a.link_id)
) taken ON true
WHERE job.site_id = %(site)s AND job.status = ANY(%(on_line)s)
"""
FREE = """
SELECT lot.material_id, lot.expires_at, sum(balance.quantity)
FROM traceability_lotbalance balance JOIN traceability_materiallot lot ON lot.id = balance.lot_id
WHERE balance.bucket IN ('STOCK', 'ISSUED') AND balance.quantity > 0 AND lot.open_holds = 0
  AND lot.site_id = %(site)s AND lot.material_id = ANY(%(materials)s)
GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
"""


class WhatIf(NamedTuple):
    """Another quantity or start, only to see what would be missing."""

    quantity: Decimal | None = None
    start_at: datetime | None = None


@dataclass
class Offer:
    """A substitute that could cover a part of what is missing."""

    material: MaterialDefinition
    free: Decimal
    amount: Decimal
    covers: Decimal


@dataclass
class Line:
    """What a work order needs of a material at an operation, and how much of it is free for it then."""

    operation: str
    material: MaterialDefinition
    needed: Decimal
    covered: Decimal
    offers: list[Offer] = field(default_factory=list)

    @property
    def missing(self) -> Decimal:
        """What the listed material does not cover."""
        return self.needed - self.covered

    @property
    def short(self) -> Decimal:
        """What nothing covers, in units of the listed material."""
        return max(ZERO, round(self.missing - sum((one.covers for one in self.offers), ZERO), 6))


@dataclass
class Kit:
    """A work order with all it needs, and when it needs it."""

    job: JobOrder
    at: datetime
    quantity: Decimal
    lines: list[Line]

    @property
    def short(self) -> list[Line]:
        return [line for line in self.lines if line.short > 0]

    @property
    def is_substituted(self) -> bool:
        return any(line.offers for line in self.lines)


class Pool:
    """Free stock, from which one work order after the other is served: what expires first, first."""

    def __init__(self, rows: Iterable[tuple[int, datetime | None, Decimal]]) -> None:
        self.left: dict[int, list[tuple[datetime | None, Decimal]]] = {}
        for material, expires_at, quantity in rows:
            self.left.setdefault(material, []).append((expires_at, quantity))

    def free(self, material: int, at: datetime) -> Decimal:
        """How much is there that is still good at a moment."""
        return sum((some for until, some in self.left.get(material, ()) if until is None or until > at), ZERO)

    def take(self, material: int, wanted: Decimal, at: datetime) -> Decimal:
        """Allot so much, or what there is."""
        left, kept = wanted, []
        for until, some in self.left.get(material, ()):
            part = min(left, some) if until is None or until > at else ZERO
            left -= part
            kept.append((until, some - part))
        self.left[material] = kept
        return wanted - left


def kits(jobs: Sequence[JobOrder], *, at: datetime, what_if: Mapping[int, WhatIf] | None = None) -> list[Kit]:
    """What each of these work orders of one site would find, after every open one before it has been served.

    Released orders are served before planned ones, then the earlier start, the smaller priority, the older order.
    An order needs its material at its planned start, or at its due time when none is planned, but not before `at`.
    """
    if not jobs:
        return []
    supposed = what_if or {}
    rows = JobOrder.objects.filter(site_id=jobs[0].site_id, status__in=NOT_ENDED)
    found = list(rows.prefetch_related("work_request__material__unit", "line"))  # few materials for many orders
    wanted = {job.pk for job in jobs}
    found.sort(key=lambda job: _turn(job, supposed.get(job.pk, WhatIf())))
    bills = _bills([job.pk for job in found])
    used = _used(jobs[0].site_id)
    pool = Pool(_free(jobs[0].site_id, {row.material_id for rows in bills.values() for row in rows}))
    served = [_serve(job, bills.get(job.pk, []), used, pool, at, supposed.get(job.pk, WhatIf())) for job in found]
    return [kit for kit in served if kit.job.pk in wanted]


def _turn(job: JobOrder, supposed: WhatIf) -> tuple[Any, ...]:
    start = supposed.start_at or job.planned_start_at or job.due_at
    return job.status == JobOrderStatus.PLANNED, start, job.work_request.priority, job.pk


def _serve(
    job: JobOrder, rows: Sequence[JobMaterial], used: Mapping[int, tuple[Decimal, Decimal]], pool: Pool, at: datetime,
    supposed: WhatIf,
) -> Kit:
    """Give a work order what it needs: every listed material first, then substitutes for what is missing of each.

    A substitute may be a listed material of another operation: nobody takes it from there to stand in for another.
    """
    when = max(at, supposed.start_at or job.planned_start_at or job.due_at)
    quantity = supposed.quantity or job.quantity
    lines: dict[int, Line] = {}
    for row in (row for row in rows if row.stands_for_id is None):
        rework, taken = used.get(row.pk, (ZERO, ZERO))
        needed = max(round(row.quantity_per * (quantity + rework) - taken, 6), ZERO)
        lines[row.pk] = Line(row.segment.code, row.material, needed, pool.take(row.material_id, needed, when))
    for pk, line in lines.items():
        _substitute(line, [one for one in rows if one.stands_for_id == pk], pool, when)
    return Kit(job, when, quantity, list(lines.values()))


def _substitute(line: Line, substitutes: Iterable[JobMaterial], pool: Pool, when: datetime) -> None:
    """Cover what is missing of the listed material, and no more, by its substitutes in their order and ratios."""
    left = line.missing
    for one in substitutes:
        free = pool.free(one.material_id, when)
        amount = pool.take(one.material_id, round(left * one.ratio, 6), when) if left > 0 else ZERO
        if amount > 0:
            line.offers.append(Offer(one.material, free, amount, amount / one.ratio))
            left -= amount / one.ratio


def _bills(jobs: Sequence[int]) -> dict[int, list[JobMaterial]]:
    """Work order → its list, substitutes in the order in which they are offered.

    Of alternative operations the first one stands for all: a piece takes the materials of one.
    """
    others = Segment.objects.filter(
        work_master=OuterRef("segment__work_master"), group=OuterRef("segment__group"),
        sequence__lt=OuterRef("segment__sequence"),
    )
    groups = SegmentGroup.objects.filter(
        work_master=OuterRef("segment__work_master"), code=OuterRef("segment__group"), kind=GroupKind.ALTERNATIVE
    )
    rows = JobMaterial.objects.filter(~(Exists(groups) & Exists(others)), job_order__in=jobs)
    rows = rows.prefetch_related("material__unit", "segment")
    found: dict[int, list[JobMaterial]] = {}
    for row in rows.order_by("segment__sequence", "priority", "pk"):
        found.setdefault(row.job_order_id, []).append(row)
    return found


def _used(site: int) -> dict[int, tuple[Decimal, Decimal]]:
    """Line of a list → pieces sent back for rework, and what was taken, in units of the listed material."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, {"site": site, "on_line": list(ON_LINE)})
        return {pk: (rework, taken) for pk, rework, taken in cursor.fetchall()}


def _free(site: int, materials: Iterable[int]) -> list[tuple[int, datetime | None, Decimal]]:
    """Material, expiry and amount of what lies in stock or at stations and is not held."""
    with connection.cursor() as cursor:
        cursor.execute(FREE, {"site": site, "materials": list(materials)})
        return [(material, until, amount) for material, until, amount in cursor.fetchall()]


class Shortage(NamedTuple):
    """A material of which several work orders together are short, from when on."""

    material: MaterialDefinition
    missing: Decimal
    at: datetime
    jobs: list[JobOrder]


def shortages(found: Sequence[Kit]) -> list[Shortage]:
    """Each material that is short, what is needed first before the rest."""
    lines = [(kit.at, kit.job, line) for kit in found for line in kit.short]
    by_material: dict[int, list[tuple[datetime, JobOrder, Line]]] = {}
    for one in lines:
        by_material.setdefault(one[2].material.pk, []).append(one)
    told = [
        Shortage(
            material=ones[0][2].material, missing=sum((line.short for _at, _job, line in ones), ZERO),
            at=min(at for at, _job, _line in ones), jobs=list(dict.fromkeys(job for _at, job, _line in ones)),
        )
        for ones in by_material.values()
    ]
    return sorted(told, key=lambda one: (one.at, one.material.code))
