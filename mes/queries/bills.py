"""The bill of materials as work orders take it: pass-through levels opened, substitutes beside each line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from mes.models import JobMaterial, JobOrder, MaterialSpecification, Substitute, WorkMaster
from mes.queries import routings
from plant.errors import Refusal

ONE, SMALLEST = Decimal(1), Decimal("0.000001")
TAKEN = """
SELECT a.operation, lot.material_id, sum(a.quantity)
FROM traceability_materialactual a JOIN traceability_materiallot lot ON lot.id = a.lot_id
WHERE a.job_order = %(job)s AND a.kind = 'CONSUMED'
  AND NOT EXISTS (SELECT 1 FROM traceability_link back WHERE back.reverses_id = a.link_id)
GROUP BY 1, 2
"""


class BadBill(Refusal):
    """A pass-through level that can't be opened."""

    code = "bad-bill"


class StandIn(NamedTuple):
    """A material that may be taken instead, how much of it makes one of the listed, and when it is offered."""

    material_id: int
    ratio: Decimal
    priority: int


@dataclass
class Need:
    """What one piece takes of a material at an operation, and what may stand in for it."""

    segment_id: int
    material_id: int
    quantity_per: Decimal
    stand_ins: list[StandIn] = field(default_factory=list)
    is_backflushed: bool = False
    positions: str = ""


def of_master(master: WorkMaster, at: datetime) -> list[Need]:
    """What a piece made by this revision takes when planned at a moment, in the order of the bill.

    A line marked as pass-through is not taken itself: what its material is made of is taken instead, through as many
    such levels as there are. A material that comes by several ways is added up. BadBill: a level contains itself, or
    nobody said what it is made of.
    """
    found: dict[tuple[int, int], Need] = {}
    for line in _lines(master, at):
        for leaf, quantity in _leaves(line, ONE, at, (master.material_id,)):
            need = found.setdefault(
                (line.segment_id, leaf.material_id), Need(line.segment_id, leaf.material_id, Decimal(0))
            )
            need.quantity_per += quantity
            need.is_backflushed = need.is_backflushed or leaf.is_backflushed
            need.positions = ", ".join(filter(None, (need.positions, leaf.positions)))
            known = {one.material_id for one in need.stand_ins}
            need.stand_ins += [one for one in _stand_ins(leaf) if one.material_id not in known]
    for need in found.values():
        need.quantity_per = max(round(need.quantity_per, 6), SMALLEST)
    return _unambiguous(found)


def why_not(master: WorkMaster, at: datetime) -> str:
    """Why the bill of a routing can't be planned with, or nothing."""
    try:
        of_master(master, at)
    except BadBill as refusal:
        return str(refusal)
    return ""


def _lines(master: WorkMaster, at: datetime) -> list[MaterialSpecification]:
    """The lines that count at a moment, with the substitutes that do."""
    allowed = Substitute.objects.filter(effective__contains=at).order_by("priority", "pk")
    rows = MaterialSpecification.objects.filter(segment__work_master=master, effective__contains=at)
    rows = rows.select_related("material").order_by("segment__sequence", "pk")
    return list(rows.prefetch_related(Prefetch("substitutes", allowed)))


def _leaves(
    line: MaterialSpecification, times: Decimal, at: datetime, path: tuple[int, ...]
) -> Iterator[tuple[MaterialSpecification, Decimal]]:
    """The lines that are really taken for a line, with the quantity for one piece at the top."""
    quantity = times * line.quantity_per
    if not line.is_phantom:
        yield line, quantity
        return
    words = {"material": line.material.code}
    if line.material_id in path:
        message = _("The bill of materials goes in a circle: %(material)s contains itself. Correct the routings.")
        raise BadBill(message % words, facts=words)
    master = routings.effective(line.material, at)
    below = _lines(master, at) if master else []
    if not below:
        message = _("%(material)s is passed through in planning, but nobody has said what it is made of. "
                    "Have a routing with materials released for it, or list it as a material that is taken.")
        raise BadBill(message % words, facts=words)
    for one in below:
        yield from _leaves(one, quantity, at, (*path, line.material_id))


def _stand_ins(line: MaterialSpecification) -> list[StandIn]:
    return [StandIn(one.material_id, one.ratio, one.priority) for one in line.substitutes.all()]


def _unambiguous(found: dict[tuple[int, int], Need]) -> list[Need]:
    """At an operation a material has one meaning: listed before substitute, then the smallest priority, then the first.

    So a scan always says for what a material is taken.
    """
    offers = [(one.priority, place, need, one) for place, need in enumerate(found.values()) for one in need.stand_ins]
    taken = set(found)
    for need in found.values():
        need.stand_ins = []
    for _priority, _place, need, one in sorted(offers, key=lambda offer: offer[:2]):
        if (need.segment_id, one.material_id) not in taken:
            taken.add((need.segment_id, one.material_id))
            need.stand_ins.append(one)
    return list(found.values())


def needs_of(job: JobOrder) -> list[Need]:
    """What a work order takes by its own list, to be written down for another one or compared."""
    rows = list(JobMaterial.objects.filter(job_order=job).order_by("priority", "pk"))
    return [
        Need(row.segment_id, row.material_id, row.quantity_per, [
            StandIn(one.material_id, one.ratio, one.priority) for one in rows if one.stands_for_id == row.pk
        ], row.is_backflushed, row.positions)
        for row in rows if row.stands_for_id is None
    ]  # fmt: skip


class Use(NamedTuple):
    """A row of a work order's list: how much all its pieces take, and how much of the material was taken."""

    row: JobMaterial
    needed: Decimal
    taken: Decimal


def uses(job: JobOrder) -> list[Use]:
    """What a work order takes and took, each substitute after what it stands for."""
    rows = list(JobMaterial.objects.filter(job_order=job).select_related("segment", "material__unit", "stands_for"))
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"job": job.number})
        taken = {(operation, material): quantity for operation, material, quantity in cursor.fetchall()}
    rows.sort(key=lambda row: (row.segment.sequence, row.stands_for_id or row.pk, row.priority, row.pk))
    return [
        Use(row, round(row.quantity_per * row.ratio * job.quantity, 6),
            taken.get((row.segment.code, row.material_id), Decimal(0)))
        for row in rows
    ]  # fmt: skip
